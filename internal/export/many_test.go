package export_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// brands are pipelines that differ in names only.
func brands(t *testing.T, names ...string) string {
	t.Helper()
	var list []string
	for _, name := range names {
		list = append(list, fmt.Sprintf("%q", name))
	}
	code := strings.NewReplacer(
		`"this" {`, "\"this\" {\n  for_each = toset(local.brands)",
		`"Customer.io `, `"${each.key} `,
		".this.", ".this[each.key].",
	).Replace(readme(t))
	code, _, _ = strings.Cut(code, `output "dataset_id"`)
	return "locals {\n  brands = [" + strings.Join(list, ", ") + "]\n}\n" + code
}

// Pipelines that differ in names only are one module.
func TestAlikePipelinesAreAModule(t *testing.T) {
	world := built(t, brands(t, "Brand 1", "Brand 2", "Brand 3"))
	o := exported(t, world)
	require.Equal(t, []string{"imports.tf", "main.tf", "pipeline/main.tf", "pipelines.tf"}, o.files(t))
	o.applies(t, world)
}

func TestAlikePipelinesFlat(t *testing.T) {
	world := built(t, brands(t, "Brand 1", "Brand 2", "Brand 3"))
	o := exported(t, world, "-flat", "-without-functions")
	require.Equal(t, []string{"brand_1_dataflow.tf", "brand_2_dataflow.tf", "brand_3_dataflow.tf", "imports.tf", "main.tf"}, o.files(t))
	o.applies(t, world)
}

// lived is a sandbox in which people worked: two dataflows into one dataset, one with a mapping set of the other.
func TestSharedParts(t *testing.T) {
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	set := world.MakeMappingSet(t, "Shared mapping")
	for _, name := range []string{"Shop", "Store"} {
		flow := world.MakeFlow(t, name, world.MakeSourceConnection(t, name), world.MakeTargetConnection(t, name), set)
		for _, webhook := range []string{"all", "opens \"${x}\"\nand %{if}"} {
			world.Make(t, "/v1/reporting_webhooks", fmt.Sprintf(`{"name":%q,"endpoint":%q,"events":["email_sent","sms_sent"],"disabled":true,
				"full_resolution":true,"with_content":false}`, webhook, world.Inlet(t, flow)+"?x-adobe-flow-id="+flow))
		}
	}
	o := exported(t, world)
	require.Equal(t, []string{"imports.tf", "main.tf", "shared.tf", "shop.tf", "store.tf"}, o.files(t))
	o.applies(t, world)
	t.Run("one of them", func(t *testing.T) {
		o := exported(t, world, "Store")
		require.Equal(t, []string{"imports.tf", "main.tf"}, o.files(t))
		o.applies(t, world)
	})
}

// What people clicked together in years is taken in, and nothing of it is changed.
func TestPipelinesThatPeopleClickedTogether(t *testing.T) {
	world := acctest.NewEmpty(t, simulator.Options{Provisioning: -1})
	world.MakePipelines(t, 25)
	o := exported(t, world)
	o.applies(t, world)
}
