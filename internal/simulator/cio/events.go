package cio

import (
	_ "embed"
	"encoding/json"
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
