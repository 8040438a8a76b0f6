package contract_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const (
	flowService = "/data/foundation/flowservice"
	dataPrep    = "/data/foundation/conversion"
	catalog     = "/data/foundation/catalog"
	registry    = "/data/foundation/schemaregistry"

	unknownID = "00000000-0000-4000-8000-000000000000"
)

// walk makes the calls that the provider does not: what it does not need yet, what other clients use, and what is refused.
func walk(t *testing.T, world *acctest.World) {
	t.Helper()
	client := newClient(t, world)
	walkFlowService(client)
	walkDataPrep(client)
	walkCatalog(client)
	walkSchemaRegistry(client)
	walkGateway(client)
}

func walkFlowService(client *client) {
	source := client.create(flowService+"/sourceConnections", `{"name":"a","connectionSpec":{"id":"96479064-7b8a-4d69-b9ed-21c5683837ea","version":"1.0"},"data":{"format":"json"}}`)
	target := client.create(flowService+"/targetConnections", `{"name":"b","connectionSpec":{"id":"c604ff05-7f1a-43c0-8e18-33bf874cb11c","version":"1.0"},
		"data":{"format":"json","schema":`+client.schemaRef("version")+`},"params":{"dataSetId":"`+client.world.DatasetID+`"}}`)
	mapping := client.create(dataPrep+"/mappingSets", client.mappingSet("metric"))
	flow := client.create(flowService+"/flows", fmt.Sprintf(`{"name":"c","flowSpec":{"id":"e77fde5a-22a8-11ed-861d-0242ac120002","version":"1.0"},
		"sourceConnectionIds":[%q],"targetConnectionIds":[%q],"transformations":[{"name":"Mapping","params":{"mappingId":%q,"mappingVersion":0}}]}`, source, target, mapping))
	base := client.create(flowService+"/connections", `{"name":"d","connectionSpec":{"id":"bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb","version":"1.0"},
		"auth":{"specName":"Streaming Connection","params":{"dataType":"raw","name":"d"}}}`)
	run := client.runOf(flow)
	for _, path := range []string{
		"/connections", "/connections/" + base, "/connections?count=true",
		"/sourceConnections?limit=1", "/sourceConnections?property=name==a", "/sourceConnections/" + source,
		"/targetConnections", "/targetConnections/" + target,
		"/flows?orderby=-createdAt", "/flows?property=state==enabled&limit=1", "/flows/" + flow,
		"/connectionSpecs", "/connectionSpecs/96479064-7b8a-4d69-b9ed-21c5683837ea", "/flowSpecs", "/flowSpecs/e77fde5a-22a8-11ed-861d-0242ac120002",
		"/runs", "/runs?property=flowId==" + flow, "/runs?property=flowId==" + flow + "&orderby=-createdAt&limit=10", "/runs/" + run,
	} {
		client.get(flowService+path, "application/json")
	}

	rename := `[{"op":"replace","path":"/name","value":"n"}]`
	client.refused(400, http.MethodPatch, flowService+"/flows/"+flow, rename, nil) // without If-Match
	client.refused(412, http.MethodPatch, flowService+"/flows/"+flow, rename, http.Header{"If-Match": {`"stale"`}})
	client.refused(400, http.MethodPost, flowService+"/flows/"+flow+"/action?op=enable", "", nil) // it is enabled
	client.refused(400, http.MethodPost, flowService+"/flows", `{"name":"e","state":"enabled"}`, nil)
	client.refused(400, http.MethodPost, flowService+"/sourceConnections", `{"name":"e","connectionSpec":{"id":"`+unknownID+`","version":"1.0"},"data":{"format":"json"}}`, nil)
	client.refused(400, http.MethodDelete, flowService+"/sourceConnections/"+source, "", nil) // the dataflow uses it
	client.refused(400, http.MethodGet, flowService+"/flows?limit=1&count=true", "", nil)
	for _, collection := range []string{"/connections/", "/sourceConnections/", "/targetConnections/", "/flows/", "/connectionSpecs/", "/flowSpecs/", "/runs/"} {
		client.refused(404, http.MethodGet, flowService+collection+unknownID, "", nil)
	}
	client.call(http.MethodDelete, flowService+"/flows/"+flow, "", "")
	require.Eventually(client.t, func() bool {
		status, _ := client.send(http.MethodGet, flowService+"/flows/"+flow, "", nil)
		return status == http.StatusNotFound
	}, 10*time.Second, 10*time.Millisecond)
	for _, path := range []string{"/targetConnections/" + target, "/sourceConnections/" + source, "/connections/" + base} {
		client.call(http.MethodDelete, flowService+path, "", "")
	}
}

// runOf sends an event through a dataflow, and returns the ID of the run that it makes.
func (c *client) runOf(flow string) string {
	c.t.Helper()
	var inlet string
	require.Eventually(c.t, func() bool {
		var answer struct {
			Items []struct {
				Options struct {
					InletURL string `json:"inletUrl"`
				} `json:"options"`
			} `json:"items"`
		}
		require.NoError(c.t, json.Unmarshal([]byte(c.get(flowService+"/flows/"+flow, "application/json")), &answer))
		inlet = answer.Items[0].Options.InletURL
		return inlet != ""
	}, 10*time.Second, 10*time.Millisecond)
	event, err := simulator.SampleEvent("email_sent")
	require.NoError(c.t, err)
	body, err := json.Marshal(event)
	require.NoError(c.t, err)
	c.call(http.MethodPost, strings.TrimPrefix(inlet, c.world.URL)+"?x-adobe-flow-id="+flow, string(body), "")
	var runs struct {
		Items []struct {
			ID string `json:"id"`
		} `json:"items"`
	}
	require.NoError(c.t, json.Unmarshal([]byte(c.get(flowService+"/runs?property=flowId=="+flow, "application/json")), &runs))
	require.Len(c.t, runs.Items, 1)
	return runs.Items[0].ID
}

// schemaRef refers to the world's schema; its version stands under one name in Data Prep and another in the Flow Service.
func (c *client) schemaRef(version string) string {
	return fmt.Sprintf(`{"id":%q,%q:"application/vnd.adobe.xed-full+json;version=1"}`, c.world.SchemaID, version)
}

func (c *client) mappingSet(source string) string {
	return fmt.Sprintf(`{"name":"m","outputSchema":{"schemaRef":%s},"mappings":[{"sourceType":"ATTRIBUTE","source":%q,"destination":"_acme.metric"}]}`,
		c.schemaRef("contentType"), source)
}

func walkDataPrep(client *client) {
	client.call(http.MethodPost, dataPrep+"/mappingSets/validate", client.mappingSet("metric"), "")
	client.call(http.MethodPost, dataPrep+"/mappingSets/validate", strings.Replace(client.mappingSet("metric"), "_acme.metric", "_acme.unknown", 1), "")
	client.call(http.MethodPost, dataPrep+"/mappingSets/preview", `{"data":[{"metric":"sent"},{"metric":{}}],"mappingSet":`+client.mappingSet("metric")+`}`, "")
	client.refused(400, http.MethodPost, dataPrep+"/mappingSets/preview", `{"data":[],"mappingSet":`+client.mappingSet("metric")+`}`, nil)
	set := client.create(dataPrep+"/mappingSets", client.mappingSet("metric"))
	client.call(http.MethodPut, dataPrep+"/mappingSets/"+set, client.mappingSet("object_type"), "")
	for _, path := range []string{
		"/mappingSets?limit=2&start=0", "/mappingSets?limit=2&start=0&orderBy=-createdDate&name=m", "/mappingSets/" + set, "/mappingSets/" + set + "?version=0",
		"/mappingSets/" + set + "?expandSchema=true",
	} {
		client.get(dataPrep+path, "application/json")
	}
	client.refused(404, http.MethodGet, dataPrep+"/mappingSets/"+strings.Repeat("0", 32), "", nil)
	client.refused(400, http.MethodPost, dataPrep+"/mappingSets", `{"mappings":[]}`, nil)
}

func walkCatalog(client *client) {
	client.get(catalog+"/dataSets?limit=5", "application/json")
	client.get(catalog+"/dataSets?limit=1&start=1&properties=name,schemaRef&orderBy=asc:created", "application/json")
	client.get(catalog+"/dataSets/"+client.world.DatasetID, "application/json")

	body := `{"name":"b","schemaRef":` + client.schemaRef("contentType") + `,"tags":{"unifiedProfile":["enabled:true"]}}`
	dataset := strings.TrimPrefix(strings.Trim(client.call(http.MethodPost, catalog+"/dataSets", body, ""), "[]\"\n"), "@")
	client.call(http.MethodPatch, catalog+dataset, `{"description":"events"}`, "")
	client.call(http.MethodDelete, catalog+dataset, "", "")

	client.refused(404, http.MethodGet, catalog+dataset, "", nil)
	client.refused(400, http.MethodPost, catalog+"/dataSets", `{"name":"c","schemaRef":{"id":"https://ns.adobe.com/acme/schemas/none","contentType":"application/vnd.adobe.xed+json;version=1"}}`, nil)
}

func walkSchemaRegistry(client *client) {
	const (
		list   = "application/vnd.adobe.xed-id+json"
		lookup = "application/vnd.adobe.xed+json; version=1"
		full   = "application/vnd.adobe.xed-full+json; version=1"
	)
	client.get(registry+"/stats", "application/json")
	group := client.registered(registry+"/tenant/fieldgroups", `{"type":"object","title":"c","description":"c",
		"meta:intendedToExtend":["https://ns.adobe.com/xdm/context/experienceevent"],
		"definitions":{"f":{"properties":{"_acme":{"type":"object","properties":{"origin":{"type":"string"}}}}}},"allOf":[{"$ref":"#/definitions/f"}]}`)
	schemaBody := `{"type":"object","title":"d","description":"d","allOf":[{"$ref":"https://ns.adobe.com/xdm/context/experienceevent"},{"$ref":"` + group + `"}]}`
	schema := client.registered(registry+"/tenant/schemas", schemaBody)
	descriptorBody := `{"@type":"xdm:descriptorIdentity","xdm:sourceSchema":"` + schema + `","xdm:sourceVersion":1,
		"xdm:sourceProperty":"/_acme/origin","xdm:namespace":"Email","xdm:property":"xdm:code","xdm:isPrimary":false}`
	var descriptor struct {
		ID string `json:"@id"`
	}
	require.NoError(client.t, json.Unmarshal([]byte(client.call(http.MethodPost, registry+"/tenant/descriptors", descriptorBody, "")), &descriptor))

	schemaPath, groupPath := registry+"/tenant/schemas/"+url.PathEscape(schema), registry+"/tenant/fieldgroups/"+url.PathEscape(group)
	for path, accept := range map[string]string{
		registry + "/tenant/schemas": list, registry + "/tenant/schemas?limit=1&orderby=title": list, registry + "/tenant/fieldgroups": list,
		registry + "/global/classes": list, schemaPath: lookup, groupPath: lookup,
		registry + "/tenant/schemas/" + url.PathEscape(client.world.SchemaID):                              full,
		registry + "/global/classes/" + url.PathEscape("https://ns.adobe.com/xdm/context/experienceevent"): lookup,
		registry + "/tenant/descriptors":                  "application/vnd.adobe.xdm+json",
		registry + "/tenant/descriptors?limit=1":          "application/vnd.adobe.xdm-v2+json",
		registry + "/tenant/descriptors/" + descriptor.ID: "application/json",
	} {
		client.get(path, accept)
	}
	client.call(http.MethodPatch, schemaPath, `[{"op":"replace","path":"/title","value":"e"}]`, "")
	client.call(http.MethodPut, schemaPath, schemaBody, "")
	client.call(http.MethodPatch, groupPath, `[{"op":"replace","path":"/description","value":"e"}]`, "")

	client.refused(400, http.MethodGet, schemaPath, "", nil) // without Accept
	client.refused(404, http.MethodGet, registry+"/tenant/schemas/_acme.schemas.none", "", http.Header{"Accept": {lookup}})
	client.refused(400, http.MethodPost, registry+"/tenant/schemas", schemaBody, nil) // the title is taken
	client.call(http.MethodDelete, registry+"/tenant/descriptors/"+descriptor.ID, "", "")
	client.call(http.MethodDelete, schemaPath, "", "")
	client.call(http.MethodDelete, groupPath, "", "")
	client.refused(404, http.MethodDelete, groupPath, "", nil)
}

// walkGateway is refused before any service sees the call.
func walkGateway(client *client) {
	for _, path := range []string{flowService + "/flows", dataPrep + "/mappingSets?limit=1&start=0", catalog + "/dataSets", registry + "/stats"} {
		client.refused(401, http.MethodGet, path, "", http.Header{"Authorization": {"Bearer expired"}})
		client.refused(403, http.MethodGet, path, "", http.Header{"Authorization": nil})
		client.refused(403, http.MethodGet, path, "", http.Header{"X-Api-Key": {"unknown"}})
		client.refused(404, http.MethodGet, path, "", http.Header{"X-Sandbox-Name": {"unknown"}})
	}
}
