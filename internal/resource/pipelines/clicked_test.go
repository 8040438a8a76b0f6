package pipelines_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// Pipelines that another program made by the public calls, under whatever names and with whatever else it set, are taken in by the example alone:
// no call writes, and the next plan is empty.
func TestWhatPeopleClickedIsTakenIn(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{Provisioning: -1})
	made := world.MakePipelines(t, 25)
	for _, call := range world.Calls() {
		require.NotContains(t, call.Header.Get("User-Agent"), "terraform", "the provider has made nothing of this")
	}
	example, err := os.ReadFile("../../../examples/data-sources/customerio_pipelines/data-source.tf")
	require.NoError(t, err)
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Write("main.tf", acctest.Required+world.Config(string(example)))
	world.ResetCalls()
	// Five objects for each pipeline, and four for the one without a webhook.
	all := fmt.Sprintf("Apply complete! Resources: %d imported, 0 added, 0 changed, 0 destroyed.", 5*len(made.Pipelines)+4)
	require.Contains(t, w.Run("apply", "-auto-approve", "-no-color"), all)
	w.NothingToChange()
	for _, call := range world.Calls() {
		require.True(t, call.Method == http.MethodGet || strings.HasPrefix(call.Path, "/ims/") || strings.HasSuffix(call.Path, "/validate"), call)
		require.Contains(t, call.Header.Get("User-Agent"), "terraform")
	}
}

// What lies around the pipelines is told, and what belongs to others is not. Mappings by Adobe's guide are those of the function.
func TestWhatPeopleClickedIsFound(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{Provisioning: -1})
	made := world.MakePipelines(t, 25)
	w := acctest.NewWorkspace(t, world.Credentials()...)
	is := look(t, w, acctest.Required+world.Config(`
output "by_the_guide" {
  value = [
    for key, found in data.customerio_pipelines.all.pipelines : key
    if jsonencode({ for path, one in found.mapping_set.mappings : path => { source = one.source, source_type = one.source_type } }) == jsonencode(provider::customerio::event_mappings("_acme"))
  ]
}
`))
	require.Len(t, is.Pipelines, 26)
	require.Equal(t, []string{"not_connected_yet"}, is.Without)
	require.Equal(t, made.UnusedSource, is.Sources[0].ID)
	require.Equal(t, made.UnusedTarget, is.Targets[0].ID)
	require.Equal(t, []map[string]string{{"id": made.Stray, "name": "Old events", "dataflow_id": made.Lost}}, is.Stray)
	require.Len(t, is.Sources, 1)
	require.Len(t, is.Targets, 1)
	newest := 0
	for _, one := range is.Pipelines {
		if one.MappingSet.Newest != nil {
			newest++
		}
		require.NotEqual(t, made.Elsewhere, one.Dataflow.ID)
	}
	require.Equal(t, 3, newest)
	require.Contains(t, w.Run("output", "-json", "by_the_guide"), `"pipeline_100_opens"`)
}
