package reportingwebhook_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// stored answers with the webhook 1 of aepSource, with other events.
func stored(method string, events string) simulator.Fault {
	return simulator.Fault{
		Method: method, Path: webhooks + "*", Do: simulator.FaultAnswer, Status: http.StatusOK,
		Body: fmt.Sprintf(`{"id":1,"type":"webhook","name":"aep-source","endpoint":%q,"events":%s,"disabled":false,`+
			`"full_resolution":false,"with_content":false}`, endpoint, events),
	}
}

func TestEventsThatTheServiceDropsOrAddsOnCreate(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(stored(http.MethodPost, `["customer_subscribed","sms_sent"]`))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: world.Config(aepSource()),
			ExpectError: regexp.MustCompile(`(?s)Customer.io changed the events.*events\s+=.*` +
				`It\s+dropped:\s+email_sent\.\s+It\s+added:\s+sms_sent\.`),
		}},
	})
	require.NotZero(t, world.CallsTo(http.MethodDelete, webhooks+"/1"), "the webhook exists, so the destroy has to know it")
}

func TestEventsThatTheServiceIgnoresOnUpdate(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	changed := world.Config(webhook("aep-source", endpoint, `["email_sent", "email_opened", "sms_sent"]`, ""))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(aepSource())},
			{
				PreConfig:   func() { world.AddFault(stored(http.MethodPut, `["email_sent"]`)) },
				Config:      changed,
				ExpectError: regexp.MustCompile(`(?s)Customer.io changed the events.*dropped:\s+email_opened,\s+sms_sent\.\s+It\s+added:\s+customer_subscribed\.`),
			},
			{
				PreConfig:         world.ClearFaults,
				Config:            changed,
				ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{events("email_sent", "email_opened", "sms_sent")},
			},
		},
	})
}

// A flag that the service stores otherwise decides which events arrive, and with what in them.
func TestFlagsThatTheServiceChanges(t *testing.T) {
	t.Parallel()
	for _, flag := range []string{"disabled", "full_resolution", "with_content"} {
		t.Run(flag, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			world.AddFault(simulator.Fault{Method: http.MethodPost, Path: webhooks, Do: simulator.FaultEdit, Find: `"` + flag + `":\s*false`, Body: `"` + flag + `":true`})
			found := world.Core(t).Apply(t.Context(), &core.Instance{Type: "customerio_reporting_webhook"}, map[string]any{
				"name": "aep-source", "endpoint": endpoint, "events": []any{"email_sent"},
			})
			require.ErrorContains(t, found.Err(), "Customer.io stored `"+flag+" = true` and not false.")
			require.Equal(t, `AttributeName("`+flag+`")`, found[len(found)-1].Attribute.String())
		})
	}
}

// The service may know events that this version of the provider does not know.
func TestUnknownEventIsSentAllTheSame(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(stored(http.MethodPost, `["fax_sent"]`))
	world.AddFault(stored(http.MethodGet, `["fax_sent"]`))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config:            world.Config(webhook("aep-source", endpoint, `["fax_sent"]`, "")),
			ConfigPlanChecks:  planned(plancheck.ResourceActionCreate),
			ConfigStateChecks: []statecheck.StateCheck{events("fax_sent")},
		}, {
			PreConfig: world.ClearFaults, Config: world.Config(webhook("aep-source", endpoint, `["fax_sent"]`, "")), Destroy: true,
		}},
	})
	require.Equal(t, []any{"fax_sent"}, bodies(t, world, http.MethodPost)[0]["events"])
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	refusal := func(status int, code, detail, pointer string) simulator.Fault {
		return simulator.Fault{
			Method: http.MethodPost, Do: simulator.FaultAnswer, Status: status,
			Body: fmt.Sprintf(`{"errors":[{"detail":"%s (reference a1b2c3)","status":%q,"code":%q,"source":{"pointer":%q}}]}`,
				detail, strconv.Itoa(status), code, pointer),
		}
	}
	for name, test := range map[string]struct {
		fault   simulator.Fault
		key     string
		message string
	}{
		"unknown key": {
			key:     "0000000000000000000000000000dead",
			message: `(?s)Unable to create reporting webhook.*401.*invalid_credentials.*customerio\.app_api_key.\s+\(CUSTOMERIO_APP_API_KEY\)`,
		},
		"key of the other region": {
			key:     simulator.DefaultEUAppAPIKey,
			message: `(?s)301.*wrong\s+datacenter.*Set\s+.customerio\.region.\s+\(CUSTOMERIO_REGION\)`,
		},
		"key without access": {
			fault:   refusal(http.StatusForbidden, "", "Forbidden", ""),
			message: `(?s)403.*reference\s+a1b2c3.*not\s+allowed\s+to\s+manage\s+reporting\s+webhooks.*customerio\.app_api_key`,
		},
		"daily quota": {
			fault:   refusal(http.StatusTooManyRequests, "", "daily quota exceeded", ""),
			message: `(?s)429.*daily\s+quota\s+exceeded.*The\s+daily\s+API\s+quota\s+of\s+the\s+workspace\s+is\s+used\s+up`,
		},
		"endpoint that the service does not take": {
			fault:   refusal(http.StatusUnprocessableEntity, "", "endpoint is blocked", "/endpoint"),
			message: `(?s)endpoint = .*422.*endpoint\s+is\s+blocked`,
		},
		"name that is taken": {
			fault:   refusal(http.StatusUnprocessableEntity, "", "A webhook with that name already exists", "/data/attributes/name"),
			message: `(?s)name     = "aep-source".*422.*already\s+exists`,
		},
		"proxy's page": {
			fault: simulator.Fault{
				Method: http.MethodPost, Do: simulator.FaultAnswer, Status: http.StatusNotFound, Header: http.Header{"Content-Type": {"text/html"}},
				Body: "<html><body>No such host here</body></html>",
			},
			message: `(?s)404.*A\s+gateway\s+or\s+proxy\s+answered\s+instead\s+of\s+Customer\.io.*URL`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			if test.fault.Do != "" {
				world.AddFault(test.fault)
			}
			config := world.ConfigWith("max_retries = 0", aepSource())
			if test.key != "" {
				config = strings.Replace(config, simulator.DefaultAppAPIKey, test.key, 1)
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				CheckDestroy:             world.NothingLeft,
				Steps:                    []resource.TestStep{{Config: config, ExpectError: regexp.MustCompile(test.message)}},
			})
			posts := 0 // where not even the list before it is answered
			if test.fault.Method == http.MethodPost {
				posts = 1
			}
			require.Equal(t, posts, world.CallsTo(http.MethodPost, webhooks))
		})
	}
}

// A refusal may quote the endpoint that the webhook still has, which is as secret as the new one.
func TestRefusedUpdateThatQuotesTheOldEndpoint(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	// Addresses like those of streaming endpoints are masked wherever they come from. This one is secret because the webhook has it.
	const old = "https://example.com/hooks/4f9db71c"
	var message string
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		ErrorCheck:               func(err error) error { message = err.Error(); return nil },
		Steps: []resource.TestStep{
			{Config: world.Config(webhook("aep-source", old, `["email_sent"]`, ""))},
			{
				PreConfig: func() {
					world.AddFault(simulator.Fault{
						Method: http.MethodPut, Path: webhooks + "/*", Do: simulator.FaultAnswer, Status: http.StatusUnprocessableEntity,
						Body: `{"errors":[{"detail":"` + old + ` is still in use (reference a1b2c3)","status":"422"}]}`,
					})
				},
				Config: world.Config(webhook("aep-source", endpoint, `["email_sent"]`, "")),
			},
		},
	})
	require.Regexp(t, acctest.Message("Unable to update reporting webhook", "is still in use", "reference a1b2c3"), message)
	require.NotContains(t, message, old)
}

// Where several webhooks may be the one, a person has to decide. Until then none is created or deleted.
func TestLostAnswerAmongLookalikes(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(simulator.Fault{Method: http.MethodPost, Path: webhooks, Do: simulator.FaultResetAfter})
	world.AddFault(simulator.Fault{Method: http.MethodGet, Path: webhooks, Do: simulator.FaultResetBefore, After: 1})
	config := world.ConfigWith("max_retries = 0", aepSource())
	var theirs string
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:      config,
				ExpectError: acctest.Message("Unable to create reporting webhook", "may have carried it out", "It is not known whether the"),
			},
			{
				PreConfig: func() {
					world.ClearFaults()
					theirs = world.Make(t, webhooks, `{"name":"aep-source","endpoint":"`+endpoint+`","events":["email_sent"],"disabled":false,"full_resolution":false,"with_content":false}`)
				},
				Config:      config,
				ExpectError: acctest.Message("Unable to read reporting webhook", "an earlier create may have created one", "2 are new: 1; 2", "Delete those that nobody uses"),
			},
			{
				PreConfig: func() {
					require.Equal(t, 2, world.CallsTo(http.MethodPost, webhooks), "that of the provider and theirs")
					require.NoError(t, world.Delete(simulator.KindReportingWebhook, theirs))
				},
				Config:           config,
				ConfigPlanChecks: planned(plancheck.ResourceActionReplace),
				Check: func(*terraform.State) error {
					require.Len(t, world.Alive(simulator.KindReportingWebhook), 1)
					return nil
				},
			},
		},
	})
}
