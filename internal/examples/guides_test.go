package examples_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

var block = regexp.MustCompile("(?s)```terraform\n(.*?)```")

// configuration joins the blocks of a page.
func configuration(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var blocks []string
	for _, found := range block.FindAllStringSubmatch(string(text), -1) {
		blocks = append(blocks, found[1])
	}
	require.NotEmpty(t, blocks, file)
	joined := strings.Join(blocks, "\n")
	if !strings.Contains(joined, "required_providers") {
		joined = acctest.Required + joined
	}
	return joined
}

// TestPagesAreValid formats and validates the configurations of the guides and of the README.
func TestPagesAreValid(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("../../docs/guides/*.md")
	require.NoError(t, err)
	pages = slices.DeleteFunc(append(pages, "../../README.md"), func(page string) bool {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		return !block.Match(text) // a page of tables
	})
	require.GreaterOrEqual(t, len(pages), 7)
	for _, page := range pages {
		t.Run(filepath.Base(page), func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorkspace(t)
			w.Write("main.tf", configuration(t, page))
			w.Run("fmt", "-check", "main.tf")
			w.Run("validate", "-no-color")
		})
	}
}

// TestFirstPages applies the pipeline that README, index and the guide to begin with have in common, as it stands there.
func TestFirstPages(t *testing.T) {
	t.Parallel()
	pipeline := read(t, "provider/provider.tf")
	for _, page := range []string{"../../README.md", "../../docs/index.md", "../../docs/guides/getting-started.md"} {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		require.Contains(t, string(text), "```terraform\n"+pipeline+"```\n", page)
	}
	world := acctest.NewEmpty(t, simulator.Options{})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Write("main.tf", pipeline)
	w.Run("apply", "-auto-approve", "-no-color")
	w.NothingToChange()
	followGettingStarted(t, world, w)
}

// followGettingStarted takes the steps of the guide that come after the first apply.
func followGettingStarted(t *testing.T, world *acctest.World, w *acctest.Workspace) {
	t.Helper()
	deliveries, err := world.Emit(t.Context(), "email_delivered", nil)
	require.NoError(t, err)
	require.Len(t, deliveries, 1)
	require.Len(t, world.Rows(world.Alive(simulator.KindDataSet)[0]), 1)

	edit := func(old, replacement string) {
		require.Equal(t, 1, strings.Count(w.Read("main.tf"), old), old)
		w.Write("main.tf", strings.Replace(w.Read("main.tf"), old, replacement, 1))
	}
	edit(`this.tenant_namespace)`, `this.tenant_namespace, "-cio_id")`)
	require.Contains(t, w.Run("apply", "-auto-approve", "-no-color"), "0 added, 2 changed, 0 destroyed")

	before := world.Objects()
	output, err := w.Try("destroy", "-auto-approve", "-no-color")
	require.Error(t, err)
	require.Contains(t, output, "Error: Dataset is protected")
	require.Equal(t, before, world.Objects())
	edit(`resource "customerio_target_dataset" "this" {`, "resource \"customerio_target_dataset\" \"this\" {\n  deletion_protection = false")
	w.Run("apply", "-auto-approve", "-no-color")
	w.Run("destroy", "-auto-approve", "-no-color")
	require.Empty(t, world.Objects())
}

// The guide on security: one replacement gives the pipeline another webhook URL, and the old one is of no dataflow any more.
func TestReplacingALeakedURL(t *testing.T) {
	t.Parallel()
	const command = "terraform apply -replace=customerio_source_connection.this"
	guide, err := os.ReadFile("../../docs/guides/security.md")
	require.NoError(t, err)
	require.Contains(t, string(guide), "\n"+command+"\n")
	world := acctest.NewEmpty(t, simulator.Options{})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Write("main.tf", read(t, "provider/provider.tf"))
	w.Run("apply", "-auto-approve", "-no-color")
	leaked := world.Alive(simulator.KindFlow)
	world.ResetCalls()
	w.Run("apply", "-auto-approve", "-no-color", strings.Fields(command)[2])
	require.Equal(t, []string{"DELETE flows", "DELETE sourceConnections", "POST sourceConnections", "POST flows", "PUT v1"}, writes(world))
	require.NotEqual(t, leaked, world.Alive(simulator.KindFlow))
	require.Len(t, world.Alive(simulator.KindReportingWebhook), 1)
}

// The steps of the guide on replacing a dataflow: the old and the new dataflow exist side by side, the switch changes only the webhook, and the
// old dataflow is deleted last.
func TestZeroLoss(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	schema, first := world.SchemaID, world.DatasetID
	second := world.SeedSibling(t, schema)
	w := acctest.NewWorkspace(t, append(world.Credentials(), "TF_VAR_schema_id="+schema)...)
	w.Write("main.tf", configuration(t, replacing))
	blue := fmt.Sprintf(`{"blue":%q}`, first)
	both := fmt.Sprintf(`{"blue":%q,"green":%q}`, first, second)
	green := fmt.Sprintf(`{"green":%q}`, second)
	apply := func(datasets, active string) []string {
		world.ResetCalls()
		w.Run("apply", "-auto-approve", "-no-color", "-var=datasets="+datasets, "-var=active="+active)
		return writes(world)
	}

	apply(blue, "blue")
	require.Equal(t, []string{"POST targetConnections", "POST flows"}, apply(both, "blue"))
	require.Equal(t, []string{"PUT v1"}, apply(both, "green"))
	require.Equal(t, []string{"DELETE flows", "DELETE targetConnections"}, apply(green, "green"))
	w.Run("destroy", "-auto-approve", "-no-color", "-var=datasets="+green, "-var=active=green")
	require.NoError(t, world.NothingLeft(nil))
}

// In one apply, create_before_destroy gives the order that the guide promises.
func TestReplacingInOneApply(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	schema, first := world.SchemaID, world.DatasetID
	second := world.SeedSibling(t, schema)
	w := acctest.NewWorkspace(t, append(world.Credentials(), "TF_VAR_schema_id="+schema, "TF_VAR_active=blue")...)
	newFirst := regexp.MustCompile(`(?m)^(resource "customerio_(target_connection|dataflow)" .*)$`)
	w.Write("main.tf", newFirst.ReplaceAllString(configuration(t, replacing), "$1\n  lifecycle {\n    create_before_destroy = true\n  }"))
	w.Run("apply", "-auto-approve", "-no-color", fmt.Sprintf(`-var=datasets={"blue":%q}`, first))
	world.ResetCalls()
	w.Run("apply", "-auto-approve", "-no-color", fmt.Sprintf(`-var=datasets={"blue":%q}`, second))
	require.Equal(t, []string{"POST targetConnections", "POST flows", "PUT v1", "DELETE flows", "DELETE targetConnections"}, writes(world))
}

const replacing = "../../templates/guides/zero-loss-replacement.md"

// writes are the calls that changed something, in order.
func writes(world *acctest.World) []string {
	var order []string
	for _, call := range world.Calls() {
		if call.Method != http.MethodGet && !strings.HasPrefix(call.Path, "/ims/") {
			order = append(order, call.Method+" "+strings.Split(strings.TrimPrefix(call.Path, "/data/foundation/flowservice"), "/")[1])
		}
	}
	return order
}

// The guide on monitoring: a failed check does not change the exit code of a plan, and the plan as JSON shows it.
func TestFailedChecksAreInThePlan(t *testing.T) {
	t.Parallel()
	world, ids := documented(t)
	world.Make(t, "/v1/reporting_webhooks", `{"name":"Customer.io to Adobe Experience Platform","endpoint":"https://example.com/elsewhere","events":["email_sent"],
		"disabled":false,"full_resolution":false,"with_content":false}`)
	w := acctest.NewWorkspace(t, append(world.Credentials(), "TF_VAR_dataflow_id="+ids.Replace("4982698b-e6b3-48c2-8dcf-040e20121fd2"))...)
	guide := configuration(t, "../../templates/guides/monitoring.md")
	before, _, found := strings.Cut(guide, "ephemeral ")
	require.True(t, found)
	w.Write("main.tf", before)
	require.Contains(t, w.Run("plan", "-no-color", "-out=tfplan"), "The webhook sends events to another endpoint.")
	require.Contains(t, w.Show("tfplan"), `"status":"fail"`)
}

// The page of base connections: the value of a write-only argument that comes from an ephemeral variable is in no plan file.
func TestSecretIsNotInThePlan(t *testing.T) {
	t.Parallel()
	world, ids := documented(t)
	w := workspace(t, world, ids, "resources/customerio_base_connection/resource.tf")
	w.Environment = append(w.Environment, `TF_VAR_connection_params={"password":"CANARY-77d1"}`)
	w.Run("plan", "-no-color", "-out=tfplan")
	require.NotContains(t, w.Show("tfplan"), "CANARY-77d1")
}

// The guide on tests: a broken mapping stops the plan, which names it, and nothing is changed.
func TestBrokenMappingStopsThePlan(t *testing.T) {
	t.Parallel()
	world, _ := documented(t)
	w := acctest.NewWorkspace(t, world.Credentials()...)
	guide := configuration(t, "../../templates/guides/testing-mappings.md")
	w.Write("main.tf", guide)
	w.Run("plan", "-no-color")
	const mappings = "provider::customerio::event_mappings(data.customerio_target_schema.events.tenant_namespace)"
	require.Contains(t, guide, mappings)
	w.Write("main.tf", strings.Replace(guide, mappings, "merge("+mappings+`, { "_acme.metric" = { source = "mertic", source_type = "ATTRIBUTE" } })`, 1))
	output, err := w.Try("apply", "-auto-approve", "-no-color")
	require.Error(t, err)
	require.Contains(t, strings.Join(strings.Fields(output), " "), `{"_acme.metric":"The event has no value at mertic."}`)
	require.NoError(t, world.NothingLeft(nil))
}
