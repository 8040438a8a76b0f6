package cio

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
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
var eventCategories = document.MustDecode[[]EventCategory](eventsJSON)

//go:embed events.json
var eventsJSON []byte

// samples are what the payloads of Customer.io's and Adobe's own samples contain.
var samples = document.MustDecode[struct {
	// Envelope is around the data of every event.
	Envelope map[string]any
	// Person is what events of customers have in common, Message what all events of messages of a campaign add.
	Person, Message map[string]any
	// Values are those of the fields that a category has no value of its own for.
	Values map[string]any
	// Device is one receiver of a push.
	Device map[string]any
}](samplesJSON)

//go:embed samples.json
var samplesJSON []byte

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

func envelope(objectType, metric string, data map[string]any) map[string]any {
	event := document.Clone(samples.Envelope)
	event["object_type"], event["metric"], event["data"] = objectType, metric, data
	return event
}

// sampleCustomerEvent has no delivery, except where a message made the person change the preferences. Documented:
// object_type is then the channel of that message, and the metric is the only one that differs from the name of its
// event.
func sampleCustomerEvent(metric string) map[string]any {
	data := document.Clone(samples.Person)
	data["email_address"] = document.Text(data, "identifiers", "email")
	if metric != "subscription_preferences_changed" {
		return envelope("customer", metric, data)
	}
	maps.Copy(data, messageData())
	data["content"] = `{"topics":{"topic_1":true}}`
	return envelope("email", "cio_"+metric, data)
}

func messageData() map[string]any {
	data := document.Clone(samples.Person)
	maps.Copy(data, samples.Message)
	return data
}

func sampleField(category EventCategory, metric, field string) any {
	if field == "recipients" {
		return []any{sampleDevice(metric)}
	}
	if value, own := category.Values[field]; own {
		return value
	}
	return samples.Values[field]
}

// sampleDevice has the failure that is documented for the metrics that can have one.
func sampleDevice(metric string) map[string]any {
	device := document.Clone(samples.Device)
	switch metric {
	case "sent":
		device["failure_message"] = ""
	case "bounced", "dropped":
		device["failure_message"] = samples.Values["failure_message"]
	}
	return device
}
