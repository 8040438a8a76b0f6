package simulator

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

func TestRefusedCreates(t *testing.T) {
	p := newPipeline(t)
	unknown := "84224def-2d6b-4c2f-a9a6-3b1f4c4f0000"
	set := func(path string, value any) func(map[string]any) {
		return func(body map[string]any) {
			keys := strings.Split(path, ".")
			for _, key := range keys[:len(keys)-1] {
				body = body[key].(map[string]any)
			}
			if value == nil {
				delete(body, keys[len(keys)-1])
				return
			}
			body[keys[len(keys)-1]] = value
		}
	}
	mappingOf := func(name, id string, version any) any {
		return []any{map[string]any{"name": name, "params": map[string]any{"mappingId": id, "mappingVersion": version}}}
	}
	for name, test := range map[string]struct {
		path   string
		body   map[string]any
		change func(map[string]any)
		code   string
	}{
		"source: unknown spec":        {"sourceConnections", sourceBody(), set("connectionSpec.id", unknown), "1413-400"},
		"source: spec without id":     {"sourceConnections", sourceBody(), set("connectionSpec.id", nil), "400"},
		"source: spec sans version":   {"sourceConnections", sourceBody(), set("connectionSpec.version", nil), "422"},
		"source: no name":             {"sourceConnections", sourceBody(), set("name", "  "), "400"},
		"source: format not json":     {"sourceConnections", sourceBody(), set("data.format", "parquet"), "1327-400"},
		"source: base connection":     {"sourceConnections", sourceBody(), set("baseConnectionId", unknown), "1332-400"},
		"source: base missing":        {"sourceConnections", sourceBody(), set("connectionSpec.id", specHTTPAPI), "1323-400"},
		"target: not the data lake":   {"targetConnections", targetBody(), set("connectionSpec.id", specCustomerIO), "1307-400"},
		"target: no dataset":          {"targetConnections", targetBody(), set("params.dataSetId", nil), "1325-400"},
		"target: unknown dataset":     {"targetConnections", targetBody(), set("params.dataSetId", "63ec0000"), "400"},
		"flow: state":                 {"flows", p.flowBody(), set("state", "enabled"), "1410-400"},
		"flow: mode":                  {"flows", p.flowBody(), set("mode", "draft"), "1368-400"},
		"flow: unknown spec":          {"flows", p.flowBody(), set("flowSpec.id", unknown), "1413-400"},
		"flow: spec without version":  {"flows", p.flowBody(), set("flowSpec.version", nil), "422"},
		"flow: spec of another kind":  {"flows", p.flowBody(), set("flowSpec.id", flowSpecHTTPMapped), "1413-400"},
		"flow: no source ids":         {"flows", p.flowBody(), set("sourceConnectionIds", nil), "1338-400"},
		"flow: empty source ids":      {"flows", p.flowBody(), set("sourceConnectionIds", []any{}), "1320-400"},
		"flow: two targets":           {"flows", p.flowBody(), set("targetConnectionIds", []any{p.target, p.target}), "1321-400"},
		"flow: unknown source":        {"flows", p.flowBody(), set("sourceConnectionIds", []any{unknown}), "1439-404"},
		"flow: no transformation":     {"flows", p.flowBody(), set("transformations", nil), "1370-400"},
		"flow: misnamed mapping":      {"flows", p.flowBody(), set("transformations", mappingOf("mapping", p.mapping, 0)), "1328-400"},
		"flow: no mapping id":         {"flows", p.flowBody(), set("transformations", mappingOf("Mapping", "", 0)), "1329-400"},
		"flow: unknown mapping set":   {"flows", p.flowBody(), set("transformations", mappingOf("Mapping", "00", 0)), "1419-400"},
		"flow: unknown version":       {"flows", p.flowBody(), set("transformations", mappingOf("Mapping", p.mapping, 1)), "1412-400"},
		"flow: version is no number":  {"flows", p.flowBody(), set("transformations", mappingOf("Mapping", p.mapping, "x")), "1412-400"},
		"flow: no body":               {"flows", map[string]any{}, set("x", nil), "1405-400"},
		"flow: padded name":           {"flows", p.flowBody(), set("name", ""), "400"},
		"connection: unknown auth":    {"connections", connectionBody(specCustomerIO, nil), set("name", "x"), "1415-400"},
		"connection: missing secrets": {"connections", connectionBody(specAmazonS3, nil), set("auth.specName", "Access Key"), "400"},
	} {
		t.Run(name, func(t *testing.T) {
			test.change(test.body)
			status, _, body := p.do("POST", flowServiceBase+"/"+test.path, test.body)
			require.True(t, strings.HasSuffix(test.code, fmt.Sprint(status)), "%d %v", status, body)
			if strings.Contains(test.code, "-") {
				require.Equal(t, errorTypes+"FLOW-"+test.code, body["type"])
			}
		})
	}
}

func connectionBody(spec string, params map[string]any) map[string]any {
	return map[string]any{
		"name":           "account",
		"connectionSpec": map[string]any{"id": spec, "version": "1.0"},
		"auth":           map[string]any{"specName": "Streaming Connection", "params": params},
	}
}

func TestSchemasOfMappingDatasetAndTargetMustAgree(t *testing.T) {
	p := newPipeline(t)
	for name, test := range map[string]struct {
		schema, contentType string
		status              int
	}{
		"spaces do not matter":             {testSchema, "application/vnd.adobe.xed-full+json; version=1", 201},
		"the plain form is the same":       {testSchema, plainVersionOne, 201},
		"another version of the schema":    {testSchema, "application/vnd.adobe.xed-full+json;version=2", 400},
		"another schema":                   {testSchema + "0", fullVersionOne, 400},
		"a minor version is no difference": {testSchema, "application/vnd.adobe.xed-full+json;version=1.0", 201},
	} {
		t.Run(name, func(t *testing.T) {
			set := mappingSetBody()
			set["outputSchema"] = map[string]any{
				"schemaRef": map[string]any{"id": test.schema, "contentType": test.contentType},
			}
			_, _, created := p.do("POST", dataPrepBase+"/mappingSets", set)
			flow := p.flowBody()
			flow["transformations"] = []any{map[string]any{
				"name": "Mapping", "params": map[string]any{"mappingId": created["id"], "mappingVersion": "0"},
			}}
			status, _, body := p.do("POST", flowServiceBase+"/flows", flow)
			require.Equal(t, test.status, status, body)
			if status == http.StatusBadRequest {
				require.Equal(t, errorTypes+"FLOW-1425-400", body["type"])
			}
		})
	}
}

func TestDraftsAreNotSupported(t *testing.T) {
	p := newPipeline(t)
	status, _, _ := p.do("POST", flowServiceBase+"/flows?mode=draft", p.flowBody())
	require.Equal(t, 400, status)
}

func TestNotFoundBodies(t *testing.T) {
	_, client := newTestServer(t, Options{})
	id := "84224def-2d6b-4c2f-a9a6-3b1f4c4f0000"

	status, _, body := client.do("GET", flowServiceBase+"/flows/"+id, nil)
	require.Equal(t, 404, status)
	require.Equal(t, errorTypes+"FLOW-1439-404", body["type"])
	require.Equal(t, id, document.Member(body, "report", "id"))
	require.Equal(t, body["errorMessage"], document.Member(body, "report", "detailed-message"))

	status, _, body = client.do("DELETE", flowServiceBase+"/targetConnections/"+id, nil)
	require.Equal(t, 404, status)
	require.Equal(t, "targetConnections not found with id = ["+id+"]", body["errorMessage"], "the older form has no code")
	require.NotContains(t, body, "type")
}
