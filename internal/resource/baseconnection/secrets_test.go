package baseconnection_test

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// changesParams wants one PATCH with one operation, for all params at once.
func changesParams(t *testing.T, world *acctest.World, params string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		require.JSONEq(t, `[{"op":"add","path":"/auth/params","value":`+params+`}]`, subject(world).RequestBody(t, http.MethodPatch))
		require.Zero(t, world.CallsTo(http.MethodPost, collection))
		return nil
	}
}

func TestParamsChangeInPlace(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	params := tfjsonpath.New("auth").AtMapKey("params")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:            world.Config(streaming(`params = jsonencode({ dataType = "xdm", clientSecret = "s-1" })`)),
				ConfigPlanChecks:  acctest.Planned(address, plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectSensitiveValue(address, params)},
			},
			// The service withholds the secret, so an import does not find the params.
			{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"auth.params"}},
			// The same in another spelling is no change.
			acctest.NothingPlanned(world.Config(streaming(`
    params = <<-EOT
      { "dataType": "xdm", "clientSecret": "s-1" }
    EOT
`))),
			{
				PreConfig:        world.ResetCalls,
				Config:           world.Config(streaming(`params = jsonencode({ dataType = "xdm", clientSecret = "s-2" })`)),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate),
				Check:            changesParams(t, world, `{"dataType":"xdm","clientSecret":"s-2"}`),
			},
			{ // a change of the name does not send the params
				PreConfig: world.ResetCalls,
				Config: world.Config(strings.Replace(streaming(`params = jsonencode({ dataType = "xdm", clientSecret = "s-2" })`),
					`"Account"`, `"Account EU"`, 1)),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate),
				Check: func(*terraform.State) error {
					require.JSONEq(t, `[{"op":"replace","path":"/name","value":"Account EU"}]`, subject(world).RequestBody(t, http.MethodPatch))
					return nil
				},
			},
			{ // to the write-only form
				PreConfig: world.ResetCalls,
				Config: world.Config(strings.Replace(streaming(`params_wo = jsonencode({ dataType = "xdm", clientSecret = "s-3" })`, `params_wo_version = 1`),
					`"Account"`, `"Account EU"`, 1)),
				ConfigPlanChecks:  acctest.Planned(address, plancheck.ResourceActionUpdate),
				Check:             changesParams(t, world, `{"dataType":"xdm","clientSecret":"s-3"}`),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(address, params, knownvalue.Null())},
			},
		},
	})
}

func without(t *testing.T, document any, secrets ...string) {
	text, err := json.Marshal(document)
	require.NoError(t, err)
	for _, secret := range secrets {
		require.NotContains(t, string(text), secret)
	}
}

type planWithout struct {
	t       *testing.T
	secrets []string
}

func (check planWithout) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, _ *plancheck.CheckPlanResponse) {
	without(check.t, req.Plan, check.secrets...)
}

type stateWithout struct {
	t       *testing.T
	secrets []string
}

func (check stateWithout) CheckState(_ context.Context, req statecheck.CheckStateRequest, _ *statecheck.CheckStateResponse) {
	without(check.t, req.State, check.secrets...)
}

func TestWriteOnlyParamsAreNeitherInPlanNorState(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	const first, second = "first-secret-3f9c", "second-secret-71be"
	given := func(secret, version string) resource.TestStep {
		return resource.TestStep{
			PreConfig: world.ResetCalls,
			Config: `
variable "client_secret" {
  type      = string
  ephemeral = true
}
output "directory" { value = abspath(path.root) }
` + world.Config(streaming(`params_wo = jsonencode({ dataType = "xdm", clientSecret = var.client_secret })`, `params_wo_version = `+version)),
			ConfigVariables: config.Variables{"client_secret": config.StringVariable(secret)},
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{planWithout{t, []string{first, second}}},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan(), planWithout{t, []string{first, second}}},
			},
			ConfigStateChecks: []statecheck.StateCheck{stateWithout{t, []string{first, second}}},
		}
	}
	notInFile := func(state *terraform.State) {
		text, err := os.ReadFile(filepath.Join(state.RootModule().Outputs["directory"].Value.(string), "terraform.tfstate"))
		require.NoError(t, err)
		require.Contains(t, string(text), "Streaming Connection")
		require.NotContains(t, string(text), first)
		require.NotContains(t, string(text), second)
	}
	made := given(first, "1")
	made.Check = func(state *terraform.State) error {
		require.Contains(t, subject(world).RequestBody(t, http.MethodPost), first)
		notInFile(state)
		return nil
	}
	unseen := given(second, "1") // Terraform cannot see that the value changed
	unseen.PlanOnly, unseen.ConfigPlanChecks.PreApply, unseen.ConfigStateChecks = true, nil, nil
	raised := given(second, "2")
	raised.Check = func(state *terraform.State) error {
		notInFile(state)
		return changesParams(t, world, `{"dataType":"xdm","clientSecret":"`+second+`"}`)(state)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps:                    []resource.TestStep{made, unseen, raised},
	})
}

// No error repeats them, whichever form they have.
func TestMalformedParamsAreNotRepeated(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	const secret = "{secret-3f9c"
	for name, attributes := range map[string]string{
		"params": `params = var.params`,
		"params_wo": `
  params_wo         = var.params
  params_wo_version = 1
`,
	} {
		t.Run(name, func(t *testing.T) {
			var message string
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				ErrorCheck:               func(err error) error { message = err.Error(); return nil },
				Steps: []resource.TestStep{{
					Config: world.Config(`
variable "params" {
  type      = string
  sensitive = true
}
` + streaming(attributes)),
					ConfigVariables: config.Variables{"params": config.StringVariable(secret)}, PlanOnly: true,
				}},
			})
			require.Regexp(t, acctest.Message("Attribute auth."+name+" must be a JSON object", "it is not"), message)
			require.NotContains(t, message, secret)
		})
	}
}
