package simulator

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
)

func TestPatchChangesNameAndDescriptionAtOnce(t *testing.T) {
	p := newPipeline(t)
	etag := p.provisioned()["etag"].(string)

	status, receipt := p.patch("flows", p.flow, etag, append(
		operation("replace", "/name", "Renamed"), operation("ADD", "/description", "Now described")...))
	require.Equal(t, 200, status, receipt)
	require.Len(t, receipt, 2, "a write answers id and etag only")

	flow := p.get("flows", p.flow)
	require.Equal(t, "Renamed", flow["name"])
	require.Equal(t, "Now described", flow["description"])
	require.Equal(t, "enabled", flow["state"])
	require.Equal(t, receipt["etag"], flow["etag"])
	require.NotEqual(t, etag, flow["etag"])
}

func TestPatchRefusals(t *testing.T) {
	p := newPipeline(t)
	current := p.provisioned()["etag"].(string)
	unquoted := current[1 : len(current)-1]
	rename := operation("replace", "/name", "Renamed")

	for name, test := range map[string]struct {
		etag       string
		operations any
		status     int
		code       string
	}{
		"no If-Match":             {"", rename, 400, "1403-400"},
		"stale etag":              {`"4c012103-0000-0200-0000-63ef57db0000"`, rename, 412, "1404-412"},
		"etag without its quotes": {unquoted, rename, 412, "1404-412"},
		"no operations":           {current, []any{}, 400, "1405-400"},
		"no body":                 {current, nil, 400, "1405-400"},
		"unsupported operation":   {current, operation("move", "/name", "x"), 400, "1434-400"},
		"replace of a missing key": {current, operation("replace", "/description", "x"), 400,
			"1455-400"},
		"another source":      {current, operation("replace", "/sourceConnectionIds", []any{p.source}), 400, "1414-400"},
		"another flow spec":   {current, operation("replace", "/flowSpec", map[string]any{}), 400, "1414-400"},
		"the state":           {current, operation("replace", "/state", "disabled"), 400, "1414-400"},
		"the inlet":           {current, operation("add", "/options/inletUrl", "http://elsewhere"), 400, "1414-400"},
		"an unknown mapping":  {current, operation("replace", "/transformations/0/params/mappingId", "0"), 400, "1419-400"},
		"an unknown version":  {current, operation("replace", "/transformations/0/params/mappingVersion", 7), 400, "1412-400"},
		"an index that isn't": {current, operation("replace", "/transformations/4", "x"), 400, ""},
	} {
		t.Run(name, func(t *testing.T) {
			status, body := p.patch("flows", p.flow, test.etag, test.operations)
			require.Equal(t, test.status, status, body)
			if test.code != "" {
				require.Equal(t, errorTypes+"FLOW-"+test.code, body["type"])
			}
		})
	}
	require.Equal(t, current, p.get("flows", p.flow)["etag"], "nothing of this changed the flow")
}

func TestConnectionSpecIsFixed(t *testing.T) {
	p := newPipeline(t)
	etag := p.get("sourceConnections", p.source)["etag"].(string)
	status, body := p.patch("sourceConnections", p.source, etag, operation("replace", "/connectionSpec/version", "2.0"))
	require.Equal(t, 400, status)
	require.Equal(t, errorTypes+"FLOW-1414-400", body["type"])
}

func TestMappingChangeOfAFlowIsAsynchronous(t *testing.T) {
	p := newPipeline(t)
	etag := p.provisioned()["etag"].(string)
	status, _, set := p.do("PUT", dataPrepBase+"/mappingSets/"+p.mapping, mappingSetBody())
	require.Equal(t, 200, status)
	require.EqualValues(t, 1, set["version"])

	status, receipt := p.patch("flows", p.flow, etag, operation("replace", "/transformations/0", map[string]any{
		"name": "Mapping", "params": map[string]any{"mappingId": p.mapping, "mappingVersion": 1},
	}))
	require.Equal(t, 200, status, receipt)
	flow := p.get("flows", p.flow)
	require.Equal(t, "updating", flow["state"])

	status, body := p.patch("flows", p.flow, flow["etag"].(string), operation("replace", "/name", "Too early"))
	require.Equal(t, 400, status)
	require.Equal(t, errorTypes+"FLOW-1420-400", body["type"])

	settled := p.provisioned()
	require.Equal(t, "enabled", settled["state"])
	require.Equal(t, "completed", document.Member(settled, "lastOperation", "status", "value"))
	require.NotEqual(t, receipt["etag"], settled["etag"])
	transformation := settled["transformations"].([]any)[0].(map[string]any)
	require.Equal(t, "1", document.Member(transformation, "params", "mappingVersion"), "the version may come back as a string")
}

func TestNewCredentialsReplaceAllOldOnes(t *testing.T) {
	p := newPipeline(t)
	id := p.create("connections", map[string]any{
		"name": "S3", "connectionSpec": map[string]any{"id": specAmazonS3, "version": "1.0"},
		"auth": map[string]any{"specName": "Access Key", "params": map[string]any{"s3AccessKey": "a", "s3SecretKey": "b"}},
	})
	etag := p.get("connections", id)["etag"].(string)
	status, body := p.patch("connections", id, etag, operation("replace", "/auth/params", map[string]any{
		"s3AccessKey": "c", "s3SecretKey": "d", "bucketName": "events",
	}))
	require.Equal(t, 200, status, body)
	require.Equal(t, map[string]any{"bucketName": "events"}, document.Member(p.get("connections", id), "auth", "params"))

	etag = p.get("connections", id)["etag"].(string)
	status, body = p.patch("connections", id, etag, operation("replace", "/auth/params", map[string]any{"s3AccessKey": "c"}))
	require.Equal(t, 400, status, body)
}

func TestChangedTargetDoesNotReachItsFlow(t *testing.T) {
	p := newPipeline(t)
	p.provisioned()
	etag := p.get("targetConnections", p.target)["etag"].(string)
	status, _ := p.patch("targetConnections", p.target, etag, operation("replace", "/params/dataSetId", "another"))
	require.Equal(t, 200, status)

	require.NoError(t, p.simulator.with(KindFlow, p.flow, func(flow *store.Object) {
		inlet, running := p.simulator.flow.Inlet(flow)
		require.True(t, running)
		require.Equal(t, testDataset, inlet.DatasetID)
	}))
}
