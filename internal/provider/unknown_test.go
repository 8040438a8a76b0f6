package provider_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// vault stands for another resource that provides credentials. Its output is unknown while its revision changes.
func vault(revision string) string {
	return fmt.Sprintf(`
resource "terraform_data" "vault" {
  input = {
    revision      = %q
    client_secret = %q
    app_api_key   = %q
  }
}
`, revision, simulator.DefaultClientSecret, simulator.DefaultAppAPIKey)
}

// fromVault takes both credentials from the vault.
func fromVault(world *acctest.World) string {
	return configured(strings.NewReplacer(
		`"`+simulator.DefaultClientSecret+`"`, "terraform_data.vault.output.client_secret",
		`"`+simulator.DefaultAppAPIKey+`"`, "terraform_data.vault.output.app_api_key",
	).Replace(adobe(world) + customerio(world)))
}

func TestCredentialsThatAreNotKnownYet(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resources := world.Config(acctest.Pipeline(`name = "Shop"`) + webhook)
	resources = fromVault(world) + strings.Replace(resources, world.ProviderConfig(""), "", 1)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{ // planned without credentials, applied with them
				Config: vault("1") + resources,
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
				},
			},
			{ // the credentials change, so this plan cannot refresh anything, and changes nothing
				PreConfig: func() {
					for _, id := range world.Alive(simulator.KindFlow) {
						require.NoError(t, world.Update(simulator.KindFlow, id, func(flow map[string]any) { flow["name"] = "Renamed" }))
					}
				},
				Config: vault("2") + resources,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction("terraform_data.vault", plancheck.ResourceActionUpdate),
				}},
				ExpectNonEmptyPlan: true, // now the credentials are known again, and the drift shows
			},
			{
				Config: vault("2") + resources,
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{
						plancheck.ExpectResourceAction("customerio_dataflow.this", plancheck.ResourceActionUpdate),
					},
					PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
				},
			},
		},
	})
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/flowservice/flows"))
}

// A data source with known arguments cannot wait for the apply, so its error says what to do.
func TestDataSourceWithCredentialsThatAreNotKnownYet(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, fails(vault("1")+fromVault(world)+`
data "customerio_streaming_endpoint" "this" {
  dataflow_id = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
}
`,
		`(?s)Provider configuration not known yet.*adobe\.client_secret.*terraform\s+apply\s+-target`))
}

func TestObjectsThatAreNotKnownYet(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := fmt.Sprintf(`
resource "terraform_data" "settings" {
  input = {
    %s
    limits = { request_timeout = "20s", max_retries = 1 }
  }
}
provider "customerio" {
  adobe           = terraform_data.settings.output.adobe
  customerio      = terraform_data.settings.output.customerio
  request_timeout = terraform_data.settings.output.limits.request_timeout
  max_retries     = terraform_data.settings.output.limits.max_retries
}
`, adobe(world)+customerio(world)) + sourceConnection + webhook
	resource.Test(t, applies(world, config))
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/sourceConnections"))
}
