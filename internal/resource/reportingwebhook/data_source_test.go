package reportingwebhook_test

import (
	"net/http"
	"strconv"
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
		World: world, Type: "customerio_reporting_webhook", Object: "reporting webhook", Collection: "/v1/reporting_webhooks",
		Make:    world.MakeWebhook,
		Missing: "4711", Malformed: "shop", Message: "must be a number",
	}
}

// The list has no pages.
func TestLookupByIDAndName(t *testing.T)      { t.Parallel(); lookedUp(t).IsFoundByIDAndName(t) }
func TestLookupOfNoneAndSeveral(t *testing.T) { t.Parallel(); lookedUp(t).FailsOnNoneAndOnSeveral(t) }
func TestLookupWantsIDOrName(t *testing.T)    { t.Parallel(); lookedUp(t).WantsIDOrName(t) }
func TestLookupByAwkwardName(t *testing.T)    { t.Parallel(); lookedUp(t).IsFoundByAwkwardName(t) }

func TestLookupReadsEverything(t *testing.T) {
	t.Parallel()
	lookup := lookedUp(t)
	id := lookup.Make(t, "Shop")
	var checks []statecheck.StateCheck
	for _, at := range []string{lookup.ByID(), lookup.ByName()} {
		for attribute, want := range map[string]knownvalue.Check{
			"type": knownvalue.StringExact("webhook"), "name": knownvalue.StringExact("Shop"),
			"endpoint": knownvalue.StringExact("https://example.com/hook"), "disabled": knownvalue.Bool(true),
			"full_resolution": knownvalue.Bool(true), "with_content": knownvalue.Bool(false),
			"events": knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact("email_sent")}),
		} {
			checks = append(checks, statecheck.ExpectKnownValue(at, tfjsonpath.New(attribute), want))
		}
		checks = append(checks, statecheck.ExpectSensitiveValue(at, tfjsonpath.New("endpoint")))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps:                    []resource.TestStep{{Config: lookup.Both(id, "Shop"), ConfigStateChecks: checks}},
	})
}

// JavaScript webhooks can be read, but not managed.
func TestLookupOfAJavaScriptWebhook(t *testing.T) {
	t.Parallel()
	lookup := lookedUp(t)
	id := strconv.Itoa(lookup.World.AddJSWebhook("Script"))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: lookup.Both(id, "Script"),
			ConfigStateChecks: append(acctest.InState(lookup.ByID(), map[string]string{"type": "js", "name": "Script"}),
				acctest.InState(lookup.ByName(), map[string]string{"type": "js", "id": id})...),
		}},
	})
}

// The service answers null where there is no webhook. The key may be that of another workspace.
func TestLookupInAnEmptyWorkspace(t *testing.T) {
	t.Parallel()
	lookup := lookedUp(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: lookup.With(`name = "Shop"`), ExpectError: acctest.Message("not found", `name = "Shop"`, "There is no reporting webhook", "app_api_key"),
		}},
	})
}

// Several webhooks of one name are listed with what tells them apart, but without their endpoints, which are secret.
func TestLookupListsNoEndpoints(t *testing.T) {
	t.Parallel()
	lookup := lookedUp(t)
	lookup.World.AddFault(simulator.Fault{
		Method: http.MethodGet, Path: "*" + lookup.Collection, Do: simulator.FaultAnswer, Status: http.StatusOK,
		Body: `{"reporting_webhooks":[{"id":1,"name":"Shop","type":"webhook","endpoint":"https://example.com/hidden","events":null},
			{"id":"2","name":"Shop","type":"js","endpoint":"https://example.com/hidden","events":["email_sent"],"disabled":true}]}`,
	})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config:      lookup.With(`name = "Shop"`),
			ExpectError: acctest.Message("More than one", "There are 2 reporting webhooks", `- 1: "Shop", type "webhook", 0 events, disabled: false - 2: "Shop", type "js", 1 events, disabled: true Set`),
		}},
	})
}
