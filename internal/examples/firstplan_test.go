package examples_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// mappingsIn are the destinations that a plan shows for the mapping set that it creates, in order. It wants their sources to be known too.
func mappingsIn(t *testing.T, plan string) []string {
	t.Helper()
	var shown struct {
		Changes []struct {
			Address string
			Change  struct {
				After struct {
					Mappings map[string]struct{ Source string }
				}
				Unknown map[string]any `json:"after_unknown"`
			}
		} `json:"resource_changes"`
	}
	require.NoError(t, json.Unmarshal([]byte(plan), &shown))
	for _, resource := range shown.Changes {
		if resource.Address != "customerio_mapping_set.this" {
			continue
		}
		require.NotEqual(t, true, resource.Change.Unknown["mappings"], "known after apply")
		for destination, mapping := range resource.Change.After.Mappings {
			require.NotEmpty(t, mapping.Source, destination)
		}
		return slices.Sorted(maps.Keys(resource.Change.After.Mappings))
	}
	require.Fail(t, "no mapping set is planned")
	return nil
}

// The first plan, with nothing there yet, shows every mapping by name: the registry knows the tenant namespace.
func TestFirstPlanShowsEveryMapping(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		write  func(w *acctest.Workspace)
		wanted string
	}{
		"README": {
			func(w *acctest.Workspace) { w.Write("main.tf", configuration(t, "../../README.md")) },
			"_acme.cio_id _acme.email _acme.event_id _acme.id _acme.metric _acme.object_type _acme.timestamp _id timestamp",
		},
		"pipeline": { // one of its keys is an expression of the namespace
			func(w *acctest.Workspace) {
				for _, file := range []string{"versions.tf", "main.tf", "variables.tf", "outputs.tf"} {
					w.Write(file, read(t, "pipeline/"+file))
				}
			},
			"_acme.campaign_id _acme.cio_id _acme.delivery_id _acme.email _acme.event_id _acme.failure_message _acme.href _acme.id _acme.metric " +
				"_acme.newsletter_id _acme.object_type _acme.recipient _acme.subject _acme.timestamp _id timestamp",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.NewEmpty(t, simulator.Options{})
			w := acctest.NewWorkspace(t, world.Credentials()...)
			test.write(w)
			text := w.Run("plan", "-no-color", "-out=tfplan")
			require.NotContains(t, text, "mappings       = (known after apply)")
			require.Equal(t, strings.Fields(test.wanted), mappingsIn(t, w.Show("tfplan")))
			require.Empty(t, world.Objects())

			w.Run("apply", "-no-color", "tfplan")
			world.ResetCalls()
			w.NothingToChange()
			w.Run("plan", "-no-color", "-refresh-only")
			require.Zero(t, world.CallsTo(http.MethodGet, "/stats"))
			require.Zero(t, world.CallsTo(http.MethodPost, "/validate"))
			require.Equal(t, 2, world.CallsTo(http.MethodGet, "/tenant/schemas/"), "the schema's own refresh, in each of the two plans")
		})
	}
}
