package simulator

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

// stream is a running flow with all that it needs.
type stream struct {
	account
	datasetID, flowID, mappingID string
	// inlet is the path of the streaming endpoint.
	inlet string
}

func newStream(t *testing.T, mappings map[string]any) stream {
	t.Helper()
	p := stream{account: newAccount(t, Options{})}
	schemaID, datasetID := p.SeedDataset(DefaultSandbox, "Customer.io events")
	p.datasetID = datasetID
	schemaRef := map[string]any{"id": schemaID, "contentType": "application/vnd.adobe.xed-full+json;version=1"}

	source := p.create("/flowservice/sourceConnections", map[string]any{
		"name":           "Streaming Source Connection for Customer.io",
		"connectionSpec": map[string]any{"id": "96479064-7b8a-4d69-b9ed-21c5683837ea", "version": "1.0"},
		"data":           map[string]any{"format": "json"},
	})
	target := p.create("/flowservice/targetConnections", map[string]any{
		"name":           "Streaming Target Connection for Customer.io",
		"connectionSpec": map[string]any{"id": "c604ff05-7f1a-43c0-8e18-33bf874cb11c", "version": "1.0"},
		"data": map[string]any{
			"format": "json",
			"schema": map[string]any{"id": schemaID, "version": schemaRef["contentType"]},
		},
		"params": map[string]any{"dataSetId": datasetID},
	})
	p.mappingID = p.create("/conversion/mappingSets", map[string]any{
		"outputSchema": map[string]any{"schemaRef": schemaRef},
		"mappings":     entriesOf(mappings),
	})
	p.flowID = p.create("/flowservice/flows", map[string]any{
		"name":                "Streaming Dataflow for Customer.io",
		"flowSpec":            map[string]any{"id": "e77fde5a-22a8-11ed-861d-0242ac120002", "version": "1.0"},
		"sourceConnectionIds": []any{source},
		"targetConnectionIds": []any{target},
		"transformations": []any{map[string]any{
			"name": "Mapping", "params": map[string]any{"mappingId": p.mappingID, "mappingVersion": 0},
		}},
	})
	inletURL, err := url.Parse(document.Text(p.flow(), "options", "inletUrl"))
	require.NoError(t, err)
	p.inlet = inletURL.Path
	return p
}

// entriesOf writes mappings given as destination to source. A source is a path, or a pair of type and source.
func entriesOf(mappings map[string]any) []any {
	var entries []any
	for destination, source := range mappings {
		entry := map[string]any{"sourceType": "ATTRIBUTE", "source": source, "destination": destination}
		if pair, isPair := source.([2]string); isPair {
			entry["sourceType"], entry["source"] = pair[0], pair[1]
		}
		entries = append(entries, entry)
	}
	return entries
}

func (p stream) create(path string, body any) string {
	p.t.Helper()
	created := p.adobe(http.MethodPost, path, body)
	require.Equal(p.t, 2, created.status/100, created.text)
	return document.Text(created.object(), "id")
}

func (p stream) flow() map[string]any {
	p.t.Helper()
	read := p.adobe(http.MethodGet, "/flowservice/flows/"+p.flowID, nil).requireStatus(http.StatusOK).object()
	return read["items"].([]any)[0].(map[string]any)
}

func (p stream) post(body any) reply {
	p.t.Helper()
	return p.send(http.MethodPost, p.inlet+"?x-adobe-flow-id="+p.flowID, nil, body)
}

var basicMappings = map[string]any{
	"_acme.cio_id":      "data.identifiers.cio_id",
	"_acme.email":       "data.identifiers.email",
	"_acme.metric":      "metric",
	"_acme.id":          "data.nowhere",
	"eventType":         [2]string{"STATIC", "customerio"},
	"timestamp":         [2]string{"EXPRESSION", `dformat(${timestamp}*1000, "yyyy-MM-dd'T'HH:mm:ss.SSSX")`},
	"_acme.object_type": [2]string{"EXPRESSION", `concat(object_type, "_", metric)`},
}

func sampleOf(t *testing.T, event string) map[string]any {
	t.Helper()
	sample, err := SampleEvent(event)
	require.NoError(t, err)
	return sample
}

func TestInletMapsAndStores(t *testing.T) {
	p := newStream(t, basicMappings)
	accepted := p.post(sampleOf(t, "customer_subscribed")).requireStatus(http.StatusOK).object()
	require.Equal(t, strings.TrimPrefix(p.inlet, "/collection/"), accepted["inletId"])
	require.NotEmpty(t, accepted["xactionId"])
	require.IsType(t, 0.0, accepted["receivedTimeMs"])

	require.Equal(t, []map[string]any{{
		"_acme": map[string]any{
			"cio_id":      "d9c106000001",
			"email":       "test@example.com",
			"metric":      "subscribed",
			"object_type": "customer_subscribed",
		},
		"eventType": "customerio",
		"timestamp": "2021-02-11T17:04:49.000Z",
	}}, p.Rows(p.datasetID), "what is missing in the source is missing in the row")
}

func TestInletTakesTheFlowFromAHeaderToo(t *testing.T) {
	p := newStream(t, basicMappings)
	p.send(http.MethodPost, p.inlet, headers{"x-adobe-flow-id": p.flowID}, sampleOf(t, "email_sent")).requireStatus(http.StatusOK)
	require.Len(t, p.Rows(p.datasetID), 1)
}

func TestInletRefusals(t *testing.T) {
	p := newStream(t, basicMappings)
	second := p.create("/flowservice/flows", map[string]any{
		"name":                "Another dataflow",
		"flowSpec":            p.flow()["flowSpec"],
		"sourceConnectionIds": p.flow()["sourceConnectionIds"],
		"targetConnectionIds": p.flow()["targetConnectionIds"],
		"transformations":     p.flow()["transformations"],
	})
	event := sampleOf(t, "email_sent")
	for name, test := range map[string]struct {
		target string
		body   any
		status int
	}{
		"an inlet that is not there":      {"/collection/febc?x-adobe-flow-id=" + p.flowID, event, http.StatusNotFound},
		"no flow id":                      {p.inlet, event, http.StatusBadRequest},
		"a flow that is not there":        {p.inlet + "?x-adobe-flow-id=439b3fc4-3042-4a3a-b5e0-a494898d3fb0", event, http.StatusNotFound},
		"the flow of another inlet":       {p.inlet + "?x-adobe-flow-id=" + second, event, http.StatusBadRequest},
		"a body that is not JSON":         {p.inlet + "?x-adobe-flow-id=" + p.flowID, `{"metric":`, http.StatusBadRequest},
		"a body that is not an object":    {p.inlet + "?x-adobe-flow-id=" + p.flowID, `[1]`, http.StatusBadRequest},
		"no body":                         {p.inlet + "?x-adobe-flow-id=" + p.flowID, nil, http.StatusBadRequest},
		"a record of more than one MByte": {p.inlet + "?x-adobe-flow-id=" + p.flowID, `{"a":"` + strings.Repeat("x", 1<<20) + `"}`, http.StatusRequestEntityTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			refused := p.send(http.MethodPost, test.target, nil, test.body).requireStatus(test.status).object()
			require.IsType(t, "", refused["status"])
			require.NotEmpty(t, document.Text(refused, "report", "message"))
		})
	}
	require.Empty(t, p.Rows(p.datasetID))
}

func TestDisabledFlowAcceptsAndStoresNothing(t *testing.T) {
	p := newStream(t, basicMappings)
	p.adobe(http.MethodPost, "/flowservice/flows/"+p.flowID+"/action?op=disable", nil)
	require.Equal(t, "disabled", p.flow()["state"])
	p.post(sampleOf(t, "email_sent")).requireStatus(http.StatusOK)
	require.Empty(t, p.Rows(p.datasetID))
}

func TestRecordThatCannotBeMappedIsAFailedRecord(t *testing.T) {
	p := newStream(t, map[string]any{
		"_acme.email": "data.identifiers.email",
		"timestamp":   [2]string{"EXPRESSION", `dformat(${timestamp} * 1000, "yyyy-MM-dd'T'HH:mm:ss.SSSX")`},
	})
	event := sampleOf(t, "email_sent")
	p.post(event).requireStatus(http.StatusOK)
	for _, wrong := range []any{nil, "soon"} {
		event["timestamp"] = wrong
		p.post(event).requireStatus(http.StatusOK)
	}

	require.Len(t, p.Rows(p.datasetID), 1)
	runs := p.adobe(http.MethodGet, "/flowservice/runs?property=flowId=="+p.flowID, nil).requireStatus(http.StatusOK)
	require.Contains(t, runs.text, "failed")
}

func TestFlowKeepsTheMappingVersionItIsPinnedTo(t *testing.T) {
	p := newStream(t, map[string]any{"_acme.email": "data.identifiers.email"})
	stored := p.adobe(http.MethodGet, "/conversion/mappingSets/"+p.mappingID, nil).requireStatus(http.StatusOK).object()
	changed := map[string]any{
		"outputSchema": stored["outputSchema"],
		"mappings":     entriesOf(map[string]any{"_acme.id": "data.identifiers.id"}),
	}
	p.adobe(http.MethodPut, "/conversion/mappingSets/"+p.mappingID, changed).requireStatus(http.StatusOK)
	p.post(sampleOf(t, "email_sent"))
	require.Equal(t, []map[string]any{{"_acme": map[string]any{"email": "test@example.com"}}}, p.Rows(p.datasetID))

	patch := []any{map[string]any{"op": "replace", "path": "/transformations/0", "value": map[string]any{
		"name": "Mapping", "params": map[string]any{"mappingId": p.mappingID, "mappingVersion": 1},
	}}}
	etag, _ := p.flow()["etag"].(string)
	p.adobe(http.MethodPatch, "/flowservice/flows/"+p.flowID, patch, headers{"If-Match": etag}).requireStatus(http.StatusOK)
	p.post(sampleOf(t, "email_sent"))
	require.Equal(t, map[string]any{"_acme": map[string]any{"id": "42"}}, p.Rows(p.datasetID)[1])
}

func TestRowsGoWithTheirDataset(t *testing.T) {
	p := newStream(t, basicMappings)
	p.post(sampleOf(t, "email_sent"))
	p.adobe(http.MethodDelete, "/catalog/dataSets/"+p.datasetID, nil).requireStatus(http.StatusOK)
	require.Empty(t, p.Rows(p.datasetID))
	p.post(sampleOf(t, "email_sent")).requireStatus(http.StatusOK)
	require.Empty(t, p.Rows(p.datasetID), "the flow has lost its dataset")
}

func TestOneEventOfEachCategoryArrivesInTheDataset(t *testing.T) {
	p := newStream(t, basicMappings)
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	for _, category := range EventCategories() {
		event := category.Events()[1]
		p.subscribe(server.URL+p.inlet+"?x-adobe-flow-id="+p.flowID, func(w map[string]any) { w["events"] = []any{event} })
		deliveries := p.emit(event, nil)
		require.Len(t, deliveries, 1)
		require.Equal(t, http.StatusOK, deliveries[0].Status, deliveries[0].Error)
	}
	rows := p.Rows(p.datasetID)
	require.Len(t, rows, 8)
	require.Equal(t, "customer_unsubscribed", document.Member(rows[0], "_acme", "object_type"))
	require.Equal(t, "whatsapp_attempted", document.Member(rows[7], "_acme", "object_type"))
}

// A record without the _id that its class requires is no valid XDM. It is not stored, and the run counts it as failed.
func TestRecordWithoutARequiredValueIsNotStored(t *testing.T) {
	p := newStream(t, map[string]any{"_id": "event_id", "_acme.metric": "metric"})
	event := sampleOf(t, "email_sent")
	event["event_id"] = nil
	p.post(event).requireStatus(http.StatusOK)
	require.Empty(t, p.Rows(p.datasetID))
	runs := p.adobe(http.MethodGet, "/flowservice/runs?property=flowId=="+p.flowID, nil).requireStatus(http.StatusOK).object()
	require.Contains(t, fmt.Sprint(runs["items"]), "failedRecordCount:1")
}

// Dates come in the documented formats, and what is in none of them is missing in the row. A value that is not in the enum of its field makes the
// row invalid.
func TestRowsHaveDatesAndListedValuesOnly(t *testing.T) {
	p := newStream(t, map[string]any{"_acme.at": "data.at", "_acme.on": "data.on", "_acme.channel": "data.channel", "_acme.metric": "metric"})
	text := func(member string, value any) map[string]any { return map[string]any{"type": "string", member: value} }
	giveFields(t, p.Simulator, map[string]any{
		"at": text("format", "date-time"), "on": text("format", "date"), "channel": text("enum", []any{"email", "push"}),
	})
	for _, data := range []map[string]any{
		{"at": "2026-01-02 03:04:05+0100", "on": "02-Jan-2026", "channel": "push"}, {"at": "2026-01-02", "on": "2026-01-02T03:04:05Z"},
		{"at": "soon", "on": "2026-02-30", "channel": "email"}, {"at": 1613063089000.0, "on": 5}, {"channel": "fax"},
	} {
		p.post(map[string]any{"metric": "sent", "data": data}).requireStatus(http.StatusOK)
	}
	row := func(members map[string]any) map[string]any {
		members["metric"] = "sent"
		return map[string]any{"_acme": members}
	}
	require.Equal(t, []map[string]any{
		row(map[string]any{"at": "2026-01-02T03:04:05.000+01:00", "on": "2026-01-02", "channel": "push"}),
		row(map[string]any{"at": "2026-01-02T00:00:00.000Z", "on": "2026-01-02"}),
		row(map[string]any{"channel": "email"}), row(map[string]any{}),
	}, p.Rows(p.datasetID))
	runs := p.adobe(http.MethodGet, "/flowservice/runs?property=flowId=="+p.flowID, nil).requireStatus(http.StatusOK)
	require.Contains(t, runs.text, "not in its enum")
}
