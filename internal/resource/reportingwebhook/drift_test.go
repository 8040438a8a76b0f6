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
				Config: world.Config(strings.Replace(pipeline, `name       = "Target"`, `
  name   = "Target"
  format = "parquet_xdm"
`, 1)),
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
