package reportingwebhook_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
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
	address  = "customerio_reporting_webhook.this"
	endpoint = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7?x-adobe-flow-id=4982698b-e6b3-48c2-8dcf-040e20121fd2"
)

func TestMain(m *testing.M) { acctest.Main(m) }

func webhook(attributes string) string {
	return fmt.Sprintf("resource \"customerio_reporting_webhook\" \"this\" {\n%s\n}\n", attributes)
}

func shop(more string) string {
	return webhook(fmt.Sprintf("name = \"Shop\"\nendpoint = %q\nevents = [\"email_sent\", \"customer_subscribed\"]\n%s", endpoint, more))
}

// TestOnlyACustomerIOKeyIsNeeded also shows that every change is in place, by a PUT of the whole webhook.
func TestOnlyACustomerIOKeyIsNeeded(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := func(resources string) string {
		return fmt.Sprintf("provider \"customerio\" {\n customerio = {\n app_api_key = %q\n base_url = %q\n requests_per_second = 1000\n }\n}\n",
			simulator.DefaultAppAPIKey, world.URL) + resources
	}
	update := func(resources string, wanted map[string]any) resource.TestStep {
		return resource.TestStep{
			PreConfig: world.ResetCalls,
			Config:    config(resources),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate)},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: func(*terraform.State) error {
				requireFullPut(t, world, wanted)
				return nil
			},
		}
	}
	full := func(changes map[string]any) map[string]any {
		body := map[string]any{
			"name": "Shop", "endpoint": endpoint, "events": []any{"customer_subscribed", "email_sent"},
			"disabled": false, "full_resolution": false, "with_content": false,
		}
		for name, value := range changes {
			body[name] = value
		}
		return body
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config: config(shop("")),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, tfjsonpath.New("type"), knownvalue.StringExact("webhook")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("disabled"), knownvalue.Bool(false)),
					statecheck.ExpectSensitiveValue(address, tfjsonpath.New("endpoint")),
				},
			},
			{ResourceName: address, ImportState: true, ImportStateVerify: true},
			update(shop("disabled = true"), full(map[string]any{"disabled": true})),
			update(shop("full_resolution = true"), full(map[string]any{"full_resolution": true})),
			update(shop("with_content = true"), full(map[string]any{"with_content": true})),
			update(strings.Replace(shop(""), `"Shop"`, `"Shop EU"`, 1), full(map[string]any{"name": "Shop EU"})),
			update(strings.Replace(shop(""), `"email_sent", `, "", 1), full(map[string]any{"events": []any{"customer_subscribed"}})),
			update(strings.Replace(shop(""), "e75dcb5247eb65e7", "ffff", 1),
				full(map[string]any{"endpoint": strings.Replace(endpoint, "e75dcb5247eb65e7", "ffff", 1)})),
		},
	})
}

func requireFullPut(t *testing.T, world *acctest.World, wanted map[string]any) {
	t.Helper()
	puts := 0
	for _, call := range world.Calls() {
		if call.Method != http.MethodPut {
			continue
		}
		puts++
		var body map[string]any
		require.NoError(t, json.Unmarshal([]byte(call.RequestBody), &body))
		require.Equal(t, wanted, body)
	}
	require.Equal(t, 1, puts)
}

func TestDriftIsSeenAndRepaired(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	each := func(do func(id string) error) func() {
		return func() {
			for _, id := range world.Alive(simulator.KindReportingWebhook) {
				require.NoError(t, do(id))
			}
		}
	}
	planned := func(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
		return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
	}
	remove := each(func(id string) error { return world.Delete(simulator.KindReportingWebhook, id) })
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(shop(""))},
			{
				PreConfig: each(func(id string) error {
					return world.Update(simulator.KindReportingWebhook, id, func(body map[string]any) {
						body["disabled"], body["events"] = true, []any{"email_sent", "line_sent"}
					})
				}),
				Config: world.Config(shop("")), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(address, tfjsonpath.New("disabled"), knownvalue.Bool(false))},
			},
			{PreConfig: remove, Config: world.Config(shop("")), ConfigPlanChecks: planned(plancheck.ResourceActionCreate)},
			{PreConfig: remove, Config: world.Config(shop("")), Destroy: true},
		},
	})
}

func TestOtherEventsThanAskedForAreReported(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(shop(""))},
			{
				PreConfig: func() {
					world.AddFault(simulator.Fault{
						Method: http.MethodGet, Path: "/v1/reporting_webhooks/*", After: 1, Do: simulator.FaultAnswer, Status: http.StatusOK,
						Body: `{"id":1,"type":"webhook","name":"Shop","endpoint":"` + endpoint + `","events":["email_sent","email_opened"],"disabled":true}`,
					})
				},
				Config: world.Config(shop("disabled = true")),
				ExpectError: regexp.MustCompile(
					`(?s)Customer.io changed the events.*events\s+=.*dropped:\s+customer_subscribed\..*added:\s+email_opened\.`),
			},
			{PreConfig: world.ClearFaults, Config: world.Config(shop("disabled = true"))},
		},
	})
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault   simulator.Fault
		message string
	}{
		"wrong region": {
			simulator.Fault{Status: http.StatusMovedPermanently, Header: http.Header{"Location": {"https://api-eu.customer.io/v1/reporting_webhooks"}},
				Body: `{"errors":[{"detail":"wrong datacenter","status":"301"}]}`},
			`(?s)wrong\s+datacenter.*customerio\.region\s+\(CUSTOMERIO_REGION\)`,
		},
		"no access": {
			simulator.Fault{Status: http.StatusForbidden, Body: `{"errors":[{"detail":"forbidden","status":"403"}]}`},
			`(?s)403.*no\s+access\s+to\s+reporting\s+webhooks`,
		},
		"bad endpoint": {
			simulator.Fault{Status: http.StatusUnprocessableEntity, Body: `{"errors":[{"detail":"` + endpoint + ` is refused","status":"422","source":{"pointer":"/endpoint"}}]}`},
			`(?s)endpoint\s+=\s+\(?.*422.*\*\*\*\s+is\s+refused`,
		},
		"ambiguous": {
			simulator.Fault{Status: http.StatusInternalServerError, Body: `{"errors":[{"detail":"oops","status":"500"}]}`},
			`(?s)may\s+or\s+may\s+not\s+have\s+carried\s+out.*may\s+exist\s+all\s+the\s+same`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			world := acctest.New(t, simulator.Options{})
			test.fault.Method, test.fault.Path, test.fault.Do = http.MethodPost, "/v1/reporting_webhooks", simulator.FaultAnswer
			world.AddFault(test.fault)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				Steps:                    []resource.TestStep{{Config: world.Config(shop("")), ExpectError: regexp.MustCompile(test.message)}},
			})
			require.Equal(t, 1, world.CallsTo(http.MethodPost, "/reporting_webhooks"), "a POST is not repeated")
		})
	}
}

func TestAJavaScriptWebhookCannotBeImported(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	id := world.AddJSWebhook("By hand")
	step := func(id, message string) resource.TestStep {
		return resource.TestStep{
			Config: world.Config(shop("")), ResourceName: address, ImportState: true, ImportStateId: id, ExpectError: regexp.MustCompile(message),
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			step(strconv.Itoa(id), `(?s)By hand.*of\s+the\s+type\s+"js"`),
			step("abc", `(?s)must\s+be\s+a\s+number`),
			step("4711", `Cannot import non-existent remote object`),
		},
	})
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	for name, test := range map[string]struct{ attributes, message string }{
		"empty name":       {"name = \"\"\nendpoint = \"https://example.com\"\nevents = [\"email_sent\"]", `(?s)name = "".*Attribute\s+name\s+must\s+not\s+be\s+empty`},
		"no events":        {"name = \"a\"\nendpoint = \"https://example.com\"\nevents = []", `(?s)events = \[\].*Attribute\s+events\s+set\s+must\s+contain\s+at\s+least\s+1`},
		"malformed event":  {"name = \"a\"\nendpoint = \"https://example.com\"\nevents = [\"Email sent\"]", `(?s)events.*must\s+be\s+an\s+event\s+such\s+as\s+email_sent`},
		"endpoint no URL":  {"name = \"a\"\nendpoint = \"example\"\nevents = [\"email_sent\"]", `(?s)Attribute\s+endpoint\s+must\s+be\s+an\s+absolute`},
		"endpoint no host": {"name = \"a\"\nendpoint = \"https:///x\"\nevents = [\"email_sent\"]", `(?s)Attribute\s+endpoint.*it\s+has\s+no\s+host`},
	} {
		t.Run(name, func(t *testing.T) {
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				Steps: []resource.TestStep{{
					Config: world.Config(webhook(test.attributes)), PlanOnly: true, ExpectError: regexp.MustCompile(test.message),
				}},
			})
		})
	}
}
