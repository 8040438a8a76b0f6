package dataflow_test

import (
	"maps"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// What a dataflow refers to exists and is of the right kind, or the plan fails, before it destroys the dataflow that is there.
func TestReferencesToWhatIsNotThere(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	source, target, set := world.MakeSourceConnection(t, "Source"), world.MakeTargetConnection(t, "Target"), world.MakeMappingSet(t, "Mapping")
	base := world.Make(t, "/data/foundation/flowservice/connections",
		`{"name":"Customer.io","connectionSpec":{"id":"96479064-7b8a-4d69-b9ed-21c5683837ea","version":"1.0"}}`)
	good := map[string]any{
		"name": "Shop", "source_connection_id": source, "target_connection_id": target, "mapping_set_id": set, "mapping_version": 0,
	}
	terraform, existing := world.Core(t), &core.Instance{Type: "customerio_dataflow"}
	acctest.Applied(t, terraform, existing, core.Create, good)
	world.ResetCalls()
	const missing, noSet = "4982698b-e6b3-48c2-8dcf-040e20121fd2", "59c0e53a2dc84f7791ecc1b3d6e51d5e"
	for name, test := range map[string]struct {
		attribute string
		value     any
		also      map[string]any
		parts     []string
	}{
		"no source connection": {"source_connection_id", missing, nil, []string{"no source connection with the ID " + missing, "in the sandbox"}},
		"no target connection": {"target_connection_id", missing, nil, []string{"no target connection with the ID " + missing}},
		"no mapping set":       {"mapping_set_id", noSet, nil, []string{"no mapping set with the ID " + noSet}},
		"no such version":      {"mapping_version", 7, nil, []string{set + " has no version 7", "`version` of `customerio_mapping_set`"}},
		"a base connection":    {"source_connection_id", base, nil, []string{"It is the ID of a base connection. Use that of a source connection."}},
		"a dataflow":           {"target_connection_id", existing.Text("id"), nil, []string{"It is the ID of a dataflow."}},
		"swapped": {
			"source_connection_id", target, map[string]any{"target_connection_id": source},
			[]string{"It is the ID of a target connection.", "Perhaps `source_connection_id` and `target_connection_id` are swapped."},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			arguments := maps.Clone(good)
			arguments[test.attribute] = test.value
			maps.Copy(arguments, test.also)
			kept := *existing
			for _, i := range []*core.Instance{{Type: existing.Type}, &kept} {
				_, found := terraform.Plan(t.Context(), i, arguments)
				require.Error(t, found.Err())
				require.Equal(t, `AttributeName("`+test.attribute+`")`, found[0].Attribute.String())
				for _, part := range test.parts {
					require.Contains(t, found[0].Detail, part)
				}
			}
		})
	}
	t.Cleanup(func() {
		require.Zero(t, world.CallsTo(http.MethodPost, "/flowservice/flows")+world.CallsTo(http.MethodDelete, "/flowservice/flows"))
	})
}

// A replacement is said to lose events; nothing else is. An ID that cannot be read is left to the service.
func TestReplacementIsSaidToLoseEvents(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	source, target, set := world.MakeSourceConnection(t, "Source"), world.MakeTargetConnection(t, "Target"), world.MakeMappingSet(t, "Mapping")
	other := world.MakeSourceConnection(t, "Other")
	arguments := map[string]any{
		"name": "Shop", "source_connection_id": source, "target_connection_id": target, "mapping_set_id": set, "mapping_version": 0,
	}
	world.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*Connections/*", Do: simulator.FaultAnswer, Status: http.StatusForbidden})
	terraform, i := world.Core(t), &core.Instance{Type: "customerio_dataflow"}
	acctest.Applied(t, terraform, i, core.Create, arguments)
	arguments["name"] = "Store"
	acctest.Applied(t, terraform, i, core.Update, arguments)
	arguments["source_connection_id"] = other
	planned, found := terraform.Plan(t.Context(), i, arguments)
	require.Equal(t, core.Replace, planned.Action)
	require.Len(t, found, 1)
	require.Equal(t, tfprotov6.DiagnosticSeverityWarning, found[0].Severity)
	require.Equal(t, "Replacing a dataflow loses events", found[0].Summary)
}

// Options that were set in Experience Platform are not managed, and never lost without a word.
func TestReplacementNamesTheOptionsThatAreLost(t *testing.T) {
	t.Parallel()
	const lost = "The new dataflow will not have these options"
	for name, test := range map[string]struct {
		options map[string]any
		want    string
	}{
		"none":        {map[string]any{}, ""},
		"without use": {map[string]any{"isSampleDataflow": false, "errorDiagnosticsEnabled": false, "partialIngestionPercent": 0, "alerts": nil}, ""},
		"of the wizard": {
			map[string]any{"partialIngestionPercent": 5, "errorDiagnosticsEnabled": true},
			"errorDiagnosticsEnabled = true, partialIngestionPercent = 5.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{Provisioning: -1})
			source, target, set := world.MakeSourceConnection(t, "Source"), world.MakeTargetConnection(t, "Target"), world.MakeMappingSet(t, "Mapping")
			arguments := map[string]any{
				"name": "Shop", "source_connection_id": source, "target_connection_id": target, "mapping_set_id": set, "mapping_version": 0,
			}
			i := &core.Instance{Type: "customerio_dataflow"}
			acctest.Applied(t, world.Core(t), i, core.Create, arguments)
			require.NoError(t, world.Update(simulator.KindFlow, world.Alive(simulator.KindFlow)[0], func(body map[string]any) {
				maps.Copy(body["options"].(map[string]any), test.options)
			}))
			arguments["source_connection_id"] = world.MakeSourceConnection(t, "Other")
			planned, found := world.Core(t).Plan(t.Context(), i, arguments)
			require.Equal(t, core.Replace, planned.Action)
			require.Len(t, found, 1)
			require.NotContains(t, found[0].Detail, "/collection/")
			if test.want == "" {
				require.NotContains(t, found[0].Detail, lost)
				return
			}
			require.Contains(t, found[0].Detail, lost)
			require.Contains(t, found[0].Detail, test.want)
		})
	}
}
