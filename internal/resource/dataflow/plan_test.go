package dataflow_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// Once mapping set and target connection exist, the plan finds that they do not fit, before the service refuses the dataflow.
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
				ExpectError: acctest.Message("Mapping set for another schema", "mapping_set_id", "is for the schema "+orders, `the target connection "Target" has the schema `+world.SchemaID, "1425-400"),
			},
		},
	})
	require.Zero(t, world.CallsTo(http.MethodPost, "/flowservice/flows"))
}

// A dataflow that exists is checked too, whether it moves to another set or to another version of its own.
func TestPlanComparesTheSchemaOfAnotherMapping(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	orders, _ := world.SeedDataset(simulator.DefaultSandbox, "Orders")
	source, target := world.MakeSourceConnection(t, "Source"), world.MakeTargetConnection(t, "Target")
	fits, other := world.MakeMappingSet(t, "Fits"), world.MakeMappingSet(t, "Other")
	for _, set := range []string{fits, other} { // version 1 of both fills the other schema
		require.NoError(t, world.Update(simulator.KindMappingSet, set, func(body map[string]any) {
			body["outputSchema"].(map[string]any)["schemaRef"].(map[string]any)["id"] = orders
		}))
	}
	world.Keep()
	flow := func(set, version string) string {
		return world.Config(acctest.Resource("customerio_dataflow", `
  name                 = "Shop"
  source_connection_id = "`+source+`"
  target_connection_id = "`+target+`"
  mapping_set_id       = "`+set+`"
  mapping_version      = `+version))
	}
	refused := func(config string) resource.TestStep {
		return resource.TestStep{
			Config: config, PlanOnly: true,
			ExpectError: acctest.Message("Mapping set for another schema", "mapping_set_id", "is for the schema "+orders, `the target connection "Target" has the schema `+world.SchemaID),
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: flow(fits, "0")},
			refused(flow(fits, "1")),
			refused(flow(other, "1")),
			{Config: flow(other, "0"), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate)},
		},
	})
}

// A dataflow that was imported before the service provisioned it has no endpoint. The update may find one, so the plan must not say null.
func TestPlanOfAnImportedDataflowWithoutAnEndpoint(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	source, target, set := world.MakeSourceConnection(t, "Source"), world.MakeTargetConnection(t, "Target"), world.MakeMappingSet(t, "Mapping")
	world.Keep()
	id := world.MakeFlow(t, "Shop", source, target, set)
	config := func(name string) string {
		return world.Config(acctest.Resource("customerio_dataflow", `
  name                 = "`+name+`"
  source_connection_id = "`+source+`"
  target_connection_id = "`+target+`"
  mapping_set_id       = "`+set+`"
  mapping_version      = 0`))
	}
	var endpoint any
	options := func(change func(options map[string]any)) func() {
		return subject(world).ChangeElsewhere(t, func(body map[string]any) { change(body["options"].(map[string]any)) })
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				PreConfig: options(func(options map[string]any) {
					endpoint = options["inletUrl"]
					require.NotEmpty(t, endpoint)
					delete(options, "inletUrl")
				}),
				Config: config("Shop"), ResourceName: address, ImportState: true, ImportStateId: id, ImportStatePersist: true,
				ImportStateCheck: func(states []*terraform.InstanceState) error {
					require.Len(t, states, 1)
					require.Empty(t, states[0].Attributes["streaming_endpoint_url"])
					return nil
				},
			},
			{
				Config: config("Shop EU"),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{
						plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
						plancheck.ExpectUnknownValue(address, tfjsonpath.New("streaming_endpoint_url")),
						plancheck.ExpectUnknownValue(address, tfjsonpath.New("webhook_url")),
						acctest.During(options(func(options map[string]any) { options["inletUrl"] = endpoint })),
					},
					PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
				},
				Check: func(state *terraform.State) error {
					require.Equal(t, endpoint, state.RootModule().Resources[address].Primary.Attributes["streaming_endpoint_url"])
					return nil
				},
			},
		},
	})
}
