package dataflowruns_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const (
	address = "data.customerio_dataflow_runs.this"
	someID  = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// runsOf reads the runs of a dataflow that an expression names.
func runsOf(dataflowID string, arguments ...string) string {
	return acctest.Data("customerio_dataflow_runs", append(arguments, `dataflow_id = `+dataflowID)...)
}

func at(place tfjsonpath.Path, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, place, want)
}

func number(value int64) knownvalue.Check { return knownvalue.Int64Exact(value) }

// Two events arrive, and a third fails because somebody deleted the dataset.
func TestRunsOfADataflow(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	pipeline := acctest.Pipeline(`name = "Shop"`) + `
resource "customerio_reporting_webhook" "this" {
  name     = "Shop"
  endpoint = customerio_dataflow.this.webhook_url
  events   = ["email_sent"]
}
`
	config := world.Config(pipeline + runsOf("customerio_dataflow.this.id"))
	emit := func() {
		deliveries, err := world.Emit(t.Context(), "email_sent", nil)
		require.NoError(t, err)
		require.Len(t, deliveries, 1)
	}
	first := tfjsonpath.New("runs").AtSliceIndex(0)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			{ // none yet
				Config:           config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
				ConfigStateChecks: []statecheck.StateCheck{
					at(tfjsonpath.New("runs"), knownvalue.ListSizeExact(0)), at(tfjsonpath.New("limit"), number(10)),
					at(tfjsonpath.New("failed_runs"), number(0)), at(tfjsonpath.New("records_failed"), number(0)),
				},
			},
			{
				PreConfig: func() {
					emit()
					emit()
					require.NoError(t, world.Delete(simulator.KindDataSet, world.DatasetID))
					emit()
				},
				Config: config,
				ConfigStateChecks: []statecheck.StateCheck{
					at(tfjsonpath.New("runs"), knownvalue.ListSizeExact(1)),
					at(first.AtMapKey("status"), knownvalue.StringExact("partialSuccess")),
					at(first.AtMapKey("records_in"), number(3)), at(first.AtMapKey("records_failed"), number(1)),
					at(first.AtMapKey("started_at"), knownvalue.StringRegexp(regexp.MustCompile(`^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$`))),
					at(tfjsonpath.New("failed_runs"), number(0)), at(tfjsonpath.New("records_failed"), number(1)),
				},
			},
		},
	})
}

// documented has the members that Adobe's tutorial on monitoring shows: a run in progress, one with failed records and one that
// failed, in no order.
const documented = `{"items":[
	{"id":"failed","createdAt":1596656079576,"metrics":{
		"durationSummary":{"startedAtUTC":1596656058198,"completedAtUTC":1596656113306},
		"recordSummary":{"inputRecordCount":"5","failedRecordCount":"5"},
		"statusSummary":{"status":"Failed","errors":null}},"activities":null},
	{"id":"running","createdAt":1596663279576,"state":"inProgress","metrics":{"durationSummary":{"startedAtUTC":1596663258198},"unknown":1}},
	{"id":"partly","createdAt":1596659679576,"metrics":{
		"durationSummary":{"startedAtUTC":1596659658198,"completedAtUTC":1596659713306},
		"recordSummary":{"inputRecordCount":100,"outputRecordCount":99,"failedRecordCount":1},
		"statusSummary":{"status":"success","errors":[{"code":"CONNECTOR-2001-500","message":"Error occurred."}]}},
	 "activities":[{"statusSummary":{"status":"success","errors":[{"code":"CONNECTOR-2001-500","message":"Error occurred."}],
		"extensions":{"errors":[{"code":"MAPPER-3700-400","recordCount":1,"message":"Mapper Transform Error"}]}}},{"id":"copyActivity"}]}
],"_links":{}}`

func answer(world *acctest.World, path, body string) {
	world.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*" + path, Do: simulator.FaultAnswer, Status: http.StatusOK, Body: body})
}

const someFlow = `{"items":[{"id":"` + someID + `","name":"Shop","state":"enabled"}]}`

func TestRunsAsTheServiceReportsThem(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	answer(world, "/flows/"+someID, someFlow)
	answer(world, "/runs", documented)
	texts := func(values ...string) knownvalue.Check {
		checks := map[string]knownvalue.Check{}
		for i := 0; i < len(values); i += 2 {
			checks[values[i]] = knownvalue.StringExact(values[i+1])
		}
		return knownvalue.ObjectExact(checks)
	}
	run := func(id, status, started string, completed, in, failed knownvalue.Check, errors ...knownvalue.Check) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{
			"id": knownvalue.StringExact(id), "status": knownvalue.StringExact(status), "started_at": knownvalue.StringExact(started),
			"completed_at": completed, "records_in": in, "records_failed": failed, "errors": knownvalue.ListExact(errors),
		})
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: world.Config(runsOf(`"`+someID+`"`, `limit = 5`)),
			ConfigStateChecks: []statecheck.StateCheck{
				at(tfjsonpath.New("runs"), knownvalue.ListExact([]knownvalue.Check{
					run("running", "inProgress", "2020-08-05T21:34:18Z", knownvalue.Null(), knownvalue.Null(), knownvalue.Null()),
					run("partly", "success", "2020-08-05T20:34:18Z", knownvalue.StringExact("2020-08-05T20:35:13Z"), number(100), number(1),
						texts("code", "CONNECTOR-2001-500", "message", "Error occurred."),
						texts("code", "MAPPER-3700-400", "message", "Mapper Transform Error")),
					run("failed", "Failed", "2020-08-05T19:34:18Z", knownvalue.StringExact("2020-08-05T19:35:13Z"), number(5), number(5)),
				})),
				at(tfjsonpath.New("failed_runs"), number(1)), at(tfjsonpath.New("records_failed"), number(6)), at(tfjsonpath.New("limit"), number(5)),
			},
		}},
	})
	for _, call := range world.Calls() {
		if call.Path == "/data/foundation/flowservice/runs" {
			require.Equal(t, "limit=5&orderby=-createdAt&property=flowId%3D%3D"+someID, call.Query)
		}
	}
}

// A check block turns failed records into a warning. The apply goes on, and the next plan is empty.
func TestInACheckBlock(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer string
		want   tfjson.CheckStatus
	}{
		"with failures": {documented, tfjson.CheckStatusFail},
		"without runs":  {`{"items":null}`, tfjson.CheckStatusPass},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			answer(world, "/flows/"+someID, someFlow)
			answer(world, "/runs", test.answer)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				Steps: []resource.TestStep{{
					Config: world.Config(runsOf(`"`+someID+`"`, `limit = 24`) + `
check "shop" {
  assert {
    condition     = ` + address + `.failed_runs + ` + address + `.records_failed == 0
    error_message = "Events of the shop failed."
  }
}`),
					ConfigPlanChecks: resource.ConfigPlanChecks{
						PreApply:             []plancheck.PlanCheck{checkEnds(test.want)},
						PostApplyPostRefresh: []plancheck.PlanCheck{checkEnds(test.want), plancheck.ExpectEmptyPlan()},
					},
				}},
			})
		})
	}
}

// checkEnds wants the only check block of a plan to have a status.
type checkEnds tfjson.CheckStatus

func (want checkEnds) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	if len(req.Plan.Checks) == 1 && req.Plan.Checks[0].Status == tfjson.CheckStatus(want) {
		return
	}
	got, _ := json.Marshal(req.Plan.Checks) // a list of plain values
	resp.Error = fmt.Errorf("want one check that ends in %q, got %s", want, got)
}

func TestNewestRunsOnly(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	answer(world, "/flows/"+someID, someFlow)
	answer(world, "/runs", documented)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config:            world.Config(runsOf(`"`+someID+`"`, `limit = 1`)),
			ConfigStateChecks: []statecheck.StateCheck{at(tfjsonpath.New("runs"), knownvalue.ListSizeExact(1))},
		}},
	})
}

func TestErrors(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			{
				Config:      world.Config(runsOf(`"` + someID + `"`)),
				ExpectError: acctest.Message("Dataflow not found", "dataflow_id = ", someID, "FLOW-1439-404", "in the sandbox"),
			},
			{
				PreConfig: func() {
					answer(world, "/flows/"+someID, someFlow)
					world.AddFault(simulator.Fault{Path: "*/runs", Do: simulator.FaultAnswer, Status: http.StatusForbidden, Body: `{"message":"not now"}`})
				},
				Config:      world.Config(runsOf(`"` + someID + `"`)),
				ExpectError: acctest.Message("Unable to read the runs of dataflow", someID, "403", "not now"),
			},
		},
	})
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	acctest.New(t, simulator.Options{}).Refuses(t, map[string]acctest.BadInput{
		"ID that is no UUID": {Config: runsOf(`"42"`), Line: `dataflow_id = "42"`, Message: "must be a UUID"},
		"no runs at all":     {Config: runsOf(`"`+someID+`"`, `limit = 0`), Line: "limit = 0", Message: "between 1 and 100"},
		"too many runs":      {Config: runsOf(`"`+someID+`"`, `limit = 101`), Line: "limit = 101", Message: "between 1 and 100"},
	})
}
