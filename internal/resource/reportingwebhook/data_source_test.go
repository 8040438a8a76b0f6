package reportingwebhook_test

import (
	"net/http"
	"strconv"
	"strings"
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

// byDataflow makes a webhook that goes to a dataflow, without Terraform.
func byDataflow(t *testing.T, world *acctest.World, name, dataflow string) string {
	t.Helper()
	return world.Make(t, "/v1/reporting_webhooks", `{"name":"`+name+`","endpoint":"https://dcs.adobedc.net/collection/abc?x-adobe-flow-id=`+dataflow+
		`","events":["email_sent"]}`)
}

// A webhook is found by the dataflow that its endpoint names, which is not secret, in any capitals.
func TestLookupByDataflow(t *testing.T) {
	t.Parallel()
	lookup := lookedUp(t)
	const shop, store = "4982698b-e6b3-48c2-8dcf-040e20121fd2", "86043421-563b-46ec-8e6c-e23184711bf6"
	lookup.Make(t, "Elsewhere")
	byDataflow(t, lookup.World, "Store", store)
	byDataflow(t, lookup.World, "Store EU", store)
	id := byDataflow(t, lookup.World, "Shop", shop)
	with := func(dataflow string) string { return lookup.With(`dataflow_id = "` + dataflow + `"`) }
	found := func(dataflow string) resource.TestStep {
		return resource.TestStep{
			Config: with(dataflow),
			ConfigStateChecks: acctest.InState("data.customerio_reporting_webhook.this", map[string]string{
				"id": id, "name": "Shop", "dataflow_id": dataflow,
			}),
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories, Steps: []resource.TestStep{found(shop), found(strings.ToUpper(shop))},
	})
	const missing = "16043421-563b-46ec-8e6c-e23184711bf6"
	acctest.PlansFail(t, map[string]acctest.Failure{
		"none": {Config: with(missing), Message: []string{
			"Reporting webhook not found", `dataflow_id = "` + missing, `There is no reporting webhook with the dataflow_id "` + missing + `"`, "Check `dataflow_id`",
		}},
		"several": {Config: with(store), Message: []string{
			"More than one reporting webhook found", `dataflow_id = "` + store, "There are 2 reporting webhooks", `"Store"`, `"Store EU"`, "Set `id` instead of `dataflow_id`.",
		}},
	})
}

func TestLookupWantsOneOfThree(t *testing.T) {
	t.Parallel()
	lookup := lookedUp(t)
	const id, name, dataflow = `id = "42"`, `name = "Shop"`, `dataflow_id = "4982698b-e6b3-48c2-8dcf-040e20121fd2"`
	data := func(arguments ...string) string { return acctest.Data(lookup.Type, arguments...) }
	lookup.World.Refuses(t, map[string]acctest.BadInput{
		"none":              {Config: data(), Line: `data "customerio_reporting_webhook" "this"`, Message: "None is set. Set `name` or `dataflow_id`, or set `id`"},
		"ID and name":       {Config: data(id, name), Line: name, Message: "Both are set. Remove `name`, or remove `id`"},
		"name and dataflow": {Config: data(name, dataflow), Line: dataflow, Message: "Both are set. Remove `dataflow_id`, or remove `name`"},
		"all":               {Config: data(id, name, dataflow), Line: dataflow, Message: "All are set. Remove `dataflow_id`, or remove `id` and `name`"},
		"malformed ID":      {Config: data(`id = "shop"`), Line: `id = "shop"`, Message: "must be a number"},
		"no dataflow's ID":  {Config: data(`dataflow_id = "42"`), Line: `dataflow_id = "42"`, Message: "must be a UUID"},
		"empty name":        {Config: data(`name = ""`), Line: `name = ""`, Message: "must not be empty"},
	})
}
