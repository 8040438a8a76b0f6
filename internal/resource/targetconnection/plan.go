package targetconnection

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// checkSchema looks for dataset and schema, and compares the schema with that of the dataset where both are known, when either is new. The
// service does so only when a dataflow is made (1425-400). What cannot be read is left to it.
func checkSchema(ctx context.Context, change managed.Change[model]) {
	if change.Deletes() || change.Clients == nil || change.Clients.Catalog.Client == nil {
		return
	}
	diags, state, plan := &change.Response.Diagnostics, change.State(ctx), change.Plan(ctx)
	if diags.HasError() ||
		plan.DatasetID.Equal(state.DatasetID) && plan.SchemaID.Equal(state.SchemaID) && plan.SchemaVersion.Equal(state.SchemaVersion) {
		return
	}
	dataset := datasetOf(ctx, change, state, plan)
	if dataset == nil || !objects.Agree(plan.SchemaID.ValueString(), dataset.SchemaRef.ID) { // that of the dataset exists
		change.RefersToSchema(ctx)
	}
	if dataset == nil || diags.HasError() || plan.SchemaID.IsUnknown() || plan.SchemaVersion.IsUnknown() {
		return
	}
	const next = "Dataset, target connection and mapping set must have the same schema and version. Otherwise Flow Service refuses the dataflow (FLOW-1425-400)."
	ref := dataset.SchemaRef
	switch {
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
