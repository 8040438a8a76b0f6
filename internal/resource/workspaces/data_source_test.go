package workspaces_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const config = `data "customerio_workspaces" "this" {}`

func TestMain(m *testing.M) { acctest.Main(m) }

func holds(workspaces ...knownvalue.Check) []statecheck.StateCheck {
	return []statecheck.StateCheck{
		statecheck.ExpectKnownValue("data.customerio_workspaces.this", tfjsonpath.New("workspaces"), knownvalue.ListExact(workspaces)),
	}
}

func workspace(id, name string, messages, billable, people, types, objects int64) knownvalue.Check {
	return knownvalue.ObjectExact(map[string]knownvalue.Check{
		"id": knownvalue.StringExact(id), "name": knownvalue.StringExact(name), "messages_sent": knownvalue.Int64Exact(messages),
		"billable_messages_sent": knownvalue.Int64Exact(billable), "people": knownvalue.Int64Exact(people),
		"object_types": knownvalue.Int64Exact(types), "objects": knownvalue.Int64Exact(objects),
	})
}

func TestWorkspacesOfTheAccount(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{AppAPIKeys: []string{simulator.DefaultAppAPIKey, strings.Repeat("0", 32)}})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config:            world.Config(config),
			ConfigPlanChecks:  resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			ConfigStateChecks: holds(workspace("1", "Workspace 1", 0, 0, 0, 0, 0), workspace("2", "Workspace 2", 0, 0, 0, 0, 0)),
		}},
	})
}

func TestWhatTheServiceTells(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body string
		want []knownvalue.Check
	}{
		"counts, in any order": {
			`{"workspaces":[{"id":10,"name":"EU"},{"id":"9","name":"Shop","messages_sent":5000000000,"billable_messages_sent":"2","people":3,"object_types":4,"objects":5,"more":{}}]}`,
			[]knownvalue.Check{workspace("9", "Shop", 5000000000, 2, 3, 4, 5), workspace("10", "EU", 0, 0, 0, 0, 0)},
		},
		"none": {`{"workspaces":null}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			world.AddFault(simulator.Fault{Path: "/v1/workspaces", Do: simulator.FaultAnswer, Status: http.StatusOK, Body: test.body})
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				Steps:                    []resource.TestStep{{Config: world.Config(config), ConfigStateChecks: holds(test.want...)}},
			})
		})
	}
}

func TestUnknownKey(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{AppAPIKeys: []string{strings.Repeat("0", 32)}})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: world.Config(config), PlanOnly: true,
			ExpectError: acctest.Message("Unable to list workspaces", "401", "invalid_credentials", "customerio.app_api_key"),
		}},
	})
}
