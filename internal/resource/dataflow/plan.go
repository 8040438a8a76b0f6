package dataflow

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// checkPlan looks at what a dataflow refers to, and says what a replacement costs.
func checkPlan(ctx context.Context, change managed.Change[model]) {
	if change.Deletes() {
		return
	}
	diags, state, plan := &change.Response.Diagnostics, change.State(ctx), change.Plan(ctx)
	if diags.HasError() {
		return
	}
	if change.Clients != nil && change.Clients.FlowService.Client != nil {
		checkReferences(ctx, change, state, plan)
	}
	if !change.Creates() && !diags.HasError() && replaces(state, plan) {
		diags.AddAttributeWarning(path.Root("id"), "Replacing a dataflow loses events", "This plan deletes the dataflow and creates another one, with another "+
			"webhook URL. Events that occur between the two, or that Customer.io still sends to the old URL, do not reach the dataset. To lose the least, "+
			"follow the guide \"Replacing a dataflow with the least loss\"."+lostOptions(ctx, change, state))
	}
}

// lostOptions names the options of the dataflow that its successor will not have, because this resource does not manage them. The refresh has
// read them, so no call is made.
func lostOptions(ctx context.Context, change managed.Change[model], state model) string {
	if change.Clients == nil || change.Clients.FlowService.Client == nil {
		return ""
	}
	flow, err := change.Clients.FlowService.Client.Flows.GetShared(ctx, state.ID.ValueString())
	if err != nil || len(flow.Options.Others) == 0 {
		return ""
	}
	return "\n\nThe new dataflow will not have these options of the old one, which the provider does not manage: " +
		strings.Join(flow.Options.Others, ", ") + ". If they matter, keep the old dataflow, or create its successor in Experience Platform and import it."
}

// replaces tells whether an attribute changes that a dataflow cannot change in place.
func replaces(state, plan model) bool {
	return !plan.SourceConnectionID.Equal(state.SourceConnectionID) || !plan.TargetConnectionID.Equal(state.TargetConnectionID) ||
		plan.FlowSpec != nil && state.FlowSpec != nil && *plan.FlowSpec != *state.FlowSpec
}

func checkReferences(ctx context.Context, change managed.Change[model], state, plan model) {
	client := change.Clients.FlowService.Client
	base, source, target := &client.BaseConnections, &client.SourceConnections, &client.TargetConnections
	change.Refers(ctx,
		managed.Reference{
			Attribute: "source_connection_id", Planned: plan.SourceConnectionID, Held: state.SourceConnectionID,
			In: source, Elsewhere: []managed.Collection{target, base, &client.Flows},
		},
		managed.Reference{
			Attribute: "target_connection_id", Planned: plan.TargetConnectionID, Held: state.TargetConnectionID,
			In: target, Elsewhere: []managed.Collection{source, base, &client.Flows},
		},
		managed.Reference{
			Attribute: "mapping_set_id", Planned: plan.MappingSetID, Held: state.MappingSetID, In: &change.Clients.DataPrep.Client.MappingSets,
		},
	)
	if !change.Response.Diagnostics.HasError() {
		checkMapping(ctx, change, state, plan)
	}
}

// checkMapping compares the schema of the mapping set with that of the target connection where both are known, when either is
// new: the service would refuse the dataflow otherwise (1425-400). What cannot be read is left to it.
func checkMapping(ctx context.Context, change managed.Change[model], state, plan model) {
	if plan.MappingSetID.IsUnknown() || plan.MappingVersion.IsUnknown() || plan.mapping() == state.mapping() && plan.TargetConnectionID.Equal(state.TargetConnectionID) {
		return
	}
	diags := &change.Response.Diagnostics
	set, err := change.Clients.DataPrep.Client.MappingSetVersion(ctx, plan.MappingSetID.ValueString(), plan.MappingVersion.ValueInt64())
	if dataprep.IsNoVersion(err) {
		diags.AddAttributeError(path.Root("mapping_version"), "Version of the mapping set not found", fmt.Sprintf(
			"The mapping set %s has no version %d. %s. Use the attribute `version` of `customerio_mapping_set`.",
			plan.MappingSetID.ValueString(), plan.MappingVersion.ValueInt64(), err))
	}
	if err != nil || plan.TargetConnectionID.IsUnknown() {
		return
	}
	target, err := change.Clients.FlowService.Client.TargetConnections.GetShared(ctx, plan.TargetConnectionID.ValueString())
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
