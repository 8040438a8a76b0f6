package webhookerrors_test

import (
	"net/http"
	"regexp"
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

const address = "data.customerio_reporting_webhook_errors.this"

func TestMain(m *testing.M) { acctest.Main(m) }

func errorsOf(webhookID string) string {
	return acctest.Data("customerio_reporting_webhook_errors", `webhook_id = `+webhookID)
}

func webhook(endpoint string) string {
	return `
resource "customerio_reporting_webhook" "this" {
  name     = "Shop"
  endpoint = ` + endpoint + `
  events   = ["email_sent"]
}
`
}

func at(place tfjsonpath.Path, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, place, want)
}

func counted(count int64) statecheck.StateCheck {
	return at(tfjsonpath.New("error_count"), knownvalue.Int64Exact(count))
}

// Somebody deletes the dataflow, and the inlet refuses the next event.
func TestRefusedEventsAreErrors(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	flow := world.MakeFlow(t, "Shop", world.MakeSourceConnection(t, "Source"), world.MakeTargetConnection(t, "Target"), world.MakeMappingSet(t, "Mapping"))
	config := world.Config(`
data "customerio_streaming_endpoint" "this" {
  dataflow_id = "` + flow + `"
}
` + webhook("data.customerio_streaming_endpoint.this.webhook_url") + errorsOf("customerio_reporting_webhook.this.id"))
	emit := func() {
		_, err := world.Emit(t.Context(), "email_sent", nil)
		require.NoError(t, err)
	}
	first := tfjsonpath.New("errors").AtSliceIndex(0)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			{
				Config:            config,
				ConfigPlanChecks:  resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
				ConfigStateChecks: []statecheck.StateCheck{counted(0), at(tfjsonpath.New("errors"), knownvalue.ListSizeExact(0))},
			},
			{
				PreConfig: func() {
					emit()
					world.AddFault(simulator.Fault{Path: "/collection/*", Do: simulator.FaultAnswer, Status: http.StatusForbidden, Times: 1})
					emit()
				},
				Config: config,
				ConfigStateChecks: []statecheck.StateCheck{
					counted(1),
					at(first.AtMapKey("status"), knownvalue.Int64Exact(http.StatusForbidden)), at(first.AtMapKey("event"), knownvalue.StringExact("email_sent")),
					at(first.AtMapKey("message"), knownvalue.StringExact("POST *** the endpoint answered 403")),
					at(first.AtMapKey("occurred_at"), knownvalue.StringRegexp(regexp.MustCompile(`^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$`))),
				},
			},
		},
	})
}

// A plan that refreshes the webhook, or asks twice for its errors, reads it once.
func TestAPlanReadsTheWebhookOnce(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Write("main.tf", acctest.Required+world.Config(webhook(`"https://hooks.example.com/t"`)+errorsOf("customerio_reporting_webhook.this.id")+`
data "customerio_reporting_webhook_errors" "again" {
  webhook_id = customerio_reporting_webhook.this.id
}`))
	w.Run("apply", "-auto-approve", "-no-color")
	require.Equal(t, 2, world.CallsTo(http.MethodGet, "/v1/reporting_webhooks/1"), "both for errors: what a process created, it knows")
	world.ResetCalls()
	w.NothingToChange()
	require.Equal(t, 2, world.CallsTo(http.MethodGet, "/v1/reporting_webhooks/1/errors"))
	require.Equal(t, 2+1, world.CallsTo(http.MethodGet, "/v1/reporting_webhooks/1"), "the other is the refresh")
}

// An endpoint that does not look like an inlet is masked because the webhook was read.
func TestEndpointsAreMasked(t *testing.T) {
	t.Parallel()
	const secret = "https://hooks.example.com/t/4f9d?key=b71c"
	world := acctest.New(t, simulator.Options{})
	world.AddFault(simulator.Fault{
		Path: "*/errors", Do: simulator.FaultAnswer, Status: http.StatusOK,
		Body: `{"errors":["no answer from ` + secret + `",{"error":"refused by https://hooks.example.com/t/4f9d","created_at":"2026-09-17T08:00:00Z","new":1}]}`,
	})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			{Config: world.Config(webhook(`"` + secret + `"`))},
			{ // by a process that did not write the endpoint
				Config: world.Config(webhook(`"`+secret+`"`) + errorsOf("customerio_reporting_webhook.this.id")),
				ConfigStateChecks: []statecheck.StateCheck{
					at(tfjsonpath.New("errors").AtSliceIndex(0).AtMapKey("message"), knownvalue.StringExact("refused by ***")),
					at(tfjsonpath.New("errors").AtSliceIndex(1).AtMapKey("message"), knownvalue.StringExact("no answer from ***")),
				},
			},
		},
	})
}

// No document has the form of the answer, so whatever holds errors is taken, and no error is lost.
func TestFormsOfTheAnswer(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body  string
		count int64
		last  knownvalue.Check
	}{
		"null":             {`{"errors":null}`, 0, nil},
		"a list alone":     {`[{"message":"late"}]`, 1, knownvalue.StringExact("late")},
		"seconds":          {`{"errors":[{"timestamp":1613063088,"detail":"old"},{"timestamp":"1613063089","detail":"new"}]}`, 2, knownvalue.StringExact("new")},
		"unknown members":  {`{"errors":[{"cause":"dns"}]}`, 1, knownvalue.StringExact(`{"cause":"dns"}`)},
		"members of types": {`{"errors":[{"status":"timeout","message":"late"}]}`, 1, knownvalue.StringExact(`{"status":"timeout","message":"late"}`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			world.AddFault(simulator.Fault{Path: "*/errors", Do: simulator.FaultAnswer, Status: http.StatusOK, Body: test.body})
			checks := []statecheck.StateCheck{counted(test.count)}
			if test.last != nil {
				checks = append(checks, at(tfjsonpath.New("errors").AtSliceIndex(0).AtMapKey("message"), test.last))
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				Steps: []resource.TestStep{{
					Config: world.Config(webhook(`"https://hooks.example.com/t"`) + errorsOf("customerio_reporting_webhook.this.id")), ConfigStateChecks: checks,
				}},
			})
		})
	}
}

// A webhook that exists and has no such call must not look like one without errors.
func TestErrorsThatAreNotKept(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(simulator.Fault{
		Path: "*/errors", Do: simulator.FaultAnswer, Status: http.StatusNotFound, Body: `{"errors":[{"detail":"not found","status":"404"}]}`,
	})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config:            world.Config(webhook(`"https://hooks.example.com/t"`) + errorsOf("customerio_reporting_webhook.this.id")),
			ConfigStateChecks: []statecheck.StateCheck{at(tfjsonpath.New("error_count"), knownvalue.Null()), at(tfjsonpath.New("errors"), knownvalue.Null())},
			Check: func(*terraform.State) error {
				require.Positive(t, world.CallsTo(http.MethodGet, "/errors"))
				return nil
			},
		}},
	})
}

func TestErrors(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	js := world.AddJSWebhook("Made by hand")
	require.Equal(t, 1, js)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			{
				Config:      world.Config(errorsOf(`"42"`)),
				ExpectError: acctest.Message("Reporting webhook not found", "webhook_id = ", "42", "customerio.app_api_key"),
			},
			{Config: world.Config(errorsOf(`"1"`)), ConfigStateChecks: []statecheck.StateCheck{counted(0)}},
			{
				PreConfig: func() {
					world.AddFault(simulator.Fault{Path: "*/errors", Do: simulator.FaultAnswer, Status: http.StatusForbidden, Body: `{"errors":[{"detail":"not now","status":"403"}]}`})
				},
				Config:      world.Config(errorsOf(`"1"`)),
				ExpectError: acctest.Message("Unable to read the delivery errors of reporting webhook", "403", "not now"),
			},
		},
	})
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	acctest.New(t, simulator.Options{}).Refuses(t, map[string]acctest.BadInput{
		"ID that is no number": {Config: errorsOf(`"shop"`), Line: `webhook_id = "shop"`, Message: "must be a number"},
	})
}
