package targetdataset_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func lookedUp(t *testing.T) acctest.LookedUp {
	t.Helper()
	world := acctest.New(t, simulator.Options{})
	return acctest.LookedUp{
		World: world, Type: "customerio_target_dataset", Object: "dataset", Collection: collection,
		Make: func(_ *testing.T, name string) string {
			_, id := world.SeedDataset(simulator.DefaultSandbox, name)
			return id
		},
		Missing: "63ec807d3f5ce91bd2d06c65", Malformed: "..", Message: "must be 24 hexadecimal digits",
	}
}

func TestLookup(t *testing.T) {
	t.Parallel()
	t.Run("by id and by name", func(t *testing.T) { lookedUp(t).IsFoundByIDAndName(t) })
	t.Run("none and several", func(t *testing.T) { lookedUp(t).FailsOnNoneAndOnSeveral(t) })
}

func TestLookupReadsEverything(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	const data = "data.customerio_target_dataset.this"
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: world.Config(acctest.Data("customerio_target_dataset", `id = "DATASET_ID"`)),
			ConfigStateChecks: append(acctest.InState(data, map[string]string{
				"name": "Customer.io events", "schema_id": world.SchemaID, "schema_version": "application/vnd.adobe.xed-full+json;version=1",
			}),
				statecheck.ExpectKnownValue(data, tfjsonpath.New("profile_enabled"), knownvalue.Bool(false)),
				statecheck.ExpectKnownValue(data, tfjsonpath.New("tags").AtMapKey("adobe/pqs/table").AtSliceIndex(0), knownvalue.StringExact("customer_io_events"))),
		}},
	})
}
