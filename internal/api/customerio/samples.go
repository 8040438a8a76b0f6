package customerio

import (
	"encoding/json"
	"slices"
	"strings"
)

// preferencesChanged is the one event whose metric in the payload is not its name without the object type (documented: cio-events).
const preferencesChanged = "customer_subscription_preferences_changed"

// SampleEvent is a payload of an event with every field that the vendor's description of August 2026 has for it, whether the
// message came from a campaign, a broadcast, a newsletter or a transactional call; a real one has the fields of one of them.
// It is indented JSON, and "" for an event that is not in the catalog.
func SampleEvent(event string) string {
	if !IsKnownEvent(event) {
		return ""
	}
	category := CategoryOf(event)
	payload := map[string]any{
		"event_id": "01E4C4CT6YDC7Y5M7FE1GWWPQJ", "timestamp": 1613063089,
		"object_type": category, "metric": strings.TrimPrefix(event, category+"_"),
	}
	if event == preferencesChanged {
		payload["object_type"], payload["metric"] = "email", "cio_subscription_preferences_changed"
	}
	data := map[string]any{}
	for _, field := range fieldsOf(event) {
		data[field] = sampleValue(event, field)
	}
	payload["data"] = data
	text, _ := json.MarshalIndent(payload, "", "  ") // of strings, numbers and maps
	return string(text)
}

// CategoryOf is the category of an event in the catalog, else "".
func CategoryOf(event string) string {
	for _, category := range EventCategories() {
		if slices.Contains(eventsByCategory[category], event) {
			return category
		}
	}
	return ""
}

var (
	personFields = []string{"customer_id", "email_address", "identifiers"}
	// messageFields are those of a message of any origin.
	messageFields = []string{
		"customer_id", "identifiers", "delivery_id", "action_id", "parent_action_id", "broadcast_id", "trigger_id", "campaign_id",
		"trigger_event_id", "journey_id", "newsletter_id", "content_id",
	}
	// transactional messages are described for emails and pushes only.
	transactional = []string{"transactional_message_id"}
)

// fieldsOf are the members of an event's data.
func fieldsOf(event string) []string {
	switch category := CategoryOf(event); {
	case event == preferencesChanged:
		return slices.Concat(personFields, messageFields, []string{"content"})
	case category == "customer":
		return personFields
	case category == "email", category == "push":
		return slices.Concat(messageFields, transactional, metricFields(event, category))
	default:
		return slices.Concat(messageFields, metricFields(event, category))
	}
}

// fieldsByMetric are the members that a metric adds, where an event has none of its own below.
var fieldsByMetric = map[string][]string{
	"drafted": {}, "attempted": {"failure_message"}, "sent": {"recipient", "content"}, "delivered": {"recipient"},
	"opened": {"recipient"}, "clicked": {"recipient", "href", "link_id"}, "converted": {"recipient"},
	"bounced": {"recipient", "failure_message"}, "dropped": {"recipient", "failure_message"}, "failed": {"failure_message"},
	"undeliverable": {"failure_message"}, "replied": {"recipient", "inbound_event_id", "to"},
}

// fieldsByEvent are the exceptions. Emails have a subject, pushes a list of recipients. No payload is described for
// email_deferred, sms_dropped, slack_converted and webhook_converted: they are taken to be like their nearest relatives.
var fieldsByEvent = map[string][]string{
	"email_drafted":       {"subject", "recipient"},
	"email_sent":          {"subject", "recipient", "content", "headers"},
	"email_delivered":     {"subject", "recipient"},
	"email_opened":        {"subject", "recipient", "proxied", "prefetched", "synthetic"},
	"email_clicked":       {"subject", "recipient", "href", "link_id", "machine"},
	"email_converted":     {"subject", "recipient"},
	"email_bounced":       {"subject", "recipient", "failure_message"},
	"email_dropped":       {"subject", "recipient", "failure_message"},
	"email_deferred":      {"subject", "recipient", "failure_message"},
	"email_spammed":       {"subject", "recipient"},
	"email_failed":        {"subject", "failure_message"},
	"email_unsubscribed":  {"subject", "recipient"},
	"email_undeliverable": {"subject", "recipient", "failure_message"},
	"push_sent":           {"recipients", "content"},
	"push_delivered":      {"recipients"},
	"push_opened":         {"recipients"},
	"push_clicked":        {"recipients", "href", "link_id"},
	"push_converted":      {"recipients"},
	"push_bounced":        {"recipients"},
	"push_dropped":        {"recipients"},
	"in_app_opened":       {},
	"in_app_clicked":      {"recipient", "href", "link_id", "tracked_response"},
}

func metricFields(event, category string) []string {
	if fields, special := fieldsByEvent[event]; special {
		return fields
	}
	return fieldsByMetric[strings.TrimPrefix(event, category+"_")]
}

// sampleValues are the vendor's examples where it gives some.
var sampleValues = map[string]any{
	"customer_id":              "42",
	"email_address":            "test@example.com",
	"identifiers":              map[string]any{"id": "42", "email": "test@example.com", "cio_id": "d9c106000001"},
	"delivery_id":              "RPILAgUBcRhIBqSfeiIwdIYJKxTY",
	"action_id":                96,
	"parent_action_id":         1,
	"broadcast_id":             9,
	"trigger_id":               1,
	"campaign_id":              5,
	"trigger_event_id":         "21E4C3CT6YDC7Y4N7FE1GWWABC",
	"journey_id":               "01GW20GXAAXBKZD8J96M8FNV3R",
	"newsletter_id":            10,
	"content_id":               3,
	"transactional_message_id": 3,
	"subject":                  "Thanks for signing up",
	"content":                  "Thanks for signing up, Jane.",
	"headers":                  map[string]any{"Customheader1": []string{"customvalue1"}},
	"failure_message":          "Something went wrong!",
	"href":                     "https://docs.customer.io",
	"link_id":                  1,
	"tracked_response":         "dismiss",
	"inbound_event_id":         "01HXYZ1234567890ABCDEFGHJK",
	"to":                       "+15557654321",
	"proxied":                  false,
	"prefetched":               false,
	"synthetic":                false,
	"machine":                  false,
}

// sampleRecipients are whom a message goes to, by category.
var sampleRecipients = map[string]string{
	"email": "test@example.com", "sms": "+15551234567", "whatsapp": "+15551234567", "in_app": "42", "slack": "#general",
	"webhook": "https://api.example.com/hook",
}

func sampleValue(event, field string) any {
	switch {
	case field == "recipient":
		return sampleRecipients[CategoryOf(event)]
	case field == "recipients":
		return []any{sampleDevice(event)}
	case field == "content" && event == preferencesChanged:
		return `{"topics":{"topic_1":true}}`
	}
	return sampleValues[field]
}

// sampleDevice has a failure in the metrics that describe one.
func sampleDevice(event string) map[string]any {
	device := map[string]any{"device_id": "eeC2XC_NVPo:APA91bEYRSgmu", "device_platform": "android"}
	if slices.Contains([]string{"push_sent", "push_bounced", "push_dropped"}, event) {
		device["failure_message"] = sampleValues["failure_message"]
	}
	return device
}
