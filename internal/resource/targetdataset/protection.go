package targetdataset

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// protect says in the plan what the deletion protection will hold back. A destroy goes on with everything else, so it is only a
// warning. A replacement would take down what uses the dataset and then fail, so it is refused.
func protect(ctx context.Context, change managed.Change[model]) {
	state, diags := change.State(ctx), &change.Response.Diagnostics
	if change.Creates() || diags.HasError() || !state.DeletionProtection.ValueBool() {
		return
	}
	if change.Deletes() {
		diags.AddWarning("Dataset is protected", fmt.Sprintf(
			"The dataset %q (%s) has deletion_protection, so the destroy will fail on it and leave it, and the schema it follows, as they "+
				"are. To delete it with its data, apply deletion_protection = false first.", state.Name.ValueString(), state.ID.ValueString()))
		return
	}
	plan := change.Plan(ctx)
	for attribute, same := range map[string]bool{
		"schema_id":      plan.SchemaID.Equal(state.SchemaID),
		"schema_version": plan.SchemaVersion.Equal(state.SchemaVersion),
	} {
		if !same {
			diags.AddAttributeError(path.Root(attribute), "Dataset is protected", fmt.Sprintf(
				"A dataset cannot change its schema, so the dataset %q (%s) would be deleted with its data and made anew. Its "+
					"deletion_protection forbids that. Make another dataset beside it, or apply deletion_protection = false first.",
				state.Name.ValueString(), state.ID.ValueString()))
		}
	}
}

// protected refuses a delete. A dataset that was pending exists under an ID that Terraform did not know.
func protected(state *model, wasPending bool) error {
	name, id := state.Name.ValueString(), state.ID.ValueString()
	text := fmt.Sprintf("The dataset %q (%s) was not deleted, because deletion_protection is true: its data would be lost. If that is wanted, apply "+
		"deletion_protection = false first; if only Terraform is to forget the dataset, use terraform state rm.", name, id)
	if wasPending {
		text = fmt.Sprintf("An earlier apply made the dataset %q (%s), by all appearances, and could not tell. It is not deleted, because "+
			"deletion_protection is true. Take it over: terraform state rm for this resource, then terraform import with the id %s.", name, id, id)
	}
	return managed.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("deletion_protection"), "Dataset is protected", text)}
}
