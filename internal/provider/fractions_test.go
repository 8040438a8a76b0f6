package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// A number with a fraction is the user's mistake and not the provider's.
func TestFractionsAreRefusedInOurWords(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	const flow = `"4982698b-e6b3-48c2-8dcf-040e20121fd2"`
	refused := func(line, config string) resource.TestStep {
		return resource.TestStep{Config: world.Config(config), ExpectError: acctest.Message("Not a whole number", line, "must be a whole number, and it is 0.5.")}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			refused("mapping_version = 0.5", acctest.Resource("customerio_dataflow", `name = "Shop"`, `source_connection_id = `+flow,
				`target_connection_id = `+flow, `mapping_set_id = "59c0e53a2dc84f7791ecc1b3d6e51d5e"`, `mapping_version = 0.5`)),
			refused("limit", "data \"customerio_dataflow_runs\" \"this\" {\n  dataflow_id = "+flow+"\n  limit = 0.5\n}"),
		},
	})
}
