package managed_test

import (
	"context"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// The engine adds an ID and the timeouts of what waits.
func TestSchema(t *testing.T) {
	t.Parallel()
	notes := newNotes()
	notes.Waits = managed.Waits{Delete: managed.Wait{Default: 90 * time.Second, Until: "until the note is deleted"}}
	var described resource.SchemaResponse
	notes.start(t).Schema(t.Context(), resource.SchemaRequest{}, &described)
	attributes := described.Schema.Attributes
	require.Len(t, attributes, len(noteSchema().Attributes)+2)
	require.True(t, attributes["id"].IsComputed())
	require.Equal(t, "ID of the note.", attributes["id"].GetMarkdownDescription())
	limits := attributes["timeouts"].(schema.SingleNestedAttribute).Attributes
	require.Len(t, limits, 1)
	require.Equal(t, "How long to wait until the note is deleted, as a duration such as `30s` or `10m`. Default: `1m30s`.",
		limits["delete"].GetDescription())

	var metadata resource.MetadataResponse
	notes.start(t).Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "customerio"}, &metadata)
	require.Equal(t, "customerio_note", metadata.TypeName)
}

// A plan hook learns what Terraform is about to do.
func TestChanges(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		state, plan      map[string]string
		creates, deletes bool
	}{
		"create": {plan: planned(), creates: true},
		"update": {state: existing(), plan: map[string]string{"id": noteID, "name": "Store"}},
		"delete": {state: existing(), deletes: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			notes, asked := newNotes(), 0
			notes.ModifyPlan = func(ctx context.Context, change managed.Change[note]) {
				asked++
				require.Same(t, notes.set, change.Clients)
				require.Equal(t, test.creates, change.Creates())
				require.Equal(t, test.deletes, change.Deletes())
				require.Equal(t, test.state["name"], change.State(ctx).Name.ValueString())
				if !test.deletes {
					require.Equal(t, test.plan["name"], change.Plan(ctx).Name.ValueString())
				}
				change.Response.Diagnostics.AddWarning("Seen", "")
			}
			was, described := rawOrNull(t, test.state)
			is, _ := rawOrNull(t, test.plan)
			response := resource.ModifyPlanResponse{Plan: tfsdk.Plan{Raw: is, Schema: described}}
			request := resource.ModifyPlanRequest{State: tfsdk.State{Raw: was, Schema: described}, Plan: tfsdk.Plan{Raw: is, Schema: described}}
			notes.start(t).(resource.ResourceWithModifyPlan).ModifyPlan(t.Context(), request, &response)
			require.Equal(t, 1, asked)
			require.Equal(t, 1, response.Diagnostics.WarningsCount())
			require.False(t, response.Diagnostics.HasError(), "%v", response.Diagnostics)
		})
	}
}

func rawOrNull(t *testing.T, texts map[string]string) (tftypes.Value, schema.Schema) {
	t.Helper()
	value, described := raw(t, texts)
	if texts == nil {
		value = tftypes.NewValue(value.Type(), nil)
	}
	return value, described
}

// A resource without hooks has nothing to check and nothing to plan.
func TestHooksMayBeNil(t *testing.T) {
	t.Parallel()
	started := newNotes().start(t)
	started.(resource.ResourceWithModifyPlan).ModifyPlan(t.Context(), resource.ModifyPlanRequest{}, &resource.ModifyPlanResponse{})
	started.(resource.ResourceWithValidateConfig).ValidateConfig(t.Context(), resource.ValidateConfigRequest{}, &resource.ValidateConfigResponse{})
}
