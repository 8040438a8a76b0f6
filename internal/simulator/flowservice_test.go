package simulator

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
)

const (
	testSchema         = "https://ns.adobe.com/acme/schemas/945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
	testDataset        = "63ec807d3f5ce91bd2d06c65"
	plainVersionOne    = "application/vnd.adobe.xed+json;version=1"
	fullVersionOne     = "application/vnd.adobe.xed-full+json;version=1"
	specCustomerIO     = "96479064-7b8a-4d69-b9ed-21c5683837ea"
	specHTTPAPI        = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
	specAmazonS3       = "ecadc60c-7455-4d87-84dc-2a0e293d997b"
	specDataLake       = "c604ff05-7f1a-43c0-8e18-33bf874cb11c"
	flowSpecStreaming  = "e77fde5a-22a8-11ed-861d-0242ac120002"
	flowSpecHTTPMapped = "c1a19761-d2c7-4702-b9fa-fe91f0613e81"
	errorTypes         = "https://ns.adobe.com/aep/errors/"
)

// provisioning is how long asynchronous work takes in a pipeline.
const provisioning = 5 * time.Second

func sourceBody() map[string]any {
	return map[string]any{
		"name":           "Streaming Source Connection for Customer.io",
		"providerId":     "521eee4d-8cbe-4906-bb48-fb6bd4450033",
		"connectionSpec": map[string]any{"id": specCustomerIO, "version": "1.0"},
		"data":           map[string]any{"format": "json"},
	}
}

func targetBody() map[string]any {
	return map[string]any{
		"name":           "Streaming Target Connection for Customer.io",
		"connectionSpec": map[string]any{"id": specDataLake, "version": "1.0"},
		"data": map[string]any{
			"format": "json", "schema": map[string]any{"id": testSchema, "version": fullVersionOne},
		},
		"params": map[string]any{"dataSetId": testDataset},
	}
}

func mappingSetBody() map[string]any {
	return map[string]any{
		"outputSchema": map[string]any{"schemaRef": map[string]any{"id": testSchema, "contentType": fullVersionOne}},
		"mappings": []any{
			map[string]any{"destinationXdmPath": "_acme.email", "sourceAttribute": "data.identifiers.email"},
			map[string]any{"destination": "_acme.metric", "source": "metric", "sourceType": "ATTRIBUTE"},
			map[string]any{"destination": "timestamp", "source": "${timestamp}*1000", "sourceType": "EXPRESSION"},
		},
	}
}

// seedDataset puts a dataset into the sandbox that test clients use.
func seedDataset(s *Simulator) {
	s.store.Do(func() {
		sandbox, _ := s.store.Sandbox(DefaultSandbox)
		sandbox.Add(KindDataSet, testDataset, map[string]any{
			"name": "Customer.io events", "schemaRef": map[string]any{"id": testSchema, "contentType": plainVersionOne},
		})
	})
}

// pipeline is everything that a flow needs, and the flow.
type pipeline struct {
	*testClient
	simulator                     *Simulator
	clock                         *clock
	source, target, mapping, flow string
}

func newPipeline(t *testing.T) *pipeline {
	t.Helper()
	s, client := newTestServer(t, Options{Provisioning: provisioning})
	seedDataset(s)
	p := &pipeline{testClient: client, simulator: s, clock: newClock(s)}
	p.source = p.create("sourceConnections", sourceBody())
	p.target = p.create("targetConnections", targetBody())
	status, _, set := client.do("POST", dataPrepBase+"/mappingSets", mappingSetBody())
	require.Equal(t, 200, status)
	p.mapping = set["id"].(string)
	p.flow = p.create("flows", p.flowBody())
	return p
}

func (p *pipeline) flowBody() map[string]any {
	return map[string]any{
		"name":                "Streaming Dataflow for Customer.io",
		"flowSpec":            map[string]any{"id": flowSpecStreaming, "version": "1.0"},
		"sourceConnectionIds": []any{p.source},
		"targetConnectionIds": []any{p.target},
		"transformations": []any{map[string]any{
			"name": "Mapping", "params": map[string]any{"mappingId": p.mapping, "mappingVersion": 0},
		}},
	}
}

func (p *pipeline) create(path string, body map[string]any) string {
	p.t.Helper()
	status, _, created := p.do("POST", flowServiceBase+"/"+path, body)
	require.Equal(p.t, 201, status, created)
	return created["id"].(string)
}

func (p *pipeline) get(path, id string) map[string]any {
	p.t.Helper()
	status, _, body := p.do("GET", flowServiceBase+"/"+path+"/"+id, nil)
	require.Equal(p.t, 200, status)
	return body["items"].([]any)[0].(map[string]any)
}

// provisioned lets the time pass that asynchronous work takes.
func (p *pipeline) provisioned() map[string]any {
	p.t.Helper()
	p.clock.advance(6 * time.Second)
	return p.get("flows", p.flow)
}

func (p *pipeline) patch(path, id, etag string, operations any) (int, map[string]any) {
	p.t.Helper()
	status, _, body := p.with("If-Match", etag).do("PATCH", flowServiceBase+"/"+path+"/"+id, operations)
	return status, body
}

func operation(op, path string, value any) []any {
	return []any{map[string]any{"op": op, "path": path, "value": value}}
}

func TestCreateAnswersIDAndQuotedEtagOnly(t *testing.T) {
	_, client := newTestServer(t, Options{})
	status, header, created := client.do("POST", flowServiceBase+"/sourceConnections", sourceBody())
	require.Equal(t, 201, status)
	require.Len(t, created, 2)
	require.Regexp(t, `^"[0-9a-f]{8}-0000-0200-0000-[0-9a-f]{8}0000"$`, created["etag"])
	require.True(t, strings.HasSuffix(header.Get("Location"), "/sourceConnections/"+created["id"].(string)))
}

func TestGetOneAnswersAListOfOneWithWhatTheServiceAdds(t *testing.T) {
	p := newPipeline(t)
	source := p.get("sourceConnections", p.source)
	require.Equal(t, source["etag"], source["version"], "the version of an entity is its etag")
	require.Equal(t, map[string]any{"format": "json", "schema": nil, "properties": nil}, source["data"])
	require.Equal(t, map[string]any{"columns": []any{}}, source["params"])
	require.NotContains(t, source, "providerId")
	require.Equal(t, "dev", source["sandboxName"])

	flow := p.provisioned()
	require.Equal(t, map[string]any{
		"properties": map[string]any{"isSourceFlow": true},
		"sourceConnections": []any{map[string]any{
			"id": p.source, "connectionSpec": map[string]any{"id": specCustomerIO, "version": "1.0"},
		}},
		"targetConnections": []any{map[string]any{
			"id": p.target, "connectionSpec": map[string]any{"id": specDataLake, "version": "1.0"},
		}},
	}, flow["inheritedAttributes"])
	require.Equal(t, "/runs?property=flowId=="+p.flow, flow["runs"])
	require.Equal(t, []any{}, flow["labels"])
}

func TestFlowGetsItsInletAfterTheCreate(t *testing.T) {
	p := newPipeline(t)
	fresh := p.get("flows", p.flow)
	require.Equal(t, "initializing", fresh["state"])
	require.NotContains(t, fresh, "options")

	flow := p.provisioned()
	require.Equal(t, "enabled", flow["state"])
	require.Equal(t, "enable", document.Member(flow, "lastOperation", "operation"))
	require.Regexp(t, "^"+p.url+"/collection/[0-9a-f]{64}$", document.Member(flow, "options", "inletUrl"))
	require.NotEqual(t, fresh["etag"], flow["etag"], "the etag of the create is stale when provisioning ends")
	require.Equal(t, flow["etag"], p.get("flows", p.flow)["etag"], "reading changes nothing")
}

func TestConnectionCredentialsAreNotAnswered(t *testing.T) {
	_, client := newTestServer(t, Options{})
	status, _, created := client.do("POST", flowServiceBase+"/connections", map[string]any{
		"name":           "S3",
		"connectionSpec": map[string]any{"id": specAmazonS3, "version": "1.0"},
		"auth": map[string]any{"specName": "Access Key", "params": map[string]any{
			"s3AccessKey": "AKIA123", "s3SecretKey": "hush", "bucketName": "events",
		}},
	})
	require.Equal(t, 201, status)
	path := flowServiceBase + "/connections/" + created["id"].(string)

	_, _, raw := client.raw("GET", path, nil)
	require.NotContains(t, string(raw), "hush")
	require.Contains(t, string(raw), `"params":{"bucketName":"events"}`)
}

func TestSpecs(t *testing.T) {
	_, client := newTestServer(t, Options{})
	_, _, body := client.do("GET", flowServiceBase+"/connectionSpecs/"+specCustomerIO, nil)
	spec := body["items"].([]any)[0].(map[string]any)
	require.Equal(t, []any{}, spec["authSpec"], "Customer.io has no authentication step")
	require.NotContains(t, spec["attributes"], "isDraftModeSupported")

	_, _, body = client.do("GET", flowServiceBase+"/flowSpecs?property=name==GenericStreamingAEP", nil)
	flowSpec := body["items"].([]any)[0].(map[string]any)
	require.Equal(t, flowSpecStreaming, flowSpec["id"])
	require.Contains(t, flowSpec["sourceConnectionSpecIds"], specCustomerIO)

	_, _, body = client.do("GET", flowServiceBase+"/connectionSpecs?property=name==datalake", nil)
	require.Equal(t, specDataLake, body["items"].([]any)[0].(map[string]any)["id"], "by the name that a public client looks for")

	status, _, _ := client.do("GET", flowServiceBase+"/connectionSpecs/nothing", nil)
	require.Equal(t, 404, status)
}

func TestRunsAggregateInletActivity(t *testing.T) {
	p := newPipeline(t)
	p.provisioned()
	require.NoError(t, p.simulator.with(KindFlow, p.flow, func(flow *store.Object) {
		flow.Home.Record(flow, 3, 0)
		flow.Home.Record(flow, 1, 2)
	}))

	status, _, body := p.do("GET", flowServiceBase+"/runs?property=flowId=="+p.flow, nil)
	require.Equal(t, 200, status)
	require.Len(t, body["items"], 1)
	run := body["items"].([]any)[0].(map[string]any)
	require.EqualValues(t, 4, document.Member(run, "metrics", "recordSummary", "outputRecordCount"))
	require.EqualValues(t, 2, document.Member(run, "metrics", "recordSummary", "failedRecordCount"))
	require.Equal(t, "partialSuccess", document.Member(p.get("flows", p.flow), "lastRunDetails", "state"))

	status, _, _ = p.do("GET", flowServiceBase+"/runs/"+run["id"].(string), nil)
	require.Equal(t, 200, status)
}
