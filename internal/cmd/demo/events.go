package main

import (
	"context"
	"fmt"
	"net/http"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// The person and the moment of the events that Customer.io documents.
const (
	personEmail      = "test@example.com"
	personOtherEmail = "jane.doe@example.com"
	personID         = "42"
	personCIOID      = "d9c106000001"
	momentSeconds    = 1613063089
	momentText       = "2021-02-11T17:04:49.000Z"
)

const tenantNamespace = "_" + simulator.DefaultTenantID

// event is an event that Customer.io reports, and what the mapping must make of it.
type event struct {
	name               string
	objectType, metric string
	id                 string
	email              string
}

// oneOfEachCategory are events of the seven categories that Adobe's overview of the source names, and of WhatsApp.
func oneOfEachCategory() []event {
	return []event{
		{"customer_subscribed", "customer", "subscribed", "01E4C4CT6YDC7Y5M7FE1GWWPQ1", personEmail},
		{"email_delivered", "email", "delivered", "01E4C4CT6YDC7Y5M7FE1GWWPQ2", personEmail},
		{"sms_delivered", "sms", "delivered", "01E4C4CT6YDC7Y5M7FE1GWWPQ3", personEmail},
		{"push_delivered", "push", "delivered", "01E4C4CT6YDC7Y5M7FE1GWWPQ4", personEmail},
		{"in_app_sent", "in_app", "sent", "01E4C4CT6YDC7Y5M7FE1GWWPQ5", personEmail},
		{"slack_sent", "slack", "sent", "01E4C4CT6YDC7Y5M7FE1GWWPQ6", personEmail},
		{"webhook_sent", "webhook", "sent", "01E4C4CT6YDC7Y5M7FE1GWWPQ7", personEmail},
		{"whatsapp_delivered", "whatsapp", "delivered", "01E4C4CT6YDC7Y5M7FE1GWWPQB", personEmail},
	}
}

// subscription is an event of the customer, the only category that has both addresses: the one of data.identifiers
// and the one of data.email_address. Here they differ, so that the row tells which one was mapped.
func subscription(id, mappedEmail string) event {
	return event{"customer_subscribed", "customer", "subscribed", id, mappedEmail}
}

func (e event) payload() map[string]any {
	payload := map[string]any{"event_id": e.id, "timestamp": momentSeconds}
	if e.objectType == "customer" {
		payload["data"] = map[string]any{
			"customer_id":   personID,
			"email_address": personOtherEmail,
			"identifiers":   map[string]any{"id": personID, "email": personEmail, "cio_id": personCIOID},
		}
	}
	return payload
}

// report makes Customer.io report the event, and returns it as it arrived. It fails unless exactly one webhook took it to
// its endpoint.
func (s *services) report(ctx context.Context, reported event) (map[string]any, error) {
	deliveries, err := s.Emit(ctx, reported.name, reported.payload())
	if err != nil {
		return nil, err
	}
	if len(deliveries) != 1 {
		return nil, fmt.Errorf("the event %s went to %d webhooks, where one was due", reported.name, len(deliveries))
	}
	if delivery := deliveries[0]; delivery.Status != http.StatusOK {
		return nil, fmt.Errorf("the event %s did not arrive at %s: %s", reported.name, delivery.Endpoint, delivery.Error)
	}
	return s.inlet.last()
}

// rowOf is the first record of the event, nil if there is none.
func rowOf(rows []map[string]any, reported event) map[string]any {
	for _, row := range rows {
		if row["_id"] == reported.id {
			return row
		}
	}
	return nil
}

// requireRow fails unless the dataset holds exactly one row of the event, with the values that the mapping makes.
func requireRow(rows []map[string]any, reported event) error {
	var found []map[string]any
	for _, row := range rows {
		if row["_id"] == reported.id {
			found = append(found, row)
		}
	}
	if len(found) != 1 {
		return fmt.Errorf("the event %s (%s) made %d rows, where one was due", reported.name, reported.id, len(found))
	}
	if found[0]["timestamp"] != momentText {
		return fmt.Errorf("the row of %s has the timestamp %v, where %s was due", reported.name, found[0]["timestamp"], momentText)
	}
	fields := tenantFields(found[0])
	for name, expected := range reported.mapped() {
		if fields[name] != expected {
			return fmt.Errorf("the row of %s holds %v in %s.%s, where %v was due", reported.name, fields[name], tenantNamespace, name, expected)
		}
	}
	return nil
}

// mapped are the fields under the tenant namespace, numbers as JSON decodes them.
func (e event) mapped() map[string]any {
	return map[string]any{
		"object_type": e.objectType,
		"metric":      e.metric,
		"event_id":    e.id,
		"email":       e.email,
		"id":          personID,
		"cio_id":      personCIOID,
		"timestamp":   float64(momentSeconds),
	}
}

// tenantFields are the custom fields of a row.
func tenantFields(row map[string]any) map[string]any {
	fields, _ := row[tenantNamespace].(map[string]any)
	return fields
}
