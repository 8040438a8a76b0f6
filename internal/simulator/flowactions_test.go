package simulator

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

func (p *pipeline) act(query string) (int, map[string]any) {
	p.t.Helper()
	status, _, body := p.with("Content-Type", "").do("POST", flowServiceBase+"/flows/"+p.flow+"/action"+query, nil)
	return status, body
}

func (p *pipeline) delete(path, id string) (int, map[string]any) {
	p.t.Helper()
	status, _, body := p.do("DELETE", flowServiceBase+"/"+path+"/"+id, nil)
	return status, body
}

func TestDisableAndEnableAreAsynchronous(t *testing.T) {
	p := newPipeline(t)
	inlet := document.Member(p.provisioned(), "options", "inletUrl")

	status, receipt := p.act("?op=disable")
	require.Equal(t, 200, status)
	require.Equal(t, "disabling", p.get("flows", p.flow)["state"])
	disabled := p.provisioned()
	require.Equal(t, "disabled", disabled["state"])
	require.NotEqual(t, receipt["etag"], disabled["etag"])

	status, _ = p.act("?op=ENABLE")
	require.Equal(t, 200, status)
	require.Equal(t, "enabling", p.get("flows", p.flow)["state"])
	enabled := p.provisioned()
	require.Equal(t, "enabled", enabled["state"])
	require.Equal(t, inlet, document.Member(enabled, "options", "inletUrl"))
}

func TestRefusedActions(t *testing.T) {
	p := newPipeline(t)
	status, body := p.act("?op=disable")
	require.Equal(t, 400, status, "a flow that is not yet provisioned")
	require.Equal(t, errorTypes+"FLOW-1420-400", body["type"])

	p.provisioned()
	for query, code := range map[string]string{
		"?op=enable":   "1422-400",
		"?op=publish":  "1422-400",
		"?op=finalize": "1402-400",
		"?op=restart":  "1435-400",
		"":             "2119-400",
	} {
		t.Run(query, func(t *testing.T) {
			status, body := p.act(query)
			require.Equal(t, 400, status)
			require.Equal(t, errorTypes+"FLOW-"+code, body["type"])
		})
	}
}

func TestDeletedFlowIsGoneOnlyAfterAWhile(t *testing.T) {
	p := newPipeline(t)
	p.provisioned()

	status, _ := p.delete("flows", p.flow)
	require.Equal(t, 204, status)
	flow := p.get("flows", p.flow)
	require.Equal(t, "delete-finalizing", flow["state"])

	status, body := p.delete("flows", p.flow)
	require.Equal(t, 400, status)
	require.Equal(t, errorTypes+"FLOW-1458-400", body["type"])
	status, body = p.patch("flows", p.flow, flow["etag"].(string), operation("replace", "/name", "Too late"))
	require.Equal(t, 400, status)
	require.Equal(t, errorTypes+"FLOW-1457-400", body["type"])

	p.clock.advance(provisioning)
	status, _, _ = p.do("GET", flowServiceBase+"/flows/"+p.flow, nil)
	require.Equal(t, 404, status)
	status, _ = p.delete("flows", p.flow)
	require.Equal(t, 404, status)
}

func TestConnectionsOfAFlowCannotBeDeletedBeforeIt(t *testing.T) {
	p := newPipeline(t)
	p.provisioned()
	for path, id := range map[string]string{"sourceConnections": p.source, "targetConnections": p.target} {
		status, body := p.delete(path, id)
		require.Equal(t, 400, status)
		require.Equal(t, errorTypes+"FLOW-1447-400", body["type"])
	}

	status, _ := p.delete("flows", p.flow)
	require.Equal(t, 204, status)
	status, _ = p.delete("targetConnections", p.target)
	require.Equal(t, 400, status, "the flow is not yet gone")

	p.clock.advance(provisioning)
	for path, id := range map[string]string{"sourceConnections": p.source, "targetConnections": p.target} {
		status, _ := p.delete(path, id)
		require.Equal(t, 204, status)
		status, _ = p.delete(path, id)
		require.Equal(t, 404, status)
	}
}

func TestBaseConnectionOfAFlowCannotBeDeleted(t *testing.T) {
	p := newPipeline(t)
	base := p.create("connections", connectionBody(specHTTPAPI, map[string]any{"dataType": "raw"}))
	source := sourceBody()
	source["connectionSpec"] = map[string]any{"id": specHTTPAPI, "version": "1.0"}
	source["baseConnectionId"] = base
	flow := p.flowBody()
	flow["flowSpec"] = map[string]any{"id": flowSpecHTTPMapped, "version": "1.0"}
	flow["sourceConnectionIds"] = []any{p.create("sourceConnections", source)}
	p.create("flows", flow)

	status, body := p.delete("connections", base)
	require.Equal(t, 400, status)
	require.Equal(t, errorTypes+"FLOW-1418-400", body["type"])
}

func TestDeleteMayAnswer202(t *testing.T) {
	_, client := newTestServer(t, Options{DeleteStatus: 202})
	_, _, created := client.do("POST", flowServiceBase+"/sourceConnections", sourceBody())
	status, _, raw := client.raw("DELETE", flowServiceBase+"/sourceConnections/"+created["id"].(string), nil)
	require.Equal(t, 202, status)
	require.Empty(t, raw)
}

func TestChangesBehindTheBackOfAClient(t *testing.T) {
	p := newPipeline(t)
	etag := p.provisioned()["etag"]
	require.NoError(t, p.simulator.Update(KindFlow, p.flow, func(body map[string]any) { body["name"] = "By hand" }))
	flow := p.get("flows", p.flow)
	require.Equal(t, "By hand", flow["name"])
	require.NotEqual(t, etag, flow["etag"])

	require.NoError(t, p.simulator.Delete(KindFlow, p.flow))
	status, _, _ := p.do("GET", flowServiceBase+"/flows/"+p.flow, nil)
	require.Equal(t, 404, status)
	require.Error(t, p.simulator.Delete(KindFlow, p.flow))
}

func TestObjectsListsWhatIsLeft(t *testing.T) {
	p := newPipeline(t)
	kinds := map[string]string{}
	for _, object := range p.simulator.Objects() {
		kinds[object.Kind] = object.ID
		require.Equal(t, "dev", object.Sandbox)
	}
	require.Equal(t, map[string]string{
		KindDataSet: testDataset, KindFlow: p.flow, KindMappingSet: p.mapping,
		KindSourceConnection: p.source, KindTargetConnection: p.target,
	}, kinds)
	p.simulator.Reset()
	require.Empty(t, p.simulator.Objects())
}
