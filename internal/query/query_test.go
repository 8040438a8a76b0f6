// Package query_test lists what sandboxes have by `terraform query`, as a user does.
package query_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/versions"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// kinds are the resources that can be listed.
var kinds = []string{
	"base_connection", "source_connection", "target_schema", "target_dataset", "target_connection", "mapping_set", "dataflow", "reporting_webhook",
}

// queryOf lists all kinds, each with a configuration.
func queryOf(config string) string {
	var blocks strings.Builder
	for _, kind := range kinds {
		fmt.Fprintf(&blocks, "list \"customerio_%s\" \"all\" {\n  provider = customerio\n  limit = 1000\n%s}\n", kind, config)
	}
	return blocks.String()
}

// onlyReads wants no call that changes something.
func onlyReads(t *testing.T, world *acctest.World) {
	t.Helper()
	for _, call := range world.Calls() {
		require.True(t, call.Method == http.MethodGet || strings.HasPrefix(call.Path, "/ims/") || strings.HasSuffix(call.Path, "/validate"), call)
	}
}

// TestASandboxIsTakenIn queries a sandbox with several pipelines that were made elsewhere, and takes them in by what Terraform generates.
func TestASandboxIsTakenIn(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1, PageSize: 2})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	acctest.Needs(t, versions.Query)
	for i := range 3 {
		source, target, set := world.MakeSourceConnection(t, fmt.Sprint("Source ", i)), world.MakeTargetConnection(t, fmt.Sprint("Target ", i)), world.MakeMappingSet(t, fmt.Sprint("Set ", i))
		flow := world.MakeFlow(t, fmt.Sprintf("Brand %d", i), source, target, set)
		world.MakeWebhookTo(t, fmt.Sprint("Webhook ", i), world.Inlet(t, flow)+"?x-adobe-flow-id="+flow)
	}
	world.MakeWebhook(t, "Elsewhere")
	w.Write("main.tf", acctest.Required+world.Config(""))
	w.Write("all.tfquery.hcl", queryOf(""))
	world.ResetCalls()
	listed := w.Run("query", "-no-color", "-generate-config-out=generated.tf")
	for _, name := range []string{"Source 2", "Target 2", "Set 2", "Brand 2", "Webhook 2", "Customer.io events"} {
		require.Contains(t, listed, name)
	}
	require.NotContains(t, listed, "Elsewhere")
	plan := w.Run("plan", "-no-color", "-out=plan")
	require.Contains(t, plan, "Plan: 17 to import, 0 to add, 0 to change, 0 to destroy.")
	w.Run("apply", "-no-color", "plan")
	w.NothingToChange()
	onlyReads(t, world)
}

// mostCalls is what a query of all kinds costs at most, the resources included: a page of each list, a read by ID to compare it with, and the parts of a
// few schemas. Which read of several comes first is not certain.
const mostCalls = 30

// TestClickedPipelines takes in 25 pipelines as people click them together, with all that lies around them.
func TestClickedPipelines(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{Provisioning: -1})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	acctest.Needs(t, versions.Query)
	world.MakePipelines(t, 25)
	w.Write("main.tf", acctest.Required+world.Config(""))
	w.Write("all.tfquery.hcl", queryOf(""))
	world.ResetCalls()
	listed := w.Run("query", "-no-color", "-generate-config-out=generated.tf")
	require.Contains(t, listed, "Warning: Schema left out") // it has two field groups of its own
	if os.Getenv("TEST_READS") != "off" {
		require.LessOrEqual(t, len(world.Calls()), mostCalls)
	}
	plan := w.Run("plan", "-no-color", "-out=plan")
	require.Regexp(t, `Plan: 1\d\d to import, 0 to add, 0 to change, 0 to destroy.`, plan)
	w.Run("apply", "-no-color", "plan")
	w.NothingToChange()
	onlyReads(t, world)
}

// Terraform shows what is wrong, and in which block.
func TestQueryFails(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	acctest.Needs(t, versions.Query)
	w.Write("main.tf", acctest.Required+world.Config(""))
	for config, parts := range map[string][]string{
		`name_pattern = "Shop ("`:            {"Error: Invalid Attribute Value", "must be a regular expression"},
		`sandbox_name = "dve"`:               {"Error: Unable to list dataflows", "The sandbox dve is not found", "sandbox_name"},
		`title = "Shop"`:                     {"Unsupported argument"},
		"name = \"a\"\nname_pattern = \"a\"": {"Invalid Attribute Combination"},
	} {
		w.Write("one.tfquery.hcl", "list \"customerio_dataflow\" \"all\" {\n  provider = customerio\n  config {\n"+config+"\n}\n}\n")
		output, err := w.Try("query", "-no-color")
		require.Error(t, err, config)
		for _, part := range parts {
			require.Contains(t, strings.Join(strings.Fields(output), " "), part)
		}
	}
}
