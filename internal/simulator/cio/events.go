package cio

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// EventCategory is a group of Customer.io's reporting events: those of one channel, or of the customer itself.
type EventCategory struct {
	// ObjectType is the first part of the names of the category's events, and the object_type of their payloads.
	ObjectType string `json:"object_type"`
	// Metrics are the other parts of the names.
	Metrics []Metric `json:"metrics"`
	// Values are those that fields have in samples of this category.
	Values map[string]any `json:"values"`
}

// Metric is what a category reports, and the fields of data that are documented for it, beyond those of all messages.
// No payload is documented for email_deferred, sms_dropped, slack_converted and webhook_converted: they have the fields
// of their nearest relatives.
type Metric struct {
	Name   string   `json:"name"`
	Fields []string `json:"fields"`
}

// Events names the events of the category, as reporting webhooks subscribe to them.
func (c EventCategory) Events() []string {
	events := make([]string, 0, len(c.Metrics))
	for _, metric := range c.Metrics {
		events = append(events, c.ObjectType+"_"+metric.Name)
	}
	return events
}

// eventCategories is the enumeration in the App API's published description of 17 September 2026. Adobe's overview
// of the source names the same categories except WhatsApp.
var eventCategories = func() (categories []EventCategory) {
	if err := json.Unmarshal(eventsJSON, &categories); err != nil {
		panic("simulator: events.json: " + err.Error())
	}
	return categories
}()

//go:embed events.json
var eventsJSON []byte

// EventCategories lists Customer.io's reporting events by category.
func EventCategories() []EventCategory { return slices.Clone(eventCategories) }

// Events names every event that a reporting webhook can subscribe to.
func Events() []string {
	var events []string
	for _, category := range eventCategories {
		events = append(events, category.Events()...)
	}
	return events
}

// splitEvent finds the two parts of an event's name. Object types contain underscores, as in in_app_sent.
func splitEvent(event string) (category EventCategory, metric Metric, known bool) {
	for _, category := range eventCategories {
		for i, name := range category.Events() {
			if name == event {
				return category, category.Metrics[i], true
			}
		}
	}
	return EventCategory{}, Metric{}, false
}

// SampleEvent makes the payload that Customer.io posts for an event, with every field that is documented for it.
// The message comes from a campaign, and the webhook has with_content.
func SampleEvent(event string) (map[string]any, error) {
	category, metric, known := splitEvent(event)
	if !known {
		return nil, fmt.Errorf("%q is not an event that Customer.io reports", event)
	}
	if category.ObjectType == "customer" {
		return sampleCustomerEvent(metric.Name), nil
	}
	data := messageData()
	for _, field := range metric.Fields {
		data[field] = sampleField(category, metric.Name, field)
	}
	return envelope(category.ObjectType, metric.Name, data), nil
}

// envelope has the moment and the ID that Customer.io's and Adobe's own samples use.
func envelope(objectType, metric string, data map[string]any) map[string]any {
	return map[string]any{
		"event_id":    "01E4C4CT6YDC7Y5M7FE1GWWPQJ",
		"object_type": objectType,
		"metric":      metric,
		"timestamp":   1613063089,
		"data":        data,
	}
}

// sampleCustomerEvent has no delivery, except where a message made the person change the preferences. Documented:
// object_type is then the channel of that message, and the metric is the only one that differs from the name of its
// event.
func sampleCustomerEvent(metric string) map[string]any {
	data := personData()
	data["email_address"] = sampleEmail
	if metric != "subscription_preferences_changed" {
		return envelope("customer", metric, data)
	}
	maps.Copy(data, messageData())
	data["content"] = `{"topics":{"topic_1":true}}`
	return envelope("email", "cio_"+metric, data)
}

// sampleEmail identifies the person of Customer.io's and Adobe's own samples.
const sampleEmail = "test@example.com"

func personData() map[string]any {
	return map[string]any{
		"customer_id": "42",
		"identifiers": map[string]any{"id": "42", "email": sampleEmail, "cio_id": "d9c106000001"},
	}
}

// messageData is what all events of messages of a campaign have in common.
func messageData() map[string]any {
	data := personData()
	maps.Copy(data, map[string]any{
		"delivery_id":      "RPILAgUBcRhIBqSfeiIwdIYJKxTY",
		"action_id":        96,
		"campaign_id":      5,
		"trigger_event_id": "21E4C3CT6YDC7Y4N7FE1GWWABC",
		"journey_id":       "01GW20GXAAXBKZD8J96M8FNV3R",
		"parent_action_id": 1,
	})
	return data
}

var sampleValues = map[string]any{
	"subject":          "Thanks for signing up",
	"failure_message":  "Something went wrong!",
	"href":             "https://docs.customer.io",
	"link_id":          1,
	"headers":          map[string]any{"Customheader1": []any{"customvalue1"}},
	"proxied":          false,
	"prefetched":       false,
	"synthetic":        false,
	"machine":          false,
	"tracked_response": "dismiss",
	"inbound_event_id": "01HXYZ1234567890ABCDEFGHJK",
	"to":               "+15557654321",
}

func sampleField(category EventCategory, metric, field string) any {
	if field == "recipients" {
		return []any{sampleDevice(metric)}
	}
	if value, own := category.Values[field]; own {
		return value
	}
	return sampleValues[field]
}

// sampleDevice is one receiver of a push. A failure is documented for the metrics that can have one.
func sampleDevice(metric string) map[string]any {
	device := map[string]any{"device_id": "eeC2XC_NVPo:APA91bEYRSgmu", "device_platform": "android"}
	switch metric {
	case "sent":
		device["failure_message"] = ""
	case "bounced", "dropped":
		device["failure_message"] = sampleValues["failure_message"]
	}
	return device
}
