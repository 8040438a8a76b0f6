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

// few is how many pipelines are created where calls are counted.
const few = 3

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
				"GET schemaregistry/stats": 2, // once for the plan, once for the apply
				"GET tenant/fieldgroups":   1, "POST tenant/fieldgroups": 1, "POST tenant/schemas": 1, "POST catalog/dataSets": 1,
				"GET flowservice/sourceConnections": 1, "POST flowservice/sourceConnections": 1, "POST flowservice/targetConnections": 1,
				"POST mappingSets/validate": 1, "POST conversion/mappingSets": 1, "POST flowservice/flows": 1, "GET flows/…": 1,
				"POST v1/reporting_webhooks": 1, "POST token/v3": 2,
			},
		},
		"several into one dataset": {
			func(t *testing.T) (*acctest.World, *acctest.Workspace) {
				t.Helper()
				world := acctest.New(t, noTime)
				w := acctest.NewWorkspace(t, append(world.Credentials(), fmt.Sprintf("TF_VAR_pipelines=%d", few))...)
				w.Write("main.tf", acctest.Required+world.Config(manyPipelines))
				return world, w
			},
			map[string]int{
				"GET dataSets/…": 2, "GET schemas/…": 2, // once for the plan, once for the apply
				"GET flowservice/sourceConnections": few, "POST flowservice/sourceConnections": few,
				"GET flowservice/targetConnections": few, "POST flowservice/targetConnections": few,
				"GET conversion/mappingSets": few, "POST mappingSets/validate": 2 * few, "POST conversion/mappingSets": few,
				"POST flowservice/flows": few, "GET flows/…": few, "POST v1/reporting_webhooks": few, "POST token/v3": 2,
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
