package resilience_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// TestManyPipelinesAreReadByPages refreshes a hundred pipelines with at most 12 calls, and with -all a thousand with at most 60. Its Terraform Core is
// that of the tests: a real one takes half an hour to create a thousand.
func TestManyPipelinesAreReadByPages(t *testing.T) {
	t.Parallel()
	pipelines, most := 100, 12
	if *all {
		pipelines, most = 1000, 60
	}
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	terraform := world.Core(t)
	var instances []*core.Instance
	has := func(kind, id string) string {
		one := &core.Instance{Type: "customerio_" + kind}
		require.NoError(t, terraform.Import(t.Context(), one, id).Err())
		instances = append(instances, one)
		return id
	}
	for i := range pipelines {
		name := fmt.Sprint("Pipeline ", i)
		source := has("source_connection", world.MakeSourceConnection(t, name))
		target := has("target_connection", world.MakeTargetConnection(t, name))
		set := has("mapping_set", world.MakeMappingSet(t, name))
		flow := has("dataflow", world.MakeFlow(t, name, source, target, set))
		has("reporting_webhook", world.Make(t, "/v1/reporting_webhooks", fmt.Sprintf(`{"name":%q,"events":["email_sent"],"disabled":false,
			"full_resolution":true,"with_content":false,"endpoint":"https://dcs.adobedc.net/collection/a?x-adobe-flow-id=%s"}`, name, flow)))
	}
	world.ResetCalls()
	require.NoError(t, terraform.RefreshAll(t.Context(), instances))
	calls := world.Calls()
	t.Logf("%d pipelines are read with %d calls: %v", pipelines, len(calls), routes(calls))
	require.LessOrEqual(t, len(calls), most, "%v", routes(calls))
	for _, one := range instances {
		require.True(t, one.Exists(), one.Type)
	}
}
