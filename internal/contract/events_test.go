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

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/descriptions"
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
	loaded, err := openapi3.NewLoader().LoadFromFile(filepath.Join(descriptions.Folder(t), "customerio-reporting-webhooks.json"))
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

// descriptionOf is the description of an event, which is named like the event; those of the customer's are named after a person.
func descriptionOf(schemas openapi3.Schemas, event string) *openapi3.SchemaRef {
	switch action, ofCustomer := strings.CutPrefix(event, "customer_"); {
	case event == "customer_subscription_preferences_changed":
		return schemas["person_cio_subscription_preferences_changed"]
	case ofCustomer:
		return schemas["person_"+action]
	default:
		return schemas[event]
	}
}

// correct undoes the two slips of the description, as long as they are there.
func correct(t *testing.T, schemas openapi3.Schemas) {
	t.Helper()
	// The vendor's examples of the same event have object_type.
	preferences := schemas["person_cio_subscription_preferences_changed"].Value.Properties
	require.NotContains(t, preferences, "object_type")
	preferences["object_type"] = preferences["object_type_type"]
	delete(preferences, "object_type_type")
	// A copy of the description of push_attempted.
	metric := documented(schemas["push_drafted"], map[string]*openapi3.SchemaRef{})["metric"].Value
	require.Equal(t, []any{"attempted"}, metric.Enum)
	metric.Enum = []any{"drafted"}
}

// TestSamplesOfTheProviderAreComplete: the samples of the function sample_event have every member that is described, down to
// those of the devices of a push, each of the described type, and no other.
func TestSamplesOfTheProviderAreComplete(t *testing.T) {
	loaded, err := openapi3.NewLoader().LoadFromFile(filepath.Join(descriptions.Folder(t), "customerio-reporting-webhooks.json"))
	require.NoError(t, err)
	correct(t, loaded.Components.Schemas)
	var withoutDescription []string
	for _, event := range customerio.Events() {
		described := descriptionOf(loaded.Components.Schemas, event)
		if described == nil {
			withoutDescription = append(withoutDescription, event)
			continue
		}
		var sample map[string]any
		require.NoError(t, json.Unmarshal([]byte(customerio.SampleEvent(event)), &sample))
		requireComplete(t, described, sample, event)
	}
	require.Equal(t, []string{"email_deferred", "sms_dropped", "slack_converted", "webhook_converted"}, withoutDescription)
}

// requireComplete looks at the members of objects one by one: a sample has the members of all origins that a message may have,
// where the description as a whole wants those of one.
func requireComplete(t *testing.T, described *openapi3.SchemaRef, value any, place string) {
	t.Helper()
	members := documented(described, map[string]*openapi3.SchemaRef{})
	switch value := value.(type) {
	case map[string]any:
		if len(members) == 0 { // free keys
			break
		}
		require.ElementsMatch(t, slices.Collect(maps.Keys(members)), slices.Collect(maps.Keys(value)), place)
		for name, member := range value {
			requireComplete(t, members[name], member, place+"."+name)
		}
		return
	case []any:
		require.NotEmpty(t, value, place)
		for _, element := range value {
			requireComplete(t, described.Value.Items, element, place+"[]")
		}
		return
	}
	require.NoError(t, described.Value.VisitJSON(value), place)
}

// objectWords is how many words of an event name its object: two for in_app.
func objectWords(event string) int {
	if strings.HasPrefix(event, "in_app_") {
		return 2
	}
	return 1
}
