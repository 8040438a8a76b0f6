package targetconnection

import (
	"cmp"
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// modifyPlan takes the schema from the dataset where the configuration leaves it out, and compares it where it does not. Both only when
// something is new: the schema of a connection never changes.
func modifyPlan(ctx context.Context, change managed.Change[model]) {
	if change.Deletes() {
		return
	}
	diags, state, plan := &change.Response.Diagnostics, change.State(ctx), change.Plan(ctx)
	var configured model
	diags.Append(change.Request.Config.Get(ctx, &configured)...)
	if diags.HasError() {
		return
	}
	if change.Clients != nil && change.Clients.FlowService.Client != nil {
		client := change.Clients.FlowService.Client
		change.RefersToSpec(ctx, "connection_spec", plan.ConnectionSpec, state.ConnectionSpec, &client.ConnectionSpecs, &client.FlowSpecs)
	}
	another := !plan.DatasetID.Equal(state.DatasetID)
	drifted := !another && configured.SchemaVersion.IsNull() && !xdm.SameVersion(state.SchemaVersion.ValueString(), attribute.DefaultContentType)
	switch {
	case another:
		plan.leave(configured)
	case drifted: // or the version of a schema that had several
		plan.SchemaVersion = types.StringUnknown()
	case plan.SchemaID.Equal(state.SchemaID) && plan.SchemaVersion.Equal(state.SchemaVersion):
		return
	}
	checkSchema(ctx, change, &plan, state)
	if drifted && (plan.SchemaVersion.IsUnknown() || xdm.SameVersion(plan.SchemaVersion.ValueString(), state.SchemaVersion.ValueString())) {
		plan.SchemaVersion = state.SchemaVersion
	}
	diags.Append(change.Response.Plan.SetAttribute(ctx, path.Root("schema_id"), plan.SchemaID)...)
	diags.Append(change.Response.Plan.SetAttribute(ctx, path.Root("schema_version"), plan.SchemaVersion)...)
	change.PinsVersion(ctx)
	if drifted && !plan.SchemaVersion.Equal(state.SchemaVersion) {
		change.Response.Diagnostics.Append(change.Response.Plan.SetAttribute(ctx, path.Root("id"), types.StringUnknown())...)
		change.Response.RequiresReplace = append(change.Response.RequiresReplace, path.Root("schema_version"))
	}
}

// leave leaves to the dataset what the configuration does not say.
func (m *model) leave(configured model) {
	if configured.SchemaID.IsNull() {
		m.SchemaID = types.StringUnknown()
	}
	if configured.SchemaVersion.IsNull() {
		m.SchemaVersion = types.StringUnknown()
	}
}

// checkSchema looks for dataset and schema, and compares the schema with that of the dataset where both are known. The service does so only
// when a dataflow is made (1425-400). What cannot be read is left to it.
func checkSchema(ctx context.Context, change managed.Change[model], plan *model, state model) {
	if change.Clients == nil || change.Clients.Catalog.Client == nil {
		return
	}
	diags := &change.Response.Diagnostics
	dataset := datasetOf(ctx, change, state, *plan)
	if dataset == nil || !plan.SchemaID.IsUnknown() && !objects.Agree(plan.SchemaID.ValueString(), dataset.SchemaRef.ID) { // that of the dataset exists
		change.RefersToSchema(ctx)
	}
	if dataset == nil || diags.HasError() {
		return
	}
	plan.take(dataset.SchemaRef)
	const next = "Dataset, target connection and mapping set must have the same schema and version. Otherwise Flow Service refuses the dataflow (FLOW-1425-400)."
	ref := dataset.SchemaRef
	switch {
	case plan.SchemaID.IsUnknown() || plan.SchemaVersion.IsUnknown():
	case !objects.Agree(plan.SchemaID.ValueString(), ref.ID):
		diags.AddAttributeError(path.Root("schema_id"), "Not the schema of the dataset", fmt.Sprintf(
			"The dataset %q (%s) has the schema %s. %s", dataset.Name, plan.DatasetID.ValueString(), ref.ID, next))
	case !xdm.SameVersion(plan.SchemaVersion.ValueString(), ref.ContentType):
		diags.AddAttributeError(path.Root("schema_version"), "Not the schema version of the dataset", fmt.Sprintf(
			"The dataset %q (%s) has the schema version %s. %s", dataset.Name, plan.DatasetID.ValueString(), ref.ContentType, next))
	}
}

// datasetOf is the dataset in the plan, nil where it is not known or cannot be read. One that does not exist is an error.
func datasetOf(ctx context.Context, change managed.Change[model], state, plan model) *catalog.Dataset {
	datasets := &change.Clients.Catalog.Client.Datasets
	change.Refers(ctx, managed.Reference{Attribute: "dataset_id", Planned: plan.DatasetID, Held: state.DatasetID, In: datasets})
	if plan.DatasetID.IsUnknown() || change.Response.Diagnostics.HasError() {
		return nil
	}
	dataset, err := datasets.GetShared(ctx, plan.DatasetID.ValueString())
	if err != nil {
		return nil
	}
	return dataset
}

// take fills in what is not known with what a dataset says. An ID that it does not tell stays unknown.
func (m *model) take(ref xdm.SchemaRef) {
	if m.SchemaID.IsUnknown() && ref.ID != "" {
		m.SchemaID = types.StringValue(ref.ID)
	}
	if m.SchemaVersion.IsUnknown() {
		m.SchemaVersion = types.StringValue(cmp.Or(xdm.CompactMediaType(ref.ContentType), attribute.DefaultContentType))
	}
}

// complete takes from the dataset what was not known when the connection was planned.
func (m *model) complete(ctx context.Context, set *clients.Set) error {
	if !m.SchemaID.IsUnknown() && !m.SchemaVersion.IsUnknown() {
		return nil
	}
	var diags diag.Diagnostics
	client := set.Catalog.Use(&diags)
	if client == nil {
		return managed.Check(diags)
	}
	var ref xdm.SchemaRef
	dataset, err := client.Datasets.GetShared(ctx, m.DatasetID.ValueString())
	if err == nil {
		ref = dataset.SchemaRef
	}
	if m.take(ref); m.SchemaID.IsUnknown() {
		reason := "Catalog does not tell it."
		if err != nil {
			reason = "The dataset could not be read: " + err.Error() + "."
		}
		diags.AddAttributeError(path.Root("schema_id"), "Schema of the dataset not known", fmt.Sprintf(
			"The schema of the dataset %s is needed for the target connection %q. %s Set `schema_id` and `schema_version`.",
			m.DatasetID.ValueString(), m.Name.ValueString(), reason))
	}
	return managed.Check(diags)
}
