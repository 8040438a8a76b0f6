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
	).Replace(completeExample(t))
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
	made := world.MakePipelines(t, 25)
	o := exported(t, world)
	for _, one := range []string{made.Stray, made.UnusedSource, made.UnusedTarget} {
		require.Contains(t, o.stdout, "("+one+")")
	}
	require.Contains(t, o.stdout, `no webhook posts to the pipeline "Not connected yet"`)
	require.Contains(t, o.stdout, "the option errorDiagnosticsEnabled = true of the dataflow")
	require.Contains(t, o.stdout, `the tag team of the dataset "Customer.io events (raw)"`)
	o.applies(t, world)
}

// Whatever a name is made of, it gives a resource a name of its own.
func TestOddNames(t *testing.T) {
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	for _, name := range []string{
		"Événements", "События", "イベント", `"quoted" \\ 'single'`, "${brand} %{if true}", "line\nbreak", "main", "imports", "shared", "override", "1st", "Shop", "shop", "Shop!",
		strings.Repeat("very long ", 18),
	} {
		pipeline(t, world, name)
	}
	o := exported(t, world, "-flat")
	require.Contains(t, o.stdout, "Exported 15 pipelines")
	for _, name := range o.files(t) {
		require.Less(t, len(name), 80)
	}
	o.applies(t, world)
}

// What a pipeline lacks, or what does not fit, is told.
func TestWhatDoesNotFit(t *testing.T) {
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	set := world.MakeMappingSet(t, "Shop")
	flow := world.MakeFlow(t, "Shop", world.MakeSourceConnection(t, "Shop"), world.MakeTargetConnection(t, "Shop"), set)
	world.Make(t, "/v1/reporting_webhooks", fmt.Sprintf(`{"name":"Capitals","endpoint":%q,"events":["email_sent"]}`,
		world.Inlet(t, flow)+"?x-adobe-flow-id="+strings.ToUpper(flow)))
	target := world.MakeTargetConnection(t, "Lost")
	lost := world.MakeFlow(t, "Lost", world.MakeSourceConnection(t, "Lost"), target, world.MakeMappingSet(t, "Lost"))
	require.NoError(t, world.Delete(simulator.KindTargetConnection, target))
	require.NoError(t, world.Update(simulator.KindMappingSet, set, func(body map[string]any) {
		body["mappings"].([]any)[0].(map[string]any)["source"] = "object_type"
	}))
	o := exported(t, world)
	require.Contains(t, o.stdout, `the pipeline "Lost" (dataflow `+lost+`): its target connection does not exist`)
	written := o.read(t, "main.tf")
	require.NotContains(t, written, "endpoint =")
	require.NotContains(t, written, world.URL)
	require.Contains(t, written, "# Without endpoint, the webhook keeps the one that it has")
	require.Contains(t, o.stdout, `the endpoint of the webhook "Capitals" is another spelling`)
	require.Contains(t, o.stdout, `the dataflow "Shop" does not use the newest version of its mapping set`)
	require.Contains(t, written, "mapping_version      = 0 # the mapping set has a newer version, which the dataflow does not use")
	o.applies(t, world)
}

// A module takes what its pipelines share as variables, and what differs otherwise has a file of its own.
func TestAlikePipelinesThatShareADataset(t *testing.T) {
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	for _, name := range []string{"Brand 1", "Brand 2", "Brand 3"} {
		pipeline(t, world, name)
	}
	world.MakeFlow(t, "Without a webhook", world.MakeSourceConnection(t, "S"), world.MakeTargetConnection(t, "T"), world.MakeMappingSet(t, "M"))
	o := exported(t, world)
	require.Equal(t, []string{"imports.tf", "main.tf", "pipeline/main.tf", "pipelines.tf", "shared.tf", "without_a_webhook.tf"}, o.files(t))
	require.Equal(t, `module "pipeline" {
  source = "./pipeline"
  for_each = {
    brand_1 = { name = "Brand 1" }
    brand_2 = { name = "Brand 2" }
    brand_3 = { name = "Brand 3" }
  }
  name       = each.value.name
  dataset_id = customerio_target_dataset.customer_io_events.id
  schema_id  = customerio_target_schema.customer_io_events.id
}
`, o.read(t, "pipelines.tf"))
	require.Contains(t, o.read(t, "imports.tf"), `to = module.pipeline["brand_1"].customerio_dataflow.this`)
	o.applies(t, world)
}
