package dataflow_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// Generated configurations write the version 1.0 of a specification as 1, which is no other one, and must not replace a dataflow.
func TestAnotherSpellingOfASpecificationReplacesNothing(t *testing.T) {
	t.Parallel()
	const spec = "e77fde5a-22a8-11ed-861d-0242ac120002"
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	terraform, flow := world.Core(t), &core.Instance{Type: "customerio_dataflow"}
	source, target, set := world.MakeSourceConnection(t, "Shop"), world.MakeTargetConnection(t, "Shop"), world.MakeMappingSet(t, "Shop")
	with := func(flowSpec map[string]any) map[string]any {
		return map[string]any{
			"name": "Shop", "flow_spec": flowSpec, "source_connection_id": source, "target_connection_id": target, "mapping_set_id": set, "mapping_version": 0,
		}
	}
	acctest.Applied(t, terraform, flow, core.Create, with(map[string]any{"id": spec, "version": "1.0"}))
	for _, same := range []map[string]any{nil, {"id": spec}, {"id": spec, "version": "1"}, {"id": "E77FDE5A-22A8-11ED-861D-0242AC120002", "version": "1"}} {
		acctest.Applied(t, terraform, flow, core.NoOp, with(same))
	}
	change, found := terraform.Plan(t.Context(), flow, with(map[string]any{"id": spec, "version": "1.1"}))
	require.NoError(t, found.Err())
	require.Equal(t, core.Replace, change.Action)
}
