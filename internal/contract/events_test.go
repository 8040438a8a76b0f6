package contract_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// undescribed are the events that the App API takes and that the description of the payloads leaves out.
var undescribed = map[string]string{
	"email_deferred":    "no payload is described",
	"sms_dropped":       "no payload is described",
	"slack_converted":   "no payload is described",
	"webhook_converted": "no payload is described",
	"push_drafted":      "its metric is described as attempted, a slip",
	"push_attempted":    "two payloads are described for its metric, by the same slip",
}

// TestSampleEventsFollowTheDescription names each sample event that Customer.io's description of its payloads refuses.
func TestSampleEventsFollowTheDescription(t *testing.T) {
	loaded, err := openapi3.NewLoader().LoadFromFile(filepath.Join(folder(t), "customerio-reporting-webhooks.json"))
	require.NoError(t, err)
	require.Len(t, simulator.Events(), 72)
	for _, event := range simulator.Events() {
		sample, err := simulator.SampleEvent(event)
		require.NoError(t, err)
		text, err := json.Marshal(sample)
		require.NoError(t, err)
		var value any
		require.NoError(t, json.Unmarshal(text, &value))
		described := loaded.Components.Schemas[strings.Join(strings.Split(event, "_")[:objectWords(event)], "_")+"_event"]
		require.NotNil(t, described, event)
		err = described.Value.VisitJSON(value)
		if _, known := undescribed[event]; known {
			require.Error(t, err, "%s is described now", event)
			continue
		}
		require.NoError(t, err, event)
	}
}

// objectWords is how many words of an event name its object: two for in_app.
func objectWords(event string) int {
	if strings.HasPrefix(event, "in_app_") {
		return 2
	}
	return 1
}
