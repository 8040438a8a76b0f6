// Package contract_test holds the provider and the simulator against the vendors' own API descriptions, where those are at
// hand (OPENAPI_DIR): every request that the provider sends, and every answer that the simulator gives.
package contract_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// TestProviderAndSimulatorFollowTheDescriptions fails on a difference that knownFaults does not explain, and on a known fault
// that no longer shows.
func TestProviderAndSimulatorFollowTheDescriptions(t *testing.T) {
	described := documents(t)
	world := acctest.New(t, simulator.Options{})
	lifecycle(t, world)
	walk(t, world)

	var found []string
	checked := 0
	for _, call := range world.Calls() {
		for _, one := range described {
			if strings.HasPrefix(call.Path, one.base+"/") {
				found = append(found, one.check(t, call)...)
				checked++
			}
		}
	}
	require.Greater(t, checked, 60)
	seen := make([]bool, len(knownFaults))
	for _, finding := range unique(found) {
		explained := false
		for i, fault := range knownFaults {
			if fault.pattern.MatchString(finding) {
				seen[i], explained = true, true
			}
		}
		if !explained {
			t.Errorf("against the vendor's description: %s", finding)
		}
	}
	for i, fault := range knownFaults {
		if !seen[i] {
			t.Errorf("no call shows this known fault any more, take it off the list: %s (%s)", fault.pattern, fault.reason)
		}
	}
}

// lifecycle lets the provider make every kind of call it can.
func lifecycle(t *testing.T, world *acctest.World) {
	t.Helper()
	step := func(suffix, email, state string) resource.TestStep {
		return resource.TestStep{Config: world.Config(fmt.Sprintf(`
resource "customerio_base_connection" "this" {
  name            = "Shop%[1]s"
  description     = "HTTP API%[1]s"
  connection_spec = { id = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb" }
  auth = {
    spec_name = "Streaming Connection"
    params    = jsonencode({ dataType = "raw", name = "Shop%[1]s" })
  }
}
resource "customerio_source_connection" "this" {
  name        = "Source%[1]s"
  description = "Events%[1]s"
}
resource "customerio_target_connection" "this" {
  name       = "Target%[1]s"
  schema_id  = "SCHEMA_ID"
  dataset_id = "DATASET_ID"
}
resource "customerio_mapping_set" "this" {
  name      = "Mapping"
  schema_id = "SCHEMA_ID"
  mappings = {
    "_acme.email"     = { source = %[2]q, name = "E-mail" }
    "_acme.metric"    = { source = "email", source_type = "STATIC" }
    "_acme.timestamp" = { source = "timestamp * 1000", source_type = "EXPRESSION" }
  }
}
resource "customerio_dataflow" "this" {
  name                 = "Flow%[1]s"
  source_connection_id = customerio_source_connection.this.id
  target_connection_id = customerio_target_connection.this.id
  mapping_set_id       = customerio_mapping_set.this.id
  mapping_version      = customerio_mapping_set.this.version
  state                = %[3]q
}
resource "customerio_reporting_webhook" "this" {
  name     = "Webhook%[1]s"
  endpoint = customerio_dataflow.this.webhook_url
  events   = ["email_sent"]
}`, suffix, email, state))}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			step("", "data.identifiers.email", "enabled"),
			step(" EU", "data.email_address", "disabled"),
		},
	})
}

// walk makes the calls that the provider does not: what it does not need yet, and what other clients use.
func walk(t *testing.T, world *acctest.World) {
	t.Helper()
	client := newClient(t, world)
	const flowService, dataPrep = "/data/foundation/flowservice", "/data/foundation/conversion"
	const catalog, registry = "/data/foundation/catalog", "/data/foundation/schemaregistry"

	source := client.create(flowService+"/sourceConnections", `{"name":"a","connectionSpec":{"id":"96479064-7b8a-4d69-b9ed-21c5683837ea","version":"1.0"},"data":{"format":"json"}}`)
	for _, path := range []string{
		"/connections", "/sourceConnections?limit=1", "/sourceConnections?property=name==a", "/targetConnections", "/flows?orderby=-createdAt",
		"/connectionSpecs", "/flowSpecs", "/runs", "/sourceConnections/" + source,
		"/connectionSpecs/96479064-7b8a-4d69-b9ed-21c5683837ea", "/flowSpecs/e77fde5a-22a8-11ed-861d-0242ac120002",
	} {
		client.get(flowService+path, "application/json")
	}
	client.call(http.MethodDelete, flowService+"/sourceConnections/"+source, "", "")

	schema := url.PathEscape(world.SchemaID)
	client.call(http.MethodPost, dataPrep+"/mappingSets/validate", `{"outputSchema":{"schemaRef":{"id":"`+world.SchemaID+
		`","contentType":"application/vnd.adobe.xed-full+json;version=1"}},"mappings":[{"sourceType":"ATTRIBUTE","source":"metric","destination":"_acme.metric"}]}`, "")
	client.get(dataPrep+"/mappingSets?limit=2&start=0", "application/json")
	client.get(dataPrep+"/languages/el/functions", "application/json")

	client.get(catalog+"/dataSets?limit=5", "application/json")
	client.get(catalog+"/dataSets/"+world.DatasetID, "application/json")

	dataset := strings.Trim(client.call(http.MethodPost, catalog+"/dataSets", `{"name":"b","schemaRef":{"id":"`+world.SchemaID+
		`","contentType":"application/vnd.adobe.xed+json;version=1"}}`, ""), "[]\"\n")
	client.call(http.MethodPatch, catalog+strings.TrimPrefix(dataset, "@"), `{"description":"events"}`, "")
	client.call(http.MethodDelete, catalog+strings.TrimPrefix(dataset, "@"), "", "")

	client.get(registry+"/stats", "application/json")
	client.get(registry+"/tenant/schemas", "application/vnd.adobe.xed-id+json")
	client.get(registry+"/tenant/schemas/"+schema, "application/vnd.adobe.xed+json; version=1")
	client.get(registry+"/tenant/fieldgroups", "application/vnd.adobe.xed-id+json")
	client.get(registry+"/tenant/descriptors", "application/vnd.adobe.xdm-id+json")
	group := client.registered(registry+"/tenant/fieldgroups", `{"type":"object","title":"c","description":"c",
		"meta:intendedToExtend":["https://ns.adobe.com/xdm/context/experienceevent"],
		"definitions":{"f":{"properties":{"_acme":{"type":"object","properties":{"origin":{"type":"string"}}}}}},"allOf":[{"$ref":"#/definitions/f"}]}`)
	made := client.registered(registry+"/tenant/schemas", `{"type":"object","title":"d","description":"d",
		"allOf":[{"$ref":"https://ns.adobe.com/xdm/context/experienceevent"},{"$ref":"`+group+`"}]}`)
	client.call(http.MethodPatch, registry+"/tenant/schemas/"+url.PathEscape(made), `[{"op":"replace","path":"/title","value":"e"}]`, "")
	client.registered(registry+"/tenant/descriptors", `{"@type":"xdm:descriptorIdentity","xdm:sourceSchema":"`+made+`","xdm:sourceVersion":1,
		"xdm:sourceProperty":"/_acme/origin","xdm:namespace":"Email","xdm:property":"xdm:code","xdm:isPrimary":false}`)
	client.call(http.MethodDelete, registry+"/tenant/schemas/"+url.PathEscape(made), "", "")
	client.call(http.MethodDelete, registry+"/tenant/fieldgroups/"+url.PathEscape(group), "", "")
}

// knownFault is a difference whose fault is the description's.
type knownFault struct {
	pattern *regexp.Regexp
	reason  string
}

func fault(pattern, reason string) knownFault { return knownFault{regexp.MustCompile(pattern), reason} }
