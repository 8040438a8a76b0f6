package contract_test

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
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

// documented are the members that an event's description has, of all origins that a message may have.
func documented(schema *openapi3.SchemaRef, into map[string]*openapi3.SchemaRef) map[string]*openapi3.SchemaRef {
	for _, parts := range []openapi3.SchemaRefs{schema.Value.AllOf, schema.Value.OneOf, schema.Value.AnyOf} {
		for _, part := range parts {
			documented(part, into)
		}
	}
	for name, member := range schema.Value.Properties {
		into[name] = member
	}
	return into
}

// descriptionOf finds the description of an event among those of its category, by the metric.
func descriptionOf(category *openapi3.SchemaRef, metric string) *openapi3.SchemaRef {
	for _, one := range append(category.Value.OneOf, category.Value.AnyOf...) {
		members := documented(one, map[string]*openapi3.SchemaRef{})
		if described := members["metric"]; described != nil && slices.Contains(described.Value.Enum, any(metric)) {
			return one
		}
	}
	return nil
}

// TestSamplesOfTheProviderAreComplete: the samples of the function sample_event have every member that is described, of the
// described type, and no other.
func TestSamplesOfTheProviderAreComplete(t *testing.T) {
	loaded, err := openapi3.NewLoader().LoadFromFile(filepath.Join(folder(t), "customerio-reporting-webhooks.json"))
	require.NoError(t, err)
	for _, event := range customerio.Events() {
		if reason, known := undescribed[event]; known {
			t.Logf("%s: %s", event, reason)
			continue
		}
		var sample map[string]any
		require.NoError(t, json.Unmarshal([]byte(customerio.SampleEvent(event)), &sample))
		described := descriptionOf(loaded.Components.Schemas[customerio.CategoryOf(event)+"_event"], sample["metric"].(string))
		require.NotNil(t, described, event)
		data := documented(documented(described, map[string]*openapi3.SchemaRef{})["data"], map[string]*openapi3.SchemaRef{})
		require.ElementsMatch(t, slices.Collect(maps.Keys(data)), slices.Collect(maps.Keys(sample["data"].(map[string]any))), event)
		for name, value := range sample["data"].(map[string]any) {
			require.NoError(t, data[name].Value.VisitJSON(value), "%s of %s", name, event)
		}
	}
}

// objectWords is how many words of an event name its object: two for in_app.
func objectWords(event string) int {
	if strings.HasPrefix(event, "in_app_") {
		return 2
	}
	return 1
}
