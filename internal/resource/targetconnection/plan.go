package targetconnection

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// checkSchema compares the schema with that of the dataset where both are known, when either is new. The service does so only
// when a dataflow is made (1425-400). What cannot be read is left to it.
func checkSchema(ctx context.Context, change managed.Change[model]) {
	if change.Deletes() || change.Clients == nil || change.Clients.Catalog.Client == nil {
		return
	}
	diags, state, plan := &change.Response.Diagnostics, change.State(ctx), change.Plan(ctx)
	if diags.HasError() || plan.DatasetID.IsUnknown() || plan.SchemaID.IsUnknown() || plan.SchemaVersion.IsUnknown() ||
		plan.DatasetID.Equal(state.DatasetID) && plan.SchemaID.Equal(state.SchemaID) && plan.SchemaVersion.Equal(state.SchemaVersion) {
		return
	}
	dataset, err := change.Clients.Catalog.Client.Datasets.GetShared(ctx, plan.DatasetID.ValueString())
	if transport.IsNotFound(err) {
		diags.AddAttributeWarning(path.Root("dataset_id"), "Dataset not found", fmt.Sprintf("%s.\n\nThe dataset does not exist or is not "+
			"visible. Check `dataset_id` and `adobe.sandbox_name`: Flow Service refuses a dataflow into this target connection.", err))
	}
	if err != nil {
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
