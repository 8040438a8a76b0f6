package targetdataset

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// checkPlan takes the version of the schema, protects the dataset, and looks for its schema.
func checkPlan(ctx context.Context, change managed.Change[model]) {
	if !change.Deletes() && change.TakeVersion(ctx) && !change.Creates() {
		change.Request.Plan = change.Response.Plan // for the protection
		change.Response.RequiresReplace = append(change.Response.RequiresReplace, path.Root("schema_version"))
	}
	if protect(ctx, change); !change.Response.Diagnostics.HasError() {
		change.RefersToSchema(ctx)
		change.PinsVersion(ctx)
	}
}

const summary = "Dataset is protected"

// protect refuses a plan that deletes a protected dataset. Nothing of the plan is carried out then, while Terraform would otherwise delete what
// depends on the dataset first, and only then learn that the dataset stays. Whether a pending dataset exists is found out in the apply.
func protect(ctx context.Context, change managed.Change[model]) {
	diags := &change.Response.Diagnostics
	if change.Creates() {
		if text := change.Replaces(ctx); text != "" {
			diags.AddAttributeError(path.Root("deletion_protection"), summary, text)
		}
		return
	}
	state := change.State(ctx)
	if diags.HasError() || state.IsPending() {
		return
	}
	what := fmt.Sprintf("the dataset %q (%s) with its data", state.Name.ValueString(), state.ID.ValueString())
	switch {
	case !state.isProtected():
		change.IfReplaced(ctx, "")
	case change.Deletes():
		diags.AddAttributeError(path.Root("deletion_protection"), summary, "The plan deletes "+what+", and `deletion_protection` is true. Nothing "+
			"was changed. To delete the dataset too, apply `deletion_protection = false` first, with `-target` on the dataset if the rest is gone "+
			"already. To keep it and delete the rest, take the dataset and its schema out of the state with `terraform state rm`, then plan again.")
	default:
		change.IfReplaced(ctx, "The plan replaces "+what+", and `deletion_protection` is true. Nothing was changed. Plan without "+
			"`-replace` or `replace_triggered_by`, or apply `deletion_protection = false` first.")
		protectFromOtherSchema(diags, state, change.Plan(ctx))
	}
}

func protectFromOtherSchema(diags *diag.Diagnostics, state, plan model) {
	attribute := "schema_id"
	if plan.SchemaID.Equal(state.SchemaID) {
		attribute = "schema_version"
		if plan.SchemaVersion.Equal(state.SchemaVersion) {
			return
		}
	}
	diags.AddAttributeError(path.Root(attribute), summary, fmt.Sprintf(
		"A dataset cannot change its schema, so Terraform would delete the dataset %q (%s) with its data and create another one. "+
			"Its `deletion_protection` forbids that. Create another dataset beside it, or apply `deletion_protection = false` first.",
		state.Name.ValueString(), state.ID.ValueString()))
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
	return managed.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("deletion_protection"), summary, text)}
}
