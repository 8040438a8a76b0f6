package dataflow_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// Once mapping set and target connection exist, a plan knows that they do not fit before the service refuses the dataflow.
func TestPlanComparesTheSchemasOfMappingSetAndTarget(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	orders, _ := world.SeedDataset(simulator.DefaultSandbox, "Orders")
	parts := `
resource "customerio_source_connection" "this" {
  name = "Source"
}
resource "customerio_target_connection" "this" {
  name       = "Target"
  schema_id  = "SCHEMA_ID"
  dataset_id = "DATASET_ID"
}
resource "customerio_mapping_set" "this" {
  schema_id = "` + orders + `"
  mappings  = { "_acme.email" = { source = "data.identifiers.email" } }
}
`
	flow := `
resource "customerio_dataflow" "this" {
  name                 = "Shop"
  source_connection_id = customerio_source_connection.this.id
  target_connection_id = customerio_target_connection.this.id
  mapping_set_id       = customerio_mapping_set.this.id
  mapping_version      = customerio_mapping_set.this.version
}
`
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(parts)},
			{
				Config: world.Config(parts + flow), PlanOnly: true,
				ExpectError: acctest.Message("Mapping set for another schema", "mapping_set_id", "fills the schema "+orders, `the target connection "Target" wants `+world.SchemaID, "1425-400"),
			},
		},
	})
	require.Zero(t, world.CallsTo(http.MethodPost, "/flowservice/flows"))
}
