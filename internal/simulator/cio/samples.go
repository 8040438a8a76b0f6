package cio

import "fmt"

// The identity and the moment that Customer.io's and Adobe's own samples use.
const (
	sampleEventID   = "01E4C4CT6YDC7Y5M7FE1GWWPQJ"
	sampleTimestamp = 1613063089
	sampleEmail     = "test@example.com"
)

const (
	metricSubscriptionPreferencesChanged = "subscription_preferences_changed"
	// metricPreferencesInPayload is the only metric that differs from the name of its event.
	metricPreferencesInPayload = "cio_subscription_preferences_changed"
)

// SampleEvent makes the payload that Customer.io posts for an event, with every field that is documented for it.
// The message comes from a campaign, and the webhook has with_content.
func SampleEvent(event string) (map[string]any, error) {
	objectType, metric, known := splitEvent(event)
	if !known {
		return nil, fmt.Errorf("%q is not an event that Customer.io reports", event)
	}
	if objectType == "customer" {
		return sampleCustomerEvent(metric), nil
	}
	data := messageData()
	for _, field := range messageFields(objectType, metric) {
		data[field] = sampleField(objectType, metric, field)
	}
	return envelope(objectType, metric, data), nil
}

func envelope(objectType, metric string, data map[string]any) map[string]any {
	return map[string]any{
		"event_id":    sampleEventID,
		"object_type": objectType,
		"metric":      metric,
		"timestamp":   sampleTimestamp,
		"data":        data,
	}
}

// sampleCustomerEvent has no delivery, except where a message made the person change the preferences. Documented:
// object_type is then the channel of that message.
func sampleCustomerEvent(metric string) map[string]any {
	data := map[string]any{
		"customer_id":   "42",
		"email_address": sampleEmail,
		"identifiers":   sampleIdentifiers(),
	}
	if metric != metricSubscriptionPreferencesChanged {
		return envelope("customer", metric, data)
	}
	for field, value := range messageData() {
		data[field] = value
	}
	data["content"] = `{"topics":{"topic_1":true}}`
	return envelope("email", metricPreferencesInPayload, data)
}

func sampleIdentifiers() map[string]any {
	return map[string]any{"id": "42", "email": sampleEmail, "cio_id": "d9c106000001"}
}

// messageData is what all events of messages of a campaign have in common.
func messageData() map[string]any {
	return map[string]any{
		"customer_id":      "42",
		"identifiers":      sampleIdentifiers(),
		"delivery_id":      "RPILAgUBcRhIBqSfeiIwdIYJKxTY",
		"action_id":        96,
		"campaign_id":      5,
		"trigger_event_id": "21E4C3CT6YDC7Y4N7FE1GWWABC",
		"journey_id":       "01GW20GXAAXBKZD8J96M8FNV3R",
		"parent_action_id": 1,
	}
}

// messageFields names the fields of data that are documented for a metric of a channel, beyond those of all
// messages. No payload is documented for email_deferred, sms_dropped, slack_converted and webhook_converted: they
// have the fields of their nearest relatives.
func messageFields(objectType, metric string) []string {
	switch objectType {
	case "email":
		return emailFields[metric]
	case "push":
		return pushFields[metric]
	default:
		return textMessageFields(objectType, metric)
	}
}

var emailFields = map[string][]string{
	"drafted":       {"subject", "recipient"},
	"attempted":     {"failure_message"},
	"sent":          {"subject", "recipient", "content", "headers"},
	"delivered":     {"subject", "recipient"},
	"opened":        {"subject", "recipient", "proxied", "prefetched", "synthetic"},
	"clicked":       {"subject", "recipient", "href", "link_id", "machine"},
	"converted":     {"subject", "recipient"},
	"bounced":       {"subject", "recipient", "failure_message"},
	"dropped":       {"subject", "recipient", "failure_message"},
	"deferred":      {"subject", "recipient", "failure_message"},
	"spammed":       {"subject", "recipient"},
	"failed":        {"subject", "recipient", "failure_message"},
	"unsubscribed":  {"subject", "recipient"},
	"undeliverable": {"subject", "recipient", "failure_message"},
}

var pushFields = map[string][]string{
	"attempted":     {"failure_message"},
	"sent":          {"recipients", "content"},
	"delivered":     {"recipients"},
	"opened":        {"recipients"},
	"clicked":       {"recipients", "href", "link_id"},
	"converted":     {"recipients"},
	"bounced":       {"recipients"},
	"dropped":       {"recipients"},
	"failed":        {"failure_message"},
	"undeliverable": {"failure_message"},
}

// textFields are those of the channels with one recipient and no subject: SMS, WhatsApp, in-app, Slack and webhook.
var textFields = map[string][]string{
	"attempted":     {"failure_message"},
	"sent":          {"recipient", "content"},
	"delivered":     {"recipient"},
	"opened":        {"recipient"},
	"clicked":       {"recipient", "href", "link_id"},
	"converted":     {"recipient"},
	"bounced":       {"recipient", "failure_message"},
	"dropped":       {"recipient", "failure_message"},
	"failed":        {"failure_message"},
	"undeliverable": {"failure_message"},
	"replied":       {"inbound_event_id", "to", "recipient"},
}

func textMessageFields(objectType, metric string) []string {
	switch objectType + "_" + metric {
	case "in_app_opened":
		return nil
	case "in_app_clicked":
		return append([]string{"tracked_response"}, textFields[metric]...)
	default:
		return textFields[metric]
	}
}

var sampleRecipients = map[string]string{
	"email":    sampleEmail,
	"sms":      "+15551234567",
	"whatsapp": "+15551234567",
	"in_app":   "42",
	"slack":    "#general",
	"webhook":  "https://api.example.com/hook",
}

var sampleContents = map[string]string{
	"email":    "<html><body>Thanks for signing up</body></html>",
	"sms":      "Thanks for signing up",
	"whatsapp": "Thanks for signing up",
	"push":     `{"message":{"notification":{"title":"Hi","body":"Hello"}}}`,
	"in_app":   `{"message":"Hello"}`,
	"slack":    `{"text":"Hello"}`,
	"webhook":  `{"name":"Jane"}`,
}

func sampleField(objectType, metric, field string) any {
	switch field {
	case "recipient":
		return sampleRecipients[objectType]
	case "recipients":
		return []any{sampleDevice(metric)}
	case "content":
		return sampleContents[objectType]
	case "headers":
		return map[string]any{"Customheader1": []any{"customvalue1"}}
	case "href":
		if objectType == "in_app" {
			return "gist://dismiss"
		}
		return "https://docs.customer.io"
	default:
		return sampleValues[field]
	}
}

var sampleValues = map[string]any{
	"subject":          "Thanks for signing up",
	"failure_message":  "Something went wrong!",
	"link_id":          1,
	"proxied":          false,
	"prefetched":       false,
	"synthetic":        false,
	"machine":          false,
	"tracked_response": "dismiss",
	"inbound_event_id": "01HXYZ1234567890ABCDEFGHJK",
	"to":               "+15557654321",
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
