package cio

import "slices"

// EventCategory is a group of Customer.io's reporting events: those of one channel, or of the customer itself.
type EventCategory struct {
	// ObjectType is the first part of the names of the category's events, and the object_type of their payloads.
	ObjectType string
	// Metrics are the other parts of the names.
	Metrics []string
}

// Events names the events of the category, as reporting webhooks subscribe to them.
func (c EventCategory) Events() []string {
	events := make([]string, 0, len(c.Metrics))
	for _, metric := range c.Metrics {
		events = append(events, c.ObjectType+"_"+metric)
	}
	return events
}

// eventCategories is the enumeration in the App API's published description of 17 September 2026. Adobe's overview
// of the source names the same categories except WhatsApp.
var eventCategories = []EventCategory{
	{"customer", []string{"subscribed", "unsubscribed", "subscription_preferences_changed"}},
	{"email", []string{
		"drafted", "attempted", "sent", "delivered", "opened", "clicked", "converted", "bounced", "dropped", "deferred",
		"spammed", "failed", "unsubscribed", "undeliverable",
	}},
	{"sms", []string{
		"drafted", "attempted", "sent", "delivered", "clicked", "converted", "bounced", "dropped", "failed",
		"undeliverable", "replied",
	}},
	{"push", []string{
		"drafted", "attempted", "sent", "delivered", "opened", "clicked", "converted", "bounced", "dropped", "failed",
		"undeliverable",
	}},
	{"in_app", []string{
		"drafted", "attempted", "sent", "opened", "clicked", "converted", "failed", "undeliverable",
	}},
	{"slack", []string{"drafted", "attempted", "sent", "clicked", "converted", "failed"}},
	{"webhook", []string{"drafted", "attempted", "sent", "clicked", "converted", "failed", "undeliverable"}},
	{"whatsapp", []string{
		"drafted", "attempted", "sent", "delivered", "opened", "clicked", "converted", "bounced", "dropped", "failed",
		"undeliverable", "replied",
	}},
}

// EventCategories lists Customer.io's reporting events by category.
func EventCategories() []EventCategory {
	categories := slices.Clone(eventCategories)
	for i := range categories {
		categories[i].Metrics = slices.Clone(categories[i].Metrics)
	}
	return categories
}

// Events names every event that a reporting webhook can subscribe to.
func Events() []string {
	var events []string
	for _, category := range eventCategories {
		events = append(events, category.Events()...)
	}
	return events
}

// splitEvent finds the two parts of an event's name. Object types contain underscores, as in in_app_sent.
func splitEvent(event string) (objectType, metric string, known bool) {
	for _, category := range eventCategories {
		for _, metric := range category.Metrics {
			if event == category.ObjectType+"_"+metric {
				return category.ObjectType, metric, true
			}
		}
	}
	return "", "", false
}
