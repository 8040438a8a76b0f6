package targetdataset

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// protect says in the plan what the deletion protection will hold back. A destroy goes on with everything else, so it is only a
// warning. A replacement would take down what uses the dataset and then fail, so it is refused.
func protect(ctx context.Context, change managed.Change[model]) {
	state, diags := change.State(ctx), &change.Response.Diagnostics
	if change.Creates() || diags.HasError() || !state.isProtected() {
		return
	}
	if change.Deletes() {
		diags.AddWarning("Dataset is protected", fmt.Sprintf(
			"The destroy will delete everything else and then fail on the dataset %q (%s), because `deletion_protection` is true. The dataset "+
				"and its schema remain. To delete the dataset with its data, apply `deletion_protection = false` first.", state.Name.ValueString(), state.ID.ValueString()))
		return
	}
	plan := change.Plan(ctx)
	for attribute, same := range map[string]bool{
		"schema_id":      plan.SchemaID.Equal(state.SchemaID),
		"schema_version": plan.SchemaVersion.Equal(state.SchemaVersion),
	} {
		if !same {
			diags.AddAttributeError(path.Root(attribute), "Dataset is protected", fmt.Sprintf(
				"A dataset cannot change its schema, so Terraform would delete the dataset %q (%s) with its data and create another one. "+
					"Its `deletion_protection` forbids that. Create another dataset beside it, or apply `deletion_protection = false` first.",
				state.Name.ValueString(), state.ID.ValueString()))
		}
	}
}

// isProtected counts a protection that is not known as one: an import may not have read the dataset.
func (m *model) isProtected() bool { return !m.DeletionProtection.Equal(types.BoolValue(false)) }

// protected refuses a delete. A dataset that was pending exists under an ID that Terraform did not know.
func protected(state *model, wasPending bool) error {
	name, id := state.Name.ValueString(), state.ID.ValueString()
	text := fmt.Sprintf("The dataset %q (%s) was not deleted, because `deletion_protection` is true. To delete it with its data, set "+
		"`deletion_protection = false` and apply with `-target` on the dataset, then destroy. To remove it from Terraform only, run "+
		"`terraform state rm`. If Terraform replaces it only because an earlier apply failed (it is tainted), run `terraform untaint`.", name, id)
	if wasPending {
		text = fmt.Sprintf("An earlier apply seems to have created the dataset %q (%s). `deletion_protection` keeps it. Run `terraform state "+
			"rm` for this resource, then `terraform import` with the ID %s.", name, id, id)
	}
	return managed.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("deletion_protection"), "Dataset is protected", text)}
}
