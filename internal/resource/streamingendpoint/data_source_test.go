package streamingendpoint_test

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
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
	address  = "data.customerio_streaming_endpoint.this"
	dataflow = "customerio_dataflow.this"
	someID   = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
	someURL  = "https://dcs.adobedc.net/collection/2301a1f761f6d7bf62c5312c535e1076bbc7f14d728e63cdfd37ecbb4344425b"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// endpointOf reads the endpoint of a dataflow that an expression names.
func endpointOf(dataflowID string, arguments ...string) string {
	return acctest.Data("customerio_streaming_endpoint", append(arguments, `dataflow_id = `+dataflowID)...)
}

func pipelineWithEndpoint(attributes ...string) string {
	return acctest.Pipeline(attributes...) + endpointOf("customerio_dataflow.this.id")
}

func same(attribute string) statecheck.StateCheck {
	return statecheck.CompareValuePairs(dataflow, tfjsonpath.New(attribute), address, tfjsonpath.New(attribute), compare.ValuesSame())
}

func value(attribute, text string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), knownvalue.StringExact(text))
}

func TestEndpointOfADataflow(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{ // in the apply that creates the dataflow
				Config: world.Config(pipelineWithEndpoint(`name = "Shop"`)),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply:             []plancheck.PlanCheck{plancheck.ExpectUnknownValue(address, tfjsonpath.New("webhook_url"))},
					PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
				},
				ConfigStateChecks: []statecheck.StateCheck{
					same("streaming_endpoint_url"), same("webhook_url"), value("state", "enabled"),
					statecheck.ExpectSensitiveValue(address, tfjsonpath.New("streaming_endpoint_url")),
					statecheck.ExpectSensitiveValue(address, tfjsonpath.New("webhook_url")),
				},
				Check: func(state *terraform.State) error {
					attributes := state.RootModule().Resources[address].Primary.Attributes
					require.Regexp(t, `/collection/[0-9a-f]{64}$`, attributes["streaming_endpoint_url"])
					require.Equal(t, attributes["streaming_endpoint_url"]+"?x-adobe-flow-id="+attributes["dataflow_id"], attributes["webhook_url"])
					return nil
				},
			},
			{ // a disabled dataflow keeps its endpoint
				PreConfig: func() {
					for _, id := range world.Alive(simulator.KindFlow) {
						require.NoError(t, world.Update(simulator.KindFlow, id, func(flow map[string]any) { flow["state"] = "disabled" }))
					}
				},
				Config:            world.Config(pipelineWithEndpoint(`name = "Shop"`, `state = "disabled"`)),
				ConfigStateChecks: []statecheck.StateCheck{same("streaming_endpoint_url"), same("webhook_url"), value("state", "disabled")},
			},
		},
	})
}

// answerTo answers the reads of a dataflow.
func answerTo(dataflowID, state, inletURL string) simulator.Fault {
	body := fmt.Sprintf(`{"items":[{"id":%q,"name":"Shop","state":%q,"options":{"inletUrl":%q},"lastOperation":{"operation":"create"}}]}`,
		dataflowID, state, inletURL)
	return simulator.Fault{Method: http.MethodGet, Path: "*/flows/" + dataflowID, Do: simulator.FaultAnswer, Status: http.StatusOK, Body: body}
}

func TestReadWaitsWhileTheDataflowIsProvisioned(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	provisioning := answerTo(someID, "initializing", "")
	provisioning.Times, provisioning.Name = 2, "provisioning"
	world.AddFault(provisioning)
	world.AddFault(answerTo(someID, "enabled", someURL))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: world.Config(endpointOf(`"` + someID + `"`)),
			ConfigStateChecks: []statecheck.StateCheck{
				value("streaming_endpoint_url", someURL), value("webhook_url", someURL+"?x-adobe-flow-id="+someID), value("state", "enabled"),
			},
		}},
	})
	waited := 0
	for _, call := range world.Calls() {
		if call.FaultName == provisioning.Name {
			waited++
		}
	}
	require.Equal(t, 2, waited)
}

func TestReadIsBounded(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(answerTo(someID, "initializing", ""))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: world.Config(endpointOf(`"`+someID+`"`, `timeouts = { read = "1s" }`)),
			ExpectError: regexp.MustCompile(`(?s)Unable to read the streaming endpoint of dataflow.*` + someID +
				`.*gave\s+up\s+waiting.*the\s+dataflow\s+is\s+"initializing".*raise\s+the\s+.timeouts`),
		}},
	})
}

func TestErrors(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	const deleted, failed = "7e8ba0a5-3cd0-4d4a-8a4c-c2ed2ad14b56", "d8a6f005-7eaf-4153-983e-e8574508b877"
	world.AddFault(answerTo(deleted, "delete-finalizing", someURL))
	world.AddFault(answerTo(failed, "failed", ""))
	failing := func(dataflowID, more string, message ...string) acctest.Failure {
		return acctest.Failure{Config: world.Config(endpointOf(`"`+dataflowID+`"`, more)), Message: message}
	}
	acctest.PlansFail(t, map[string]acctest.Failure{
		"unknown dataflow": failing(someID, "",
			`dataflow_id = "`+someID+`"`, `Dataflow "`+someID+`"`, "FLOW-1439-404", "is not found", "request ID", "in the sandbox"),
		"dataflow being deleted": failing(deleted, "", `dataflow_id = "`+deleted+`"`, "the dataflow is being deleted"),
		"failed dataflow":        failing(failed, "", "Unable to read the streaming endpoint of dataflow", `the dataflow is "failed"`),
		"id that is no UUID":     failing("42", "", `dataflow_id = "42"`, "Attribute dataflow_id must be a UUID"),
		"malformed duration": failing(someID, `timeouts = { read = "soon" }`,
			`must be a duration above zero, such as 30s or 10m, got "soon": it is not a duration`),
	})
}
