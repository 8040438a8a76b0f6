package reportingwebhook_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const noSuchFlow = "4982698b-e6b3-48c2-8dcf-040e20121fd2"

// twoFlows are the streaming endpoints and the IDs of two dataflows.
func twoFlows(t *testing.T, world *acctest.World) (inlets, ids [2]string) {
	t.Helper()
	for i, name := range []string{"Shop", "Store"} {
		source, target, set := world.MakeSourceConnection(t, name), world.MakeTargetConnection(t, name), world.MakeMappingSet(t, name)
		ids[i] = world.MakeFlow(t, name, source, target, set)
		inlets[i] = world.Inlet(t, ids[i])
	}
	world.Keep()
	return inlets, ids
}

func to(endpoint string) map[string]any {
	return map[string]any{"name": "aep-source", "endpoint": endpoint, "events": []any{"email_sent"}}
}

// An endpoint from which nothing would reach a dataset is refused in the plan, of a create and of an update.
func TestEndpointsThatLeadNowhere(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	inlets, ids := twoFlows(t, world)
	terraform, existing := world.Core(t), &core.Instance{Type: "customerio_reporting_webhook"}
	acctest.Applied(t, terraform, existing, core.Create, to(inlets[0]+"?x-adobe-flow-id="+ids[0]))
	world.ResetCalls()
	for name, test := range map[string]struct {
		endpoint, summary string
		severity          tfprotov6.DiagnosticSeverity
		names             []string
	}{
		"no dataflow": {inlets[0], "Streaming endpoint without a dataflow", tfprotov6.DiagnosticSeverityError, []string{"`webhook_url`", "`streaming_endpoint_url`"}},
		"no dataflow at Adobe": {
			"https://dcs.adobedc.net/collection/abc", "Streaming endpoint without a dataflow", tfprotov6.DiagnosticSeverityError, []string{"`x-adobe-flow-id`"},
		},
		"two dataflows": {
			inlets[0] + "?x-adobe-flow-id=" + ids[0] + "&x-adobe-flow-id=" + ids[1], "Streaming endpoint without a dataflow", tfprotov6.DiagnosticSeverityError, nil,
		},
		"one dataflow twice": {
			inlets[0] + "?x-adobe-flow-id=" + ids[0] + "&x-adobe-flow-id=" + ids[0], "Streaming endpoint without a dataflow", tfprotov6.DiagnosticSeverityError,
			[]string{"more than once"},
		},
		"a parameter of another spelling": {
			inlets[0] + "?X-Adobe-Flow-Id=" + ids[0], "Streaming endpoint without a dataflow", tfprotov6.DiagnosticSeverityError, []string{`"X-Adobe-Flow-Id", which is another name`},
		},
		"a dataflow behind a fragment": {
			inlets[0] + "#?x-adobe-flow-id=" + ids[0], "Streaming endpoint without a dataflow", tfprotov6.DiagnosticSeverityError, []string{"behind a fragment (#)"},
		},
		"a newline": {
			inlets[0] + "?x-adobe-flow-id=" + ids[0] + "\n", "Invalid Attribute Value", tfprotov6.DiagnosticSeverityError, []string{"begins or ends with white space", "`trimspace(…)`"},
		},
		"a blank before it": {
			" " + inlets[0] + "?x-adobe-flow-id=" + ids[0], "Invalid Attribute Value", tfprotov6.DiagnosticSeverityError, []string{"begins or ends with white space"},
		},
		"capitals": {
			inlets[0] + "?x-adobe-flow-id=" + strings.ToUpper(ids[0]), "Dataflow in capitals", tfprotov6.DiagnosticSeverityWarning, []string{ids[0], "small letters"},
		},
		"credentials": {
			strings.Replace(inlets[0], "://", "://user:canary@", 1) + "?x-adobe-flow-id=" + ids[0], "Credentials in the endpoint", tfprotov6.DiagnosticSeverityWarning,
			[]string{"needs none"},
		},
		"the other dataflow, with more parameters": {
			inlets[0] + "?a=b&x-adobe-flow-id=" + ids[1], "Not the URL of the dataflow", tfprotov6.DiagnosticSeverityError, []string{`"Store"`, ids[1]},
		},
		"no ID of a dataflow": {inlets[0] + "?x-adobe-flow-id=shop", "Streaming endpoint without a dataflow", tfprotov6.DiagnosticSeverityError, nil},
		"a dataflow that is not there": {
			inlets[0] + "?x-adobe-flow-id=" + noSuchFlow, "Not the URL of the dataflow", tfprotov6.DiagnosticSeverityError, []string{`"Shop"`, ids[0], noSuchFlow},
		},
		"the other dataflow": {
			inlets[0] + "?x-adobe-flow-id=" + ids[1], "Not the URL of the dataflow", tfprotov6.DiagnosticSeverityError, []string{`"Store"`, ids[1]},
		},
		"perhaps of another sandbox": {
			"https://dcs.adobedc.net/collection/abc?x-adobe-flow-id=" + noSuchFlow, "Dataflow of the endpoint not found", tfprotov6.DiagnosticSeverityWarning,
			[]string{noSuchFlow, "another sandbox"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kept := *existing
			for _, i := range []*core.Instance{{Type: existing.Type}, &kept} {
				_, found := terraform.Plan(t.Context(), i, to(test.endpoint))
				require.Len(t, found, 1)
				require.Equal(t, test.severity, found[0].Severity)
				require.Equal(t, test.summary, found[0].Summary)
				require.Equal(t, `AttributeName("endpoint")`, found[0].Attribute.String())
				for _, part := range test.names {
					require.Contains(t, found[0].Detail, part)
				}
				require.NotContains(t, found[0].Detail, strings.TrimPrefix(inlets[0], world.URL), "the endpoint is secret")
				require.NotContains(t, found[0].Detail, "canary")
			}
		})
	}
	t.Cleanup(func() {
		require.Zero(t, world.CallsTo(http.MethodPost, webhooks)+world.CallsTo(http.MethodPut, webhooks))
	})
}

// The dataflow shows in the plan, and what cannot be read of it is no reason to refuse anything.
func TestEndpointOfADataflow(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	inlets, ids := twoFlows(t, world)
	world.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*/flows/" + ids[1], Do: simulator.FaultAnswer, Status: http.StatusForbidden})
	terraform, i := world.Core(t), &core.Instance{Type: "customerio_reporting_webhook"}
	for n, action := range []core.Action{core.Create, core.Update} {
		planned := acctest.Applied(t, terraform, i, action, to(inlets[n]+"?x-adobe-flow-id="+ids[n]))
		require.Equal(t, ids[n], (&core.Instance{Object: core.Object{State: planned.After}}).Text("dataflow_id"))
		require.Equal(t, ids[n], i.Text("dataflow_id"))
	}
	acctest.Applied(t, terraform, i, core.Update, to("https://hooks.example.com/a"))
	require.Empty(t, i.Text("dataflow_id"))
}

// What works stays green, and the dataflow is the one that gets the events.
func TestEndpointsThatWork(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	inlets, ids := twoFlows(t, world)
	for name, test := range map[string]struct{ endpoint, dataflow string }{
		"a parameter before": {inlets[0] + "?synchronous=true&x-adobe-flow-id=" + ids[0], ids[0]},
		"a parameter after":  {inlets[0] + "?x-adobe-flow-id=" + ids[0] + "&a=b%20c", ids[0]},
		"a fragment":         {inlets[0] + "?x-adobe-flow-id=" + ids[0] + "#shop", ids[0]},
		"an escaped ID":      {inlets[0] + "?x-adobe-flow-id=" + fmt.Sprintf("%%%x", ids[0][0]) + ids[0][1:], ids[0]},
		"a gateway before":   {"https://events.example.com/adobe?x-adobe-flow-id=" + ids[0], ids[0]},
		"another receiver":   {"https://user:password@hooks.example.com/a#b", ""},
		"another one's name": {"https://hooks.example.com/a?X-Adobe-Flow-Id=" + ids[0], ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			terraform, i := world.Core(t), &core.Instance{Type: "customerio_reporting_webhook"}
			planned := acctest.Applied(t, terraform, i, core.Create, to(test.endpoint))
			require.Equal(t, test.dataflow, (&core.Instance{Object: core.Object{State: planned.After}}).Text("dataflow_id"))
			require.Equal(t, test.dataflow, i.Text("dataflow_id"))
			acctest.Applied(t, terraform, i, core.NoOp, to(test.endpoint))
		})
	}
}

// The dataflow of a webhook that was made by hand is the one that its URL names, whether or not events arrive.
func TestDataflowOfAnImportedWebhook(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	inlets, ids := twoFlows(t, world)
	for endpoint, dataflow := range map[string]string{
		inlets[0] + "?x-adobe-flow-id=" + strings.ToUpper(ids[0]):                         ids[0],
		inlets[0] + "?x-adobe-flow-id=" + ids[0] + "&x-adobe-flow-id=" + ids[0]:           ids[0],
		inlets[0] + "?x-adobe-flow-id=" + ids[0] + "&x-adobe-flow-id=" + ids[1]:           "",
		inlets[0] + "#?x-adobe-flow-id=" + ids[0]:                                         "",
		strings.Replace(inlets[0], "://", "://user:a@", 1) + "?x-adobe-flow-id=" + ids[0]: ids[0],
	} {
		id := world.MakeWebhook(t, "By hand")
		require.NoError(t, world.Update(simulator.KindReportingWebhook, id, func(body map[string]any) { body["endpoint"] = endpoint }))
		terraform, i := world.Core(t), &core.Instance{Type: "customerio_reporting_webhook"}
		require.Empty(t, terraform.Import(t.Context(), i, id))
		require.Equal(t, dataflow, i.Text("dataflow_id"))
		kept := to(endpoint)
		kept["name"], kept["disabled"], kept["full_resolution"] = "By hand", true, true
		planned, found := terraform.Plan(t.Context(), i, kept)
		require.Empty(t, found)
		require.Equal(t, core.NoOp, planned.Action)
	}
}

// Where the endpoint is known only during the apply, it is refused before the webhook is created.
func TestEndpointThatIsKnownLate(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	inlets, _ := twoFlows(t, world)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: world.Config(`
resource "terraform_data" "endpoint" { input = "` + inlets[0] + `" }

resource "customerio_reporting_webhook" "this" {
  name     = "aep-source"
  endpoint = terraform_data.endpoint.output
  events   = ["email_sent"]
}
`),
			ExpectError: acctest.Message("Streaming endpoint without a dataflow", "endpoint = terraform_data.endpoint.output"),
		}},
	})
	require.Zero(t, world.CallsTo(http.MethodPost, webhooks))
}

// A webhook needs an endpoint, but one that was imported keeps its own. So what Terraform generates for an import, which leaves out
// what is secret, is valid.
func TestImportWithoutAnEndpoint(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	id := world.MakeWebhook(t, "By hand")
	arguments := map[string]any{"name": "By hand", "events": []any{"email_sent"}, "disabled": true, "full_resolution": true}
	terraform, i := world.Core(t), &core.Instance{Type: "customerio_reporting_webhook"}
	require.Empty(t, terraform.Import(t.Context(), i, id))
	planned, found := terraform.Plan(t.Context(), i, arguments)
	require.Empty(t, found)
	require.Equal(t, core.NoOp, planned.Action)
	require.Equal(t, "https://example.com/hook", i.Text("endpoint"))
	arguments["name"] = "Renamed"
	acctest.Applied(t, terraform, i, core.Update, arguments)
	require.Equal(t, "https://example.com/hook", i.Text("endpoint"))

	_, found = terraform.Plan(t.Context(), &core.Instance{Type: i.Type}, arguments)
	require.Len(t, found, 1)
	require.Equal(t, "Missing endpoint", found[0].Summary)
}
