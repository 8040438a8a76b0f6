package simulator

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/stretchr/testify/require"
)

const previewPath = mappingSetsPath + "/preview"

// previewOf is the only element of the answer.
func previewOf(t *testing.T, client *testClient, schema string, record any, mappings ...any) map[string]any {
	t.Helper()
	set := map[string]any{"outputSchema": map[string]any{"schemaRef": map[string]any{"id": schema}}, "mappings": mappings}
	status, _, raw := client.raw("POST", previewPath, map[string]any{"data": record, "mappingSet": set})
	require.Equal(t, 200, status, string(raw))
	var answer []map[string]any
	require.NoError(t, json.Unmarshal(raw, &answer))
	require.Len(t, answer, 1)
	return answer[0]
}

func TestPreviewMakesTheRowAndStoresNothing(t *testing.T) {
	s, client := newTestServer(t, Options{})
	schema, _ := s.SeedDataset(DefaultSandbox, "events")
	before := len(s.Objects())
	id := map[string]any{"destination": "_id", "source": "event_id", "sourceType": "ATTRIBUTE"}
	when := map[string]any{"destination": "timestamp", "source": `dformat(${timestamp} * 1000, "yyyy-MM-dd'T'HH:mm:ss.SSSX")`, "sourceType": "EXPRESSION"}
	record := map[string]any{"event_id": "01E4", "timestamp": 1613063089, "metric": 5}
	old := map[string]any{"destinationXdmPath": "_acme.metric", "sourceAttribute": "metric"}
	want := map[string]any{"data": map[string]any{"_id": "01E4", "timestamp": "2021-02-11T17:04:49.000Z", "_acme": map[string]any{"metric": "5"}}, "errors": nil}
	require.Equal(t, want, previewOf(t, client, schema, []any{record}, id, when, old))
	require.Equal(t, want, previewOf(t, client, schema, record, id, when, old), "the example of the published description has a single record")
	require.Len(t, s.Objects(), before)
}

func TestPreviewTellsWhatCouldNotBeMapped(t *testing.T) {
	s, client := newTestServer(t, Options{})
	schema, _ := s.SeedDataset(DefaultSandbox, "events")
	preview := previewOf(t, client, schema, []any{map[string]any{"metric": map[string]any{"name": "sent"}}},
		map[string]any{"destination": "_acme.metric", "source": "metric", "sourceType": "ATTRIBUTE"},
		map[string]any{"destination": "_acme.email", "source": "lower(", "sourceType": "EXPRESSION"},
		map[string]any{"destination": "_id", "source": "event_id", "sourceType": "ATTRIBUTE"},
		map[string]any{"destination": "_acme.timestamp", "source": "data.subject", "sourceType": "ATTRIBUTE"},
		map[string]any{"destination": "_acme.emial", "source": "x", "sourceType": "STATIC"},
		map[string]any{"destination": "_acme.event_id[0]", "source": "x", "sourceType": "STATIC"},
	)
	require.Equal(t, map[string]any{}, preview["data"])
	var destinations []any
	for _, one := range preview["errors"].([]any) {
		failure := one.(map[string]any)
		destinations = append(destinations, failure["destination"])
		require.NotEmpty(t, failure["exception"])
	}
	require.Equal(t, []any{"_acme.metric", "_acme.email", "_id", "_acme.emial", "_acme.event_id[0]"}, destinations)
}

func TestRefusedPreviews(t *testing.T) {
	s, client := newTestServer(t, Options{})
	schema, _ := s.SeedDataset(DefaultSandbox, "events")
	elsewhere, set := mappingSetBody(), mappingSetBody()
	set["outputSchema"] = map[string]any{"schemaRef": map[string]any{"id": schema}}
	good := map[string]any{"data": []any{map[string]any{}}, "mappingSet": set}
	status, _, _ := client.do("POST", previewPath, good)
	require.Equal(t, 200, status)
	for name, change := range map[string]map[string]any{
		"no data": {"data": []any{}}, "a text": {"data": []any{"event"}}, "no mapping set": {"mappingSet": nil}, "an unknown schema": {"mappingSet": elsewhere},
	} {
		body := maps.Clone(good)
		maps.Copy(body, change)
		status, _, problem := client.do("POST", previewPath, body)
		require.Equal(t, 400, status, name)
		require.NotEmpty(t, problem["detail"], name)
	}
}
