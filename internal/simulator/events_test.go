package simulator

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEventsAreTheSeventyTwoOfThePublishedDescription(t *testing.T) {
	counts := map[string]int{}
	for _, category := range EventCategories() {
		counts[category.ObjectType] = len(category.Events())
	}
	require.Equal(t, map[string]int{
		"customer": 3, "email": 14, "sms": 11, "push": 11, "in_app": 8, "slack": 6, "webhook": 7, "whatsapp": 12,
	}, counts)
	require.Len(t, Events(), 72)
	require.Contains(t, Events(), "in_app_clicked")
	require.NotContains(t, Events(), "slack_undeliverable", "has a documented payload, but no webhook can subscribe to it")
}

func TestEveryEventHasASampleWithTheDocumentedEnvelope(t *testing.T) {
	for _, event := range Events() {
		t.Run(event, func(t *testing.T) {
			sample, err := SampleEvent(event)
			require.NoError(t, err)
			for _, field := range []string{"event_id", "object_type", "metric", "timestamp", "data"} {
				require.Contains(t, sample, field)
			}
			data := sample["data"].(map[string]any)
			require.Contains(t, data, "identifiers")
			require.Equal(t, "42", data["customer_id"])
			_, err = json.Marshal(sample)
			require.NoError(t, err)
			for field, value := range data {
				require.NotNil(t, value, field)
			}
		})
	}
}

func TestMessagesOfACampaignNameTheirOrigin(t *testing.T) {
	for _, category := range EventCategories()[1:] {
		for _, event := range category.Events() {
			sample, err := SampleEvent(event)
			require.NoError(t, err)
			data := sample["data"].(map[string]any)
			for _, field := range []string{
				"delivery_id", "action_id", "campaign_id", "trigger_event_id", "journey_id", "parent_action_id",
			} {
				require.Contains(t, data, field, event)
			}
			require.Equal(t, category.ObjectType, sample["object_type"])
		}
	}
}

func TestSamplesHaveTheFieldsOfTheirMetric(t *testing.T) {
	for event, fields := range map[string][]string{
		"customer_subscribed":                       {"email_address"},
		"customer_subscription_preferences_changed": {"email_address", "content", "delivery_id", "campaign_id"},
		"email_sent":          {"subject", "recipient", "content", "headers"},
		"email_opened":        {"recipient", "subject", "proxied", "prefetched", "synthetic"},
		"email_clicked":       {"subject", "recipient", "href", "link_id", "machine"},
		"email_deferred":      {"subject", "recipient", "failure_message"},
		"email_failed":        {"subject", "recipient", "failure_message"},
		"sms_replied":         {"inbound_event_id", "to", "recipient"},
		"sms_dropped":         {"recipient", "failure_message"},
		"push_sent":           {"recipients", "content"},
		"push_clicked":        {"recipients", "href", "link_id"},
		"in_app_clicked":      {"recipient", "href", "link_id", "tracked_response"},
		"slack_converted":     {"recipient"},
		"webhook_failed":      {"failure_message"},
		"whatsapp_opened":     {"recipient"},
		"whatsapp_dropped":    {"recipient", "failure_message"},
		"email_undeliverable": {"failure_message"},
	} {
		sample, err := SampleEvent(event)
		require.NoError(t, err)
		for _, field := range fields {
			require.Contains(t, sample["data"], field, event)
		}
	}
}

func TestOptionalFieldsStayWithTheEventsThatHaveThem(t *testing.T) {
	for event, field := range map[string]string{
		"customer_subscribed": "delivery_id",
		"email_attempted":     "subject",
		"in_app_opened":       "recipient",
		"sms_drafted":         "recipient",
		"push_delivered":      "recipient",
	} {
		sample, err := SampleEvent(event)
		require.NoError(t, err)
		require.NotContains(t, sample["data"], field, event)
	}
}

func TestPreferencesEventHasItsOwnMetric(t *testing.T) {
	sample, err := SampleEvent("customer_subscription_preferences_changed")
	require.NoError(t, err)
	require.Equal(t, "cio_subscription_preferences_changed", sample["metric"])
	require.Equal(t, "email", sample["object_type"], "the channel that caused the change")
}

func TestSampleOfAnUnknownEventNamesIt(t *testing.T) {
	_, err := SampleEvent("email_teleported")
	require.ErrorContains(t, err, `"email_teleported"`)
}
