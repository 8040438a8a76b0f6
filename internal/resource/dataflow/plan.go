package dataflow

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
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
	change.RefersToSpec(ctx, "flow_spec", plan.FlowSpec, state.FlowSpec, &client.FlowSpecs, &client.ConnectionSpecs)
	if !change.Response.Diagnostics.HasError() {
		checkMapping(ctx, change, state, plan)
	}
}

// checkMapping compares the schema of the mapping set with that of the target connection, when either is new or changes: the service refuses a new
// dataflow otherwise (1425-400), and events of one that exists are lost. Both are as this plan makes them, or else as they are. What cannot be
// known or read is left to the service.
func checkMapping(ctx context.Context, change managed.Change[model], state, plan model) {
	if plan.MappingSetID.Equal(state.MappingSetID) && plan.MappingVersion.Equal(state.MappingVersion) && plan.TargetConnectionID.Equal(state.TargetConnectionID) {
		return
	}
	mapped := mappedInto(ctx, change, state, plan)
	if len(mapped) == 0 {
		return
	}
	id := clients.PlannedID{Planned: plan.TargetConnectionID, Held: state.TargetConnectionID}
	if planned := change.Clients.WillBe("target connection", id); len(planned) > 0 || id.Planned.IsUnknown() {
		refuse(&change.Response.Diagnostics, mapped, schemasOf(change.Clients, "the target connection %q", planned))
		return
	}
	target, err := change.Clients.FlowService.Client.TargetConnections.GetShared(ctx, id.Planned.ValueString())
	if err != nil {
		return
	}
	has := with{fmt.Sprintf("the target connection %q", target.Name), xdm.SchemaRef{ID: target.Data.Schema.ID, ContentType: target.Data.Schema.Version}}
	refused := refuse(&change.Response.Diagnostics, mapped, []with{has})
	if created, _ := change.Clients.FlowService.Client.TargetConnections.Recall(id.Planned.ValueString()); !refused && created == nil {
		refuse(&change.Response.Diagnostics, mapped, datasetOf(ctx, change, target))
	}
}

// with is what has a schema, or may have it after the apply.
type with struct {
	what   string
	schema xdm.SchemaRef
}

// schemasOf are the schemas that planned objects may have. There are none if that is not known.
func schemasOf(set *clients.Set, called string, planned []clients.Planned) (all []with) {
	for _, one := range planned {
		schemas := set.SchemasOf(one)
		if len(schemas) == 0 {
			return nil
		}
		for _, schema := range schemas {
			all = append(all, with{fmt.Sprintf(called, one.Name), schema})
		}
	}
	return all
}

// mappedInto is the schema of the mapping set, in the version that the dataflow names, or in the one that this plan makes. There is none if
// that is not known.
func mappedInto(ctx context.Context, change managed.Change[model], state, plan model) []with {
	if plan.MappingSetID.IsUnknown() || plan.MappingVersion.IsUnknown() {
		id := clients.PlannedID{Planned: plan.MappingSetID, Held: state.MappingSetID}
		return schemasOf(change.Clients, "With this plan, the mapping set %q", change.Clients.WillBe("mapping set", id))
	}
	id, number := plan.MappingSetID.ValueString(), plan.MappingVersion.ValueInt64()
	set, err := change.Clients.DataPrep.Client.MappingSetVersion(ctx, id, number)
	if dataprep.IsNoVersion(err) {
		change.Response.Diagnostics.AddAttributeError(path.Root("mapping_version"), "Version of the mapping set not found", fmt.Sprintf(
			"The mapping set %s has no version %d. %s. Use the attribute `version` of `customerio_mapping_set`.", id, number, err))
	}
	if err != nil {
		return nil
	}
	return []with{{fmt.Sprintf("Version %d of the mapping set %s", number, id), xdm.SchemaRef{ID: set.SchemaID, ContentType: set.ContentType}}}
}

// datasetOf is the dataset of a target connection that this configuration does not manage: nobody else compares the two.
func datasetOf(ctx context.Context, change managed.Change[model], target *flowservice.TargetConnection) []with {
	id, called := target.Params.DataSetID, fmt.Sprintf("the dataset %%q of the target connection %q", target.Name)
	if planned := change.Clients.WillBe("dataset", clients.PlannedID{Planned: types.StringValue(id)}); len(planned) > 0 {
		return schemasOf(change.Clients, called, planned)
	}
	if id == "" || change.Clients.Catalog.Client == nil {
		return nil
	}
	dataset, err := change.Clients.Catalog.Client.Datasets.GetShared(ctx, id)
	if err != nil || dataset.SchemaRef.ID == "" {
		return nil
	}
	return []with{{fmt.Sprintf(called, dataset.Name), dataset.SchemaRef}}
}

// refuse reports that no mapping set fits the target, and tells whether that is so.
func refuse(diags *diag.Diagnostics, mapped, targets []with) bool {
	for _, set := range mapped {
		for _, target := range targets {
			if (set.schema.ID == "" || objects.Agree(set.schema.ID, target.schema.ID)) && xdm.SameVersion(set.schema.ContentType, target.schema.ContentType) {
				return false
			}
		}
	}
	if len(mapped) == 0 || len(targets) == 0 {
		return false
	}
	set, target := mapped[0], targets[0]
	diags.AddAttributeError(path.Root("mapping_set_id"), "Mapping set for another schema", fmt.Sprintf(
		"%s is for the schema %s (%s), but %s has the schema %s (%s). Dataset, target connection and mapping set must have the same schema and version. "+
			"Otherwise Flow Service refuses a new dataflow (FLOW-1425-400), and an existing one loses events.",
		set.what, set.schema.ID, set.schema.ContentType, target.what, target.schema.ID, target.schema.ContentType))
	return true
}
