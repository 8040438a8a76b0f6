package customerio

import "slices"

// eventsByCategory are, by kind of message, the events of the App API's published description of September 2026: 72. The description has lagged
// the service before, so an event that is missing here may still be taken.
var eventsByCategory = map[string][]string{
	"customer": {
		"customer_subscribed", "customer_unsubscribed", "customer_subscription_preferences_changed",
	},
	"email": {
		"email_drafted", "email_attempted", "email_sent", "email_delivered", "email_opened", "email_clicked",
		"email_converted", "email_bounced", "email_dropped", "email_deferred", "email_spammed", "email_failed",
		"email_unsubscribed", "email_undeliverable",
	},
	"sms": {
		"sms_drafted", "sms_attempted", "sms_sent", "sms_delivered", "sms_clicked", "sms_converted", "sms_bounced",
		"sms_dropped", "sms_failed", "sms_undeliverable", "sms_replied",
	},
	"push": {
		"push_drafted", "push_attempted", "push_sent", "push_delivered", "push_opened", "push_clicked",
		"push_converted", "push_bounced", "push_dropped", "push_failed", "push_undeliverable",
	},
	"in_app": {
		"in_app_drafted", "in_app_attempted", "in_app_sent", "in_app_opened", "in_app_clicked", "in_app_converted",
		"in_app_failed", "in_app_undeliverable",
	},
	"slack": {
		"slack_drafted", "slack_attempted", "slack_sent", "slack_clicked", "slack_converted", "slack_failed",
	},
	"webhook": {
		"webhook_drafted", "webhook_attempted", "webhook_sent", "webhook_clicked", "webhook_converted",
		"webhook_failed", "webhook_undeliverable",
	},
	"whatsapp": {
		"whatsapp_drafted", "whatsapp_attempted", "whatsapp_sent", "whatsapp_delivered", "whatsapp_opened",
		"whatsapp_clicked", "whatsapp_converted", "whatsapp_bounced", "whatsapp_dropped", "whatsapp_failed",
		"whatsapp_undeliverable", "whatsapp_replied",
	},
}

// EventCategories are the kinds of messages. WhatsApp comes last: Adobe's overview of the source does not list it.
func EventCategories() []string {
	return []string{"customer", "email", "sms", "push", "in_app", "slack", "webhook", "whatsapp"}
}

// EventsOf are the events of a category, none if there is no such category.
func EventsOf(category string) []string { return slices.Clone(eventsByCategory[category]) }

// Events are all events, by category.
func Events() []string {
	var all []string
	for _, category := range EventCategories() {
		all = append(all, eventsByCategory[category]...)
	}
	return all
}

// IsKnownEvent tells whether an event is in the catalog.
func IsKnownEvent(event string) bool { return slices.Contains(Events(), event) }
