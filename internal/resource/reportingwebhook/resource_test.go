package reportingwebhook_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const (
	address  = "customerio_reporting_webhook.this"
	webhooks = "/v1/reporting_webhooks"
	endpoint = "https://hooks.example.com/2301a1f761f6d7bf62c5312c535e1076bbc7f14d728e63cdfd37ecbb4344425b"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// webhook is a configuration with the attributes that are required, and more.
func webhook(name, endpoint, events, more string) string {
	return fmt.Sprintf(`
resource "customerio_reporting_webhook" "this" {
  name     = %q
  endpoint = %q
  events   = %s
  %s
}
`, name, endpoint, events, more)
}

func aepSource() string {
	return webhook("aep-source", endpoint, `["email_sent", "customer_subscribed"]`, "")
}

func subject(world *acctest.World) acctest.Subject {
	return acctest.Subject{
		World: world, Address: address, Kind: simulator.KindReportingWebhook, Collection: webhooks,
		Config: world.Config(aepSource()),
		Arguments: func(*testing.T) map[string]any {
			return map[string]any{"name": "aep-source", "endpoint": endpoint, "events": []any{"email_sent", "customer_subscribed"}}
		},
		Change:  func(body map[string]any) { body["name"], body["disabled"] = "Renamed", true },
		Missing: "42", Malformed: "aep-source", Message: "must be a number",
	}
}

func TestStories(t *testing.T) { acctest.TellStories(t, subject) }

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{
		PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)},
		PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
	}
}

func text(attribute, value string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), knownvalue.StringExact(value))
}

func flag(attribute string, value bool) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), knownvalue.Bool(value))
}

func events(names ...string) statecheck.StateCheck {
	var checks []knownvalue.Check
	for _, name := range names {
		checks = append(checks, knownvalue.StringExact(name))
	}
	return statecheck.ExpectKnownValue(address, tfjsonpath.New("events"), knownvalue.SetExact(checks))
}

// bodies are those of the calls with a method.
func bodies(t *testing.T, world *acctest.World, method string) []map[string]any {
	t.Helper()
	var sent []map[string]any
	for _, call := range world.Calls() {
		if call.Method != method {
			continue
		}
		var body map[string]any
		require.NoError(t, json.Unmarshal([]byte(call.RequestBody), &body))
		sent = append(sent, body)
	}
	return sent
}

func TestCreateReadUpdateImport(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	const everything = `
  disabled        = true
  full_resolution = true
  with_content    = true
`
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:           world.Config(aepSource()),
				ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{
					text("id", "1"), text("type", "webhook"), text("name", "aep-source"), text("endpoint", endpoint),
					events("email_sent", "customer_subscribed"),
					flag("disabled", false), flag("full_resolution", false), flag("with_content", false),
					statecheck.ExpectSensitiveValue(address, tfjsonpath.New("endpoint")),
				},
				Check: func(*terraform.State) error {
					require.Equal(t, []map[string]any{{
						"name": "aep-source", "endpoint": endpoint, "events": []any{"customer_subscribed", "email_sent"},
						"disabled": false, "full_resolution": false, "with_content": false,
					}}, bodies(t, world, http.MethodPost))
					return nil
				},
			},
			{ResourceName: address, ImportState: true, ImportStateVerify: true},
			{ // every attribute changes in place: otherwise this would be a replacement
				Config:           world.Config(webhook("aep-source-2", "https://example.com/webhook", `["sms_sent"]`, everything)),
				ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{
					text("id", "1"), text("name", "aep-source-2"), text("endpoint", "https://example.com/webhook"), events("sms_sent"),
					flag("disabled", true), flag("full_resolution", true), flag("with_content", true),
				},
			},
			{ResourceName: address, ImportState: true, ImportStateVerify: true},
			{ // what is left out is the default again
				Config:            world.Config(webhook("aep-source-2", "https://example.com/webhook", `["sms_sent"]`, "")),
				ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{flag("disabled", false), flag("full_resolution", false), flag("with_content", false)},
			},
		},
	})
	require.Equal(t, 1, world.CallsTo(http.MethodPost, webhooks))
	require.Equal(t, 1, world.CallsTo(http.MethodDelete, webhooks+"/1"))
}

// It is not documented whether the service keeps or resets what a PUT leaves out, so each one sends everything.
func TestEveryUpdateSendsEverything(t *testing.T) {
	t.Parallel()
	changes := map[string]struct{ to, sent any }{
		"name":            {"renamed", "renamed"},
		"endpoint":        {endpoint + "/b", endpoint + "/b"},
		"events":          {[]any{"sms_sent", "customer_subscribed"}, []any{"customer_subscribed", "sms_sent"}},
		"disabled":        {false, false},
		"full_resolution": {false, false},
		"with_content":    {false, false},
	}
	configured := func() map[string]any {
		return map[string]any{
			"name": "aep-source", "endpoint": endpoint, "events": []any{"customer_subscribed", "email_sent"},
			"disabled": true, "full_resolution": true, "with_content": true,
		}
	}
	for attribute, change := range changes {
		t.Run(attribute, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			terraform, i := world.Core(t), &core.Instance{Type: "customerio_reporting_webhook"}
			acctest.Applied(t, terraform, i, core.Create, configured())
			changed, sent := configured(), configured()
			changed[attribute], sent[attribute] = change.to, change.sent
			acctest.Applied(t, terraform, i, core.Update, changed)
			require.Equal(t, []map[string]any{sent}, bodies(t, world, http.MethodPut))
			require.Empty(t, terraform.Apply(t.Context(), i, nil))
			require.NoError(t, world.NothingLeft(nil))
		})
	}
}

func TestTheOrderOfEventsDoesNotMatter(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(webhook("aep-source", endpoint, `["email_sent", "email_opened", "sms_sent"]`, ""))},
			{
				Config:           world.Config(webhook("aep-source", endpoint, `["sms_sent", "email_opened", "email_sent", "sms_sent"]`, "")),
				ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
			},
		},
	})
}
