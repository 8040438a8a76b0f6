package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// The advice names the attribute that names the sandbox: that of the data source, or that of the provider.
func TestDataSourcesInASandboxThatDoesNotExist(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string]map[string]any{
		"customerio_dataflow":             {"id": noUUID},
		"customerio_dataflow_runs":        {"dataflow_id": noUUID},
		"customerio_mapping_preview":      {"mapping_set_id": noHex32, "event": "{}"},
		"customerio_mapping_set":          {"name": "Mapping"},
		"customerio_source_connection":    {"name": "Source"},
		"customerio_source_specification": {},
		"customerio_streaming_endpoint":   {"dataflow_id": noUUID},
		"customerio_target_connection":    {"id": noUUID},
		"customerio_target_dataset":       {"id": noHex24},
		"customerio_target_schema":        {"title": "Events"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			found := world.CoreWith(t, "adobe", "sandbox_name", "dve").Read(t.Context(), name, arguments)
			require.ErrorContains(t, found.Err(), "Check `adobe.sandbox_name` (ADOBE_SANDBOX_NAME) and the role")
			require.Nil(t, found[0].Attribute)

			arguments["sandbox_name"] = "dve"
			found = world.Core(t).Read(t.Context(), name, arguments)
			require.ErrorContains(t, found.Err(), "Check `sandbox_name` and the role")
			require.Equal(t, tftypes.NewAttributePath().WithAttributeName("sandbox_name"), found[0].Attribute)
		})
	}
}
