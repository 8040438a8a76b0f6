package dataflow

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
)

// ModifyPlan compares the schema of the mapping set with that of the target connection where both are known, when either is
// new: the service would refuse the dataflow otherwise (1425-400). What cannot be read is left to it.
func (r *dataflow) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || r.services == nil || r.services.FlowService.Client == nil {
		return
	}
	var plan, state model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if resp.Diagnostics.HasError() || plan.TargetConnectionID.IsUnknown() || plan.MappingSetID.IsUnknown() || plan.MappingVersion.IsUnknown() ||
		plan.TargetConnectionID.Equal(state.TargetConnectionID) && plan.mapping() == state.mapping() {
		return
	}
	target, err := r.services.FlowService.Client.TargetConnection(ctx, plan.TargetConnectionID.ValueString())
	if err != nil {
		return
	}
	set, err := r.services.DataPrep.Client.MappingSetVersion(ctx, plan.MappingSetID.ValueString(), plan.MappingVersion.ValueInt64())
	if err != nil {
		return
	}
	wanted := target.Data.Schema
	if set.SchemaID == wanted.ID && xdm.SameVersion(set.ContentType, wanted.Version) {
		return
	}
	resp.Diagnostics.AddAttributeError(path.Root("mapping_set_id"), "Mapping set for another schema", fmt.Sprintf(
		"Version %d of the mapping set %s fills the schema %s (%s), and the target connection %q wants %s (%s). Schema and version must be the "+
			"same in dataset, target connection and mapping set, or the service refuses the dataflow (1425-400).",
		set.Version, set.ID, set.SchemaID, set.ContentType, target.Name, wanted.ID, wanted.Version))
}
