package resilience_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// TestCallsOfCreates counts the calls that creates cost. Each asks first for what exists already, unless it sends the ID of an object that
// this run of the provider created.
func TestCallsOfCreates(t *testing.T) {
	t.Parallel()
	noTime := simulator.Options{Provisioning: -1} // the calls of a wait cannot be foretold
	for name, test := range map[string]struct {
		begin func(t *testing.T) (*acctest.World, *acctest.Workspace)
		calls map[string]int
	}{
		"one with its schema and dataset": {
			func(t *testing.T) (*acctest.World, *acctest.Workspace) {
				t.Helper()
				world := acctest.NewEmpty(t, noTime)
				return world, pipeline(t, world)
			},
			map[string]int{
				"GET schemaregistry/stats": 2, "GET tenant/schemas": 2, // once for the plan, once for the apply
				"GET tenant/fieldgroups": 1, "POST tenant/fieldgroups": 1, "POST tenant/schemas": 1, "POST catalog/dataSets": 1,
				"GET flowservice/sourceConnections": 1, "POST flowservice/sourceConnections": 1, "POST flowservice/targetConnections": 1,
				"POST mappingSets/validate": 1, "POST conversion/mappingSets": 1, "POST flowservice/flows": 1, "GET flows/…": 1,
				"POST v1/reporting_webhooks": 1, "POST token/v3": 2,
			},
		},
		"two in a sandbox of their own": {
			func(t *testing.T) (*acctest.World, *acctest.Workspace) {
				t.Helper()
				world := acctest.NewEmpty(t, noTime)
				w := acctest.NewWorkspace(t, world.Credentials()...)
				w.Write("main.tf", acctest.Required+world.Config(`
resource "customerio_source_connection" "this" {
  name         = "Shop"
  sandbox_name = "stage"
}
resource "customerio_base_connection" "this" {
  name            = "Shop"
  connection_spec = { id = "ecadc60c-7455-4d87-84dc-2a0e293d997b" }
  sandbox_name    = "stage"
}`))
				return world, w
			},
			map[string]int{
				"GET connectionSpecs/…":             2, // once for the plan, once for the apply: whether there is such a sandbox
				"GET flowservice/connectionSpecs":   2, // whether there is such a specification
				"GET flowservice/sourceConnections": 1, "POST flowservice/sourceConnections": 1, "GET flowservice/connections": 1, "POST flowservice/connections": 1,
				"POST token/v3": 2,
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world, w := test.begin(t)
			w.Run("apply", "-auto-approve", "-no-color")
			require.Equal(t, test.calls, routes(world.Calls()))
		})
	}
}

// TestCallsOfEveryStep counts what pipelines into one dataset cost in each step. With a parallelism of one, nobody waits together, so that the
// numbers are the same in every run.
func TestCallsOfEveryStep(t *testing.T) {
	t.Parallel()
	const lists = "GET conversion/mappingSets"
	for count, steps := range map[int][]map[string]int{
		1: {{ // to create
			"POST token/v3": 2, "GET dataSets/…": 2, "GET schemas/…": 2, // once for the plan, once for the apply
			"GET flowservice/sourceConnections": 1, "POST flowservice/sourceConnections": 1,
			"GET flowservice/targetConnections": 1, "POST flowservice/targetConnections": 1,
			lists: 1, "POST mappingSets/validate": 2, "POST conversion/mappingSets": 1,
			"POST flowservice/flows": 1, "GET flows/…": 1, "POST v1/reporting_webhooks": 1,
		}, { // to plan without changes
			"POST token/v3": 1, "GET sourceConnections/…": 1, "GET targetConnections/…": 1, lists: 1, "GET flows/…": 1, "GET reporting_webhooks/…": 1,
		}, { // to rename all: a refresh, and of each a read and a write, with one look at the end of those that take a while
			"POST token/v3": 2, "GET sourceConnections/…": 2, "PATCH sourceConnections/…": 1, "GET targetConnections/…": 2, "PATCH targetConnections/…": 1,
			lists: 1, "POST mappingSets/validate": 1, "GET mappingSets/…": 1, "PUT mappingSets/…": 1, "GET flows/…": 3, "PATCH flows/…": 1,
			"GET reporting_webhooks/…": 2, "PUT reporting_webhooks/…": 1,
		}, { // to destroy: a refresh, and of each a delete and a look
			"POST token/v3": 2, "GET sourceConnections/…": 2, "DELETE sourceConnections/…": 1, "GET targetConnections/…": 2, "DELETE targetConnections/…": 1,
			lists: 1, "GET mappingSets/…": 1, "DELETE mappingSets/…": 1, "GET flows/…": 2, "DELETE flows/…": 1,
			"GET reporting_webhooks/…": 2, "DELETE reporting_webhooks/…": 1,
		}},
		12: {{
			"POST token/v3": 2, "GET dataSets/…": 2, "GET schemas/…": 2,
			"GET flowservice/sourceConnections": 2, "POST flowservice/sourceConnections": 12,
			"GET flowservice/targetConnections": 2, "POST flowservice/targetConnections": 12,
			lists: 2, "POST mappingSets/validate": 2, "POST conversion/mappingSets": 12,
			"POST flowservice/flows": 12, "GET flows/…": 12, "POST v1/reporting_webhooks": 12,
		}, {
			"POST token/v3": 1, "GET sourceConnections/…": 1, "GET targetConnections/…": 1, "GET flows/…": 1, "GET reporting_webhooks/…": 1,
			"GET flowservice/sourceConnections": 1, "GET flowservice/targetConnections": 1, lists: 2, "GET flowservice/flows": 1, "GET v1/reporting_webhooks": 1,
		}, {
			"POST token/v3": 2, "GET flowservice/sourceConnections": 1, "GET flowservice/targetConnections": 1, "GET flowservice/flows": 1, "GET v1/reporting_webhooks": 1,
			"GET sourceConnections/…": 13, "PATCH sourceConnections/…": 12, "GET targetConnections/…": 13, "PATCH targetConnections/…": 12,
			lists: 2, "POST mappingSets/validate": 1, "GET mappingSets/…": 12, "PUT mappingSets/…": 12, "GET flows/…": 25, "PATCH flows/…": 12,
			"GET reporting_webhooks/…": 13, "PUT reporting_webhooks/…": 12,
		}, {
			"POST token/v3": 2, "GET flowservice/sourceConnections": 1, "GET flowservice/targetConnections": 1, "GET flowservice/flows": 1, "GET v1/reporting_webhooks": 1,
			"GET sourceConnections/…": 13, "DELETE sourceConnections/…": 12, "GET targetConnections/…": 13, "DELETE targetConnections/…": 12,
			lists: 2, "GET mappingSets/…": 12, "DELETE mappingSets/…": 12, "GET flows/…": 13, "DELETE flows/…": 12,
			"GET reporting_webhooks/…": 13, "DELETE reporting_webhooks/…": 12,
		}},
	} {
		t.Run(fmt.Sprint(count), func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{Provisioning: -1})
			w := acctest.NewWorkspace(t, append(world.Credentials(), fmt.Sprintf("TF_VAR_pipelines=%d", count))...)
			config := acctest.Required + world.Config(manyPipelines)
			renamed := strings.ReplaceAll(config, `${count.index}"`, `${count.index} renamed"`)
			before := 0
			for i, step := range []struct {
				config    string
				arguments []string
			}{
				{config, []string{"apply", "-auto-approve"}}, {config, []string{"plan", "-detailed-exitcode"}},
				{renamed, []string{"apply", "-auto-approve"}}, {renamed, []string{"destroy", "-auto-approve"}},
			} {
				w.Write("main.tf", step.config)
				w.Run(append(step.arguments, "-no-color", "-parallelism=1")...)
				calls := world.Calls()
				require.Equal(t, steps[i], routes(calls[before:]), step.arguments[0])
				before = len(calls)
			}
		})
	}
}

// refreshing are the lines whose order differs from run to run.
var refreshing = regexp.MustCompile(`(?m)^.*: Refreshing state\.\.\..*\n`)

// TestListsChangeNoPlan compares the plans with and without lists, after others changed and deleted what the state holds.
func TestListsChangeNoPlan(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	w := acctest.NewWorkspace(t, append(world.Credentials(), "TF_VAR_pipelines=5")...)
	config := acctest.Required + world.Config(manyPipelines)
	w.Write("main.tf", config)
	w.Run("apply", "-auto-approve", "-no-color")
	for _, kind := range []string{"reportingWebhook", "flow", "mappingSet"} {
		ids := world.Alive(kind)
		require.NoError(t, world.Delete(kind, ids[1]))
		require.NoError(t, world.Update(kind, ids[2], func(body map[string]any) { body["name"] = "Renamed by others" }))
	}
	plans := map[string]string{}
	for _, batching := range []string{"auto", "off"} {
		w.Write("main.tf", strings.Replace(config, `provider "customerio" {`, `provider "customerio" {`+"\n  read_batching = \""+batching+`"`, 1))
		output, _ := w.Try("plan", "-no-color", "-parallelism=1")
		plans[batching] = refreshing.ReplaceAllString(output, "")
	}
	require.Contains(t, plans["off"], "to add")
	require.Equal(t, plans["off"], plans["auto"])
}

// id is a segment of a path that names one object.
var id = regexp.MustCompile(`/([0-9a-f-]{24,}|[0-9]+|https:%2F%2F[^/]+)$`)

// routes counts calls by method and the end of the path.
func routes(calls []simulator.Call) map[string]int {
	counts := map[string]int{}
	for _, call := range calls {
		segments := strings.Split(id.ReplaceAllString(call.Path, "/…"), "/")
		counts[call.Method+" "+strings.Join(segments[len(segments)-2:], "/")]++
	}
	return counts
}
