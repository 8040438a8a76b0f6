// Package contract_test holds the provider and the simulator against the vendors' own API descriptions, where those are at
// hand (OPENAPI_DIR): every request that the provider sends, and every answer that the simulator gives.
package contract_test

import (
	"fmt"
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
	ofProvider := len(world.Calls())
	walk(t, world)

	var found []string
	checked := 0
	for i, call := range world.Calls() {
		for _, one := range described {
			if !strings.HasPrefix(call.Path, one.Base+"/") {
				continue
			}
			checked++
			found = append(found, one.checkAnswer(t, call)...)
			if i < ofProvider || call.Status < 400 { // what the walk has refused is meant to be wrong
				found = append(found, one.checkRequest(t, call)...)
			}
		}
	}
	require.Greater(t, ofProvider, 40)
	require.Greater(t, checked, 140)
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
    "_acme.timestamp" = { source = "$${timestamp} * 1000", source_type = "EXPRESSION" }
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
	looked := step(" EU", "data.email_address", "disabled")
	looked.Config += dataSources
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			step("", "data.identifiers.email", "enabled"),
			step(" EU", "data.email_address", "disabled"),
			looked,
		},
	})
}

// dataSources read everything that lifecycle makes, by ID or by name.
const dataSources = `
data "customerio_source_connection" "by_id" { id = customerio_source_connection.this.id }
data "customerio_source_connection" "by_name" { name = customerio_source_connection.this.name }
data "customerio_target_connection" "by_name" { name = customerio_target_connection.this.name }
data "customerio_dataflow" "by_name" { name = customerio_dataflow.this.name }
data "customerio_mapping_set" "by_name" { name = customerio_mapping_set.this.name }
data "customerio_mapping_set" "first" {
  id      = customerio_mapping_set.this.id
  version = 0
}
data "customerio_mapping_preview" "this" {
  mapping_set_id = customerio_mapping_set.this.id
  event          = jsonencode({ email = 1, timestamp = "soon" })
}
data "customerio_reporting_webhook" "by_name" { name = customerio_reporting_webhook.this.name }
data "customerio_dataflow_runs" "this" { dataflow_id = customerio_dataflow.this.id }
data "customerio_source_specification" "this" {}
data "customerio_source_specification" "unknown" { id = "00000000-0000-4000-8000-000000000000" }
data "customerio_sender_ip_addresses" "this" {}
data "customerio_workspaces" "this" {}
`

// knownFault is a difference whose fault is the description's.
type knownFault struct {
	pattern *regexp.Regexp
	reason  string
}

func fault(pattern, reason string) knownFault { return knownFault{regexp.MustCompile(pattern), reason} }
