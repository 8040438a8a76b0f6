package reportingwebhook_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestChangedInTheUserInterface(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := world.Config(aepSource())
	changedByHand := func(change func(webhook map[string]any), repaired ...statecheck.StateCheck) resource.TestStep {
		return resource.TestStep{
			PreConfig:         func() { require.NoError(t, world.Update(simulator.KindReportingWebhook, "1", change)) },
			Config:            config,
			ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
			ConfigStateChecks: repaired,
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: config},
			changedByHand(func(webhook map[string]any) { webhook["disabled"] = true }, flag("disabled", false)),
			// an event that this provider does not know is drift too
			changedByHand(func(webhook map[string]any) { webhook["events"] = []any{"email_sent", "fax_sent"} },
				events("customer_subscribed", "email_sent")),
			changedByHand(func(webhook map[string]any) {
				webhook["name"], webhook["endpoint"] = "Renamed", "https://example.com/webhook"
				webhook["full_resolution"], webhook["with_content"] = true, true
			}, text("name", "aep-source"), text("endpoint", endpoint), flag("full_resolution", false), flag("with_content", false)),
		},
	})
}

func TestDeletedBehindTerraform(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := world.Config(aepSource())
	deleteAll := func() {
		for _, id := range world.Alive(simulator.KindReportingWebhook) {
			require.NoError(t, world.Delete(simulator.KindReportingWebhook, id))
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig:         deleteAll,
				Config:            config,
				ConfigPlanChecks:  planned(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{text("id", "2")},
			},
			{PreConfig: deleteAll, Config: config, Destroy: true},
		},
	})
}

// Between the plan and the delete somebody else deletes the webhook: gone is gone.
func TestDeletedDuringTheDestroy(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			{Config: world.Config(aepSource())},
			{
				PreConfig: func() {
					world.AddFault(simulator.Fault{
						Method: http.MethodDelete, Path: webhooks + "/1", Do: simulator.FaultAnswer, Status: http.StatusNotFound,
						Body: `{"errors":[{"detail":"The webhook ID does not exist. (reference a1b2c3)","status":"404","code":"not_found"}]}`,
					})
				},
				Config: world.Config(aepSource()), Destroy: true,
			},
		},
	})
	require.Equal(t, 1, world.CallsTo(http.MethodDelete, webhooks+"/1"))
}

func TestFollowsTheDataflowInOneApply(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	pipeline := acctest.Pipeline(`name = "Shop"`) + strings.Replace(aepSource(), `"`+endpoint+`"`, "customerio_dataflow.this.webhook_url", 1)
	var before string
	endpointOf := func(state *terraform.State) string {
		return state.RootModule().Resources[address].Primary.Attributes["endpoint"]
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:           world.Config(pipeline),
				ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
				Check: func(state *terraform.State) error {
					before = endpointOf(state)
					require.Equal(t, state.RootModule().Resources["customerio_dataflow.this"].Primary.Attributes["webhook_url"], before)
					return nil
				},
			},
			{ // another target replaces the dataflow; the webhook only gets its new address
				Config:           world.Config(strings.Replace(pipeline, `name       = "Target"`, "name = \"Target\"\n format = \"parquet_xdm\"", 1)),
				ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
				Check: func(state *terraform.State) error {
					require.NotEqual(t, before, endpointOf(state))
					return nil
				},
			},
		},
	})
	require.Equal(t, 1, world.CallsTo(http.MethodPost, webhooks))
}
