package baseconnection_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

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

const (
	address = "customerio_base_connection.this"
	httpAPI = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
)

func TestMain(m *testing.M) { acctest.Main(m) }

func shop(name, auth string) string {
	return fmt.Sprintf("resource \"customerio_base_connection\" \"this\" {\n name = %q\n connection_spec = { id = %q }\n %s\n}\n", name, httpAPI, auth)
}

func auth(spec, params string) string {
	return fmt.Sprintf("auth = {\n spec_name = %q\n %s\n}", spec, params)
}

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{
		PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)},
		PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
	}
}

const params = `params = jsonencode({ dataType = "raw", name = "canary-one" })`

func TestEachAttribute(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	step := func(config string, action plancheck.ResourceActionType) resource.TestStep {
		return resource.TestStep{PreConfig: world.ResetCalls, Config: world.Config(config), ConfigPlanChecks: planned(action)}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			step(shop("Shop", auth("Streaming Connection", params)), plancheck.ResourceActionCreate),
			{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"auth.params"}},
			step(shop("Shop EU", auth("Streaming Connection", params)), plancheck.ResourceActionUpdate),
			step(shop("Shop EU", "description = \"HTTP\"\n"+auth("Streaming Connection", params)), plancheck.ResourceActionUpdate),
			{
				PreConfig:        world.ResetCalls,
				Config:           world.Config(shop("Shop EU", "description = \"HTTP\"\n"+auth("Streaming Connection", strings.Replace(params, "canary-one", "canary-two", 1)))),
				ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
				Check: func(*terraform.State) error {
					require.Equal(t, []string{`[{"op":"add","path":"/auth/params","value":{"dataType":"raw","name":"canary-two"}}]`}, patches(world))
					return nil
				},
			},
			step(shop("Shop EU", "provider_id = \"521eee4d-8cbe-4906-bb48-fb6bd4450033\"\n"+auth("Streaming Connection", params)), plancheck.ResourceActionReplace),
			step(strings.Replace(shop("Shop EU", ""), "connection_spec = { id = \""+httpAPI+"\" }", "", 1), plancheck.ResourceActionReplace),
		},
	})
}

func patches(world *acctest.World) []string {
	var bodies []string
	for _, call := range world.Calls() {
		if call.Method == http.MethodPatch {
			bodies = append(bodies, call.RequestBody)
		}
	}
	return bodies
}

func TestWriteOnlyParamsAreNeverKept(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	writeOnly := func(value string, version int) string {
		return shop("Shop", auth("Streaming Connection", fmt.Sprintf(
			"params_wo = jsonencode({ dataType = \"raw\", name = %q })\n params_wo_version = %d", value, version)))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config: world.Config(writeOnly("canary-one", 1)),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, tfjsonpath.New("auth").AtMapKey("params_wo"), knownvalue.Null()),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("auth").AtMapKey("params"), knownvalue.Null()),
				},
			},
			{Config: world.Config(writeOnly("canary-two", 1)), PlanOnly: true}, // the version did not change
			{
				PreConfig:        world.ResetCalls,
				Config:           world.Config(writeOnly("canary-two", 2)),
				ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
				Check: func(*terraform.State) error {
					require.Equal(t, []string{`[{"op":"add","path":"/auth/params","value":{"dataType":"raw","name":"canary-two"}}]`}, patches(world))
					return nil
				},
			},
		},
	})
}

func TestDriftIsSeenAndRepaired(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := world.Config(shop("Shop", auth("Streaming Connection", params)))
	each := func(do func(id string) error) func() {
		return func() {
			for _, id := range world.Alive(simulator.KindConnection) {
				require.NoError(t, do(id))
			}
		}
	}
	remove := each(func(id string) error { return world.Delete(simulator.KindConnection, id) })
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig: each(func(id string) error {
					return world.Update(simulator.KindConnection, id, func(body map[string]any) { body["name"] = "By hand" })
				}),
				Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			},
			{PreConfig: remove, Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionCreate)},
			{PreConfig: remove, Config: config, Destroy: true},
		},
	})
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	for name, test := range map[string]struct{ config, message string }{
		"empty name":            {shop("", ""), `(?s)name = "".*Attribute\s+name\s+must\s+not\s+be\s+empty`},
		"spec no UUID":          {strings.Replace(shop("Shop", ""), httpAPI, "http", 1), `(?s)Attribute\s+connection_spec\.id\s+must\s+be\s+a\s+UUID`},
		"params no JSON":        {shop("Shop", auth("S", `params = "canary"`)), `(?s)Attribute\s+auth\.params\s+must\s+be\s+a\s+JSON\s+object`},
		"params no object":      {shop("Shop", auth("S", `params = "[1]"`)), `(?s)Attribute\s+auth\.params\s+must\s+be\s+a\s+JSON\s+object`},
		"both forms of params":  {shop("Shop", auth("S", "params = \"{}\"\n params_wo = \"{}\"\n params_wo_version = 1")), `(?s)auth\.params_wo.*cannot\s+be\s+specified|Invalid Attribute Combination`},
		"no version":            {shop("Shop", auth("S", `params_wo = "{}"`)), `(?s)auth\.params_wo_version.*must\s+be\s+specified`},
		"version without value": {shop("Shop", auth("S", `params_wo_version = 1`)), `(?s)auth\.params_wo.*must\s+be\s+specified`},
	} {
		t.Run(name, func(t *testing.T) {
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				Steps:                    []resource.TestStep{{Config: world.Config(test.config), PlanOnly: true, ExpectError: regexp.MustCompile(test.message)}},
			})
		})
	}
}

func TestRefusalsPointAtTheAttribute(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			{
				Config:      world.Config(shop("Shop", auth("Password", `params = "{}"`))),
				ExpectError: regexp.MustCompile(`(?s)Unable to create base connection.*1415-400.*leave\s+auth\s+out`),
			},
			{
				Config: world.Config(`
resource "customerio_base_connection" "this" { name = "Shop" }
resource "customerio_source_connection" "this" {
  name               = "Shop"
  base_connection_id = customerio_base_connection.this.id
}`),
				ExpectError: regexp.MustCompile(`(?s)base_connection_id = .*1332-400.*leave\s+base_connection_id\s+out`),
			},
		},
	})
}
