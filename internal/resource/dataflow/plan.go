package dataflow

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// checkMapping compares the schema of the mapping set with that of the target connection where both are known, when either is
// new: the service would refuse the dataflow otherwise (1425-400). What cannot be read is left to it.
func checkMapping(ctx context.Context, change managed.Change[model]) {
	if change.Deletes() || change.Clients == nil || change.Clients.FlowService.Client == nil {
		return
	}
	diags, state, plan := &change.Response.Diagnostics, change.State(ctx), change.Plan(ctx)
	if diags.HasError() || plan.TargetConnectionID.IsUnknown() || plan.MappingSetID.IsUnknown() || plan.MappingVersion.IsUnknown() ||
		plan.TargetConnectionID.Equal(state.TargetConnectionID) && plan.mapping() == state.mapping() {
		return
	}
	target, err := change.Clients.FlowService.Client.TargetConnections.GetShared(ctx, plan.TargetConnectionID.ValueString())
	if err != nil {
		return
	}
	set, err := change.Clients.DataPrep.Client.MappingSetVersion(ctx, plan.MappingSetID.ValueString(), plan.MappingVersion.ValueInt64())
	if err != nil {
		return
	}
	wanted := target.Data.Schema
	if (set.SchemaID == "" || objects.Agree(set.SchemaID, wanted.ID)) && xdm.SameVersion(set.ContentType, wanted.Version) {
		return
	}
	diags.AddAttributeError(path.Root("mapping_set_id"), "Mapping set for another schema", fmt.Sprintf(
		"Version %d of the mapping set %s is for the schema %s (%s), but the target connection %q has the schema %s (%s). Dataset, target "+
			"connection and mapping set must have the same schema and version. Otherwise Flow Service refuses the dataflow (FLOW-1425-400).",
		set.Version, set.ID, set.SchemaID, set.ContentType, target.Name, wanted.ID, wanted.Version))
}
