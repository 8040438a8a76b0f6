package customerio_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

func TestCatalogue(t *testing.T) {
	t.Parallel()
	events := customerio.Events()
	require.Len(t, events, 72)
	slices.Sort(events)
	require.Len(t, slices.Compact(events), 72)
	for category, count := range map[string]int{
		"customer": 3, "email": 14, "sms": 11, "push": 11, "in_app": 8, "slack": 6, "webhook": 7, "whatsapp": 12, "fax": 0,
	} {
		require.Len(t, customerio.EventsOf(category), count, category)
		for _, event := range customerio.EventsOf(category) {
			require.Equal(t, category, customerio.CategoryOf(event))
		}
	}
}

// Every single value of every sample has a field of its type, and every field is in some sample.
func TestFieldsCoverTheSamples(t *testing.T) {
	t.Parallel()
	unused := map[string]bool{}
	for _, field := range customerio.EventFields() {
		unused[field.Source] = true
	}
	for _, event := range customerio.Events() {
		var sample map[string]any
		require.NoError(t, json.Unmarshal([]byte(customerio.SampleEvent(event)), &sample))
		for path, value := range leaves("", sample) {
			if strings.HasPrefix(path, "data.headers") {
				continue // no single value
			}
			if path == "data.recipients" {
				requireFieldsOfTheFirst(t, value, unused)
				continue
			}
			field, found := customerio.FindEventField(path[strings.LastIndex(path, ".")+1:])
			require.True(t, found, "%s of %s has no field", path, event)
			require.Equal(t, path, field.Source)
			require.Equal(t, field.Type, typeOf(value), path)
			delete(unused, path)
		}
	}
	require.Empty(t, unused)
	names := map[string]bool{}
	for _, field := range customerio.EventFields() {
		require.False(t, names[field.Name], field.Name)
		names[field.Name] = true
	}
	for _, name := range customerio.DefaultEventFields() {
		_, found := customerio.FindEventField(name)
		require.True(t, found, name)
	}
}

// requireFieldsOfTheFirst wants fields for the first device of a push. Their names are their own.
func requireFieldsOfTheFirst(t *testing.T, devices any, unused map[string]bool) {
	t.Helper()
	list, _ := devices.([]any)
	require.NotEmpty(t, list)
	for member, value := range leaves("", list[0]) {
		path := "data.recipients[0]." + member
		field, found := customerio.FindEventField(map[string]string{
			"device_id": "push_device_id", "device_platform": "push_platform", "failure_message": "push_failure_message",
		}[member])
		require.True(t, found, path)
		require.Equal(t, path, field.Source)
		require.Equal(t, field.Type, typeOf(value), path)
		delete(unused, path)
	}
}

func leaves(prefix string, value any) map[string]any {
	object, isObject := value.(map[string]any)
	if !isObject {
		return map[string]any{strings.TrimPrefix(prefix, "."): value}
	}
	all := map[string]any{}
	for name, member := range object {
		for path, leaf := range leaves(prefix+"."+name, member) {
			all[path] = leaf
		}
	}
	return all
}

func typeOf(value any) string {
	switch value.(type) {
	case string:
		return customerio.FieldString
	case float64:
		return customerio.FieldInteger
	case bool:
		return customerio.FieldBoolean
	}
	return ""
}

func TestNoSampleOfAnUnknownEvent(t *testing.T) {
	t.Parallel()
	require.Empty(t, customerio.SampleEvent("email_teleported"))
	require.Empty(t, customerio.CategoryOf("email_teleported"))
}
