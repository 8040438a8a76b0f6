package dataflow_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func lookedUp(t *testing.T) acctest.LookedUp {
	t.Helper()
	world := acctest.New(t, simulator.Options{})
	source, target, mappings := world.MakeSourceConnection(t, "Source"), world.MakeTargetConnection(t, "Target"), world.MakeMappingSet(t, "Mapping")
	world.ResetCalls()
	return acctest.LookedUp{
		World: world, Type: "customerio_dataflow", Object: "dataflow", Collection: "/flowservice/flows",
		Make:    func(t *testing.T, name string) string { return world.MakeFlow(t, name, source, target, mappings) },
		Missing: "4982698b-e6b3-48c2-8dcf-040e20121fd2", Malformed: "42", Message: "must be a UUID",
	}
}

func TestLookupByIDAndName(t *testing.T)      { t.Parallel(); lookedUp(t).IsFoundByIDAndName(t) }
func TestLookupOfNoneAndSeveral(t *testing.T) { t.Parallel(); lookedUp(t).FailsOnNoneAndOnSeveral(t) }
func TestLookupWantsIDOrName(t *testing.T)    { t.Parallel(); lookedUp(t).WantsIDOrName(t) }
func TestLookupByAwkwardName(t *testing.T)    { t.Parallel(); lookedUp(t).IsFoundByAwkwardName(t) }
func TestLookupOnAnyPage(t *testing.T)        { t.Parallel(); lookedUp(t).IsFoundOnAnyPage(t) }

// The data source reads the same as the resource.
func TestLookupReadsEverything(t *testing.T) {
	t.Parallel()
	lookup := lookedUp(t)
	managed := acctest.Pipeline(`
  name        = "Shop"
  description = "Events"
  state       = "disabled"
`)
	var checks []statecheck.StateCheck
	for _, attribute := range []string{
		"id", "name", "description", "flow_spec", "source_connection_id", "target_connection_id", "mapping_set_id", "mapping_version", "state",
		"streaming_endpoint_url", "webhook_url",
	} {
		for _, label := range []string{"by_id", "by_name"} {
			checks = append(checks, statecheck.CompareValuePairs("customerio_dataflow.this", tfjsonpath.New(attribute),
				"data.customerio_dataflow."+label, tfjsonpath.New(attribute), compare.ValuesSame()))
		}
	}
	for _, attribute := range []string{"streaming_endpoint_url", "webhook_url"} {
		checks = append(checks, statecheck.ExpectSensitiveValue(lookup.ByID(), tfjsonpath.New(attribute)),
			statecheck.ExpectKnownValue(lookup.ByName(), tfjsonpath.New(attribute), knownvalue.NotNull()))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			{Config: lookup.World.Config(managed)},
			{
				Config: lookup.World.Config(managed + `
data "customerio_dataflow" "by_id" { id = customerio_dataflow.this.id }
data "customerio_dataflow" "by_name" { name = customerio_dataflow.this.name }`),
				ConfigStateChecks: checks,
			},
		},
	})
}

// A dataflow has no endpoint while the service provisions it. One that is being deleted is not found.
func TestLookupDuringAChange(t *testing.T) {
	t.Parallel()
	lookup := lookedUp(t)
	const provisioning, deleting = "7e8ba0a5-3cd0-4d4a-8a4c-c2ed2ad14b56", "d8a6f005-7eaf-4153-983e-e8574508b877"
	flow := func(id, state string) string {
		return fmt.Sprintf(`{"id":%q,"name":"Shop","state":%q,"flowSpec":{"id":"e77fde5a-22a8-11ed-861d-0242ac120002","version":"1.0"},
			"sourceConnectionIds":["a"],"targetConnectionIds":["b"],"transformations":null,"unknown":{}}`, id, state)
	}
	answer := func(path string, items string) {
		lookup.World.AddFault(simulator.Fault{
			Method: http.MethodGet, Path: "*" + path, Do: simulator.FaultAnswer, Status: http.StatusOK, Body: `{"items":[` + items + `]}`,
		})
	}
	answer("/flows", flow(provisioning, "initializing")+","+flow(deleting, "delete-finalizing"))
	answer("/flows/"+provisioning, flow(provisioning, "initializing"))
	answer("/flows/"+deleting, flow(deleting, "delete-finalizing"))
	null := func(attribute string) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.customerio_dataflow.this", tfjsonpath.New(attribute), knownvalue.Null())
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			{
				Config: lookup.With(`name = "Shop"`),
				ConfigStateChecks: append(acctest.InState("data.customerio_dataflow.this", map[string]string{"id": provisioning, "state": "initializing"}),
					null("streaming_endpoint_url"), null("webhook_url"), null("mapping_set_id"), null("mapping_version")),
			},
			{Config: lookup.With(`id = "` + deleting + `"`), ExpectError: acctest.Message("Dataflow not found", "id = ", "the dataflow is being deleted")},
		},
	})
}

func TestLookupOfADataflowOfAnotherShape(t *testing.T) {
	t.Parallel()
	lookup := lookedUp(t)
	id := lookup.Make(t, "Shop")
	require.NoError(t, lookup.World.Update(simulator.KindFlow, id, func(flow map[string]any) { flow["sourceConnectionIds"] = []any{"a", "b"} }))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: lookup.With(`name = "Shop"`), ExpectError: acctest.Message("Unable to read dataflow", id, "has 2 source and 1 target connections"),
		}},
	})
}
