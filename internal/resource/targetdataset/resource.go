// Package targetdataset is the resource customerio_target_dataset: where the events end.
package targetdataset

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

const (
	object        = "dataset"
	deleteTimeout = 10 * time.Minute
)

type targetDataset struct{ services *clients.Set }

var (
	_ resource.ResourceWithConfigure   = &targetDataset{}
	_ resource.ResourceWithImportState = &targetDataset{}
	_ resource.ResourceWithIdentity    = &targetDataset{}
	_ resource.ResourceWithModifyPlan  = &targetDataset{}
)

// New makes the resource.
func New() resource.Resource { return &targetDataset{} }

func (r *targetDataset) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_target_dataset"
}

func (r *targetDataset) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = managed.IdentitySchema("Id of the dataset, 24 hexadecimal digits.")
}

func (r *targetDataset) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

// ModifyPlan says early what the deletion protection will hold back. A destroy goes on with everything else, so it is only
// warned about; a replacement would take down what uses the dataset and then fail, so it is refused.
func (r *targetDataset) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.State.Raw.IsNull() {
		return
	}
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !state.DeletionProtection.ValueBool() {
		return
	}
	if req.Plan.Raw.IsNull() {
		resp.Diagnostics.AddWarning("Dataset is protected", fmt.Sprintf(
			"The dataset %q (%s) has deletion_protection, so the destroy will fail on it and leave it, and the schema it follows, as they "+
				"are. To delete it with its data, apply deletion_protection = false first.", state.Name.ValueString(), state.ID.ValueString()))
		return
	}
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	for attribute, same := range map[string]bool{
		"schema_id":      plan.SchemaID.Equal(state.SchemaID),
		"schema_version": plan.SchemaVersion.Equal(state.SchemaVersion),
	} {
		if !same {
			resp.Diagnostics.AddAttributeError(path.Root(attribute), "Dataset is protected", fmt.Sprintf(
				"A dataset cannot change its schema, so the dataset %q (%s) would be deleted with its data and made anew. Its "+
					"deletion_protection forbids that. Make another dataset beside it, or apply deletion_protection = false first.",
				state.Name.ValueString(), state.ID.ValueString()))
		}
	}
}

func (r *targetDataset) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.services.Catalog.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	dataset, diags := plan.toAPI(ctx)
	if resp.Diagnostics.Append(diags...); resp.Diagnostics.HasError() {
		return
	}
	id, err := client.CreateDataset(ctx, dataset)
	if err != nil {
		operation("create", plan.Name).Report(&resp.Diagnostics, err)
		managed.KeepPending(ctx, err, req, resp)
		return
	}
	plan.ID = types.StringValue(id)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *targetDataset) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, state.ID)...)
	client := r.services.Catalog.UseForRead(&resp.Diagnostics)
	if resp.Diagnostics.HasError() || client == nil {
		return
	}
	if managed.ReadPending(ctx, operation("read", state.Name), state.ID, resp, left(client, state)) {
		return
	}
	dataset, err := client.Dataset(ctx, state.ID.ValueString())
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		operation("read", state.ID).Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(state.fromAPI(ctx, dataset)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *targetDataset) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var state, plan model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, state.ID)...)
	client := r.services.Catalog.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	change, diags := plan.changeFrom(ctx, state)
	if resp.Diagnostics.Append(diags...); resp.Diagnostics.HasError() {
		return
	}
	if err := client.UpdateDataset(ctx, state.ID.ValueString(), change); err != nil {
		operation("update", state.Name).Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

func (r *targetDataset) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.services.Catalog.Use(&resp.Diagnostics)
	timeout, diags := state.Timeouts.Delete(ctx, deleteTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	_, pending := managed.Pending(state.ID)
	if !managed.FindPending(ctx, operation("delete", state.Name), resp, &state.ID, left(client, state)) {
		return
	}
	if state.DeletionProtection.ValueBool() {
		resp.Diagnostics.AddAttributeError(path.Root("deletion_protection"), "Dataset is protected", protected(state, pending))
		return
	}
	if err := client.DeleteDataset(ctx, state.ID.ValueString()); err != nil {
		operation("delete", state.Name).Report(&resp.Diagnostics, err)
	}
}

// protected says why a dataset was not deleted, and what to do. One that is pending was made, by all appearances, but under an id
// that Terraform does not know.
func protected(state model, pending bool) string {
	name, id := state.Name.ValueString(), state.ID.ValueString()
	if pending {
		return fmt.Sprintf("An earlier apply made the dataset %q (%s), by all appearances, and could not tell. It is not deleted, because "+
			"deletion_protection is true. Take it over: terraform state rm for this resource, then terraform import with the id %s.", name, id, id)
	}
	return fmt.Sprintf("The dataset %q (%s) was not deleted, because deletion_protection is true: its data would be lost. If that is wanted, apply "+
		"deletion_protection = false first; if only Terraform is to forget the dataset, use terraform state rm.", name, id)
}

// left looks for what a create with an unknown outcome made.
func left(client *catalog.Client, state model) managed.Finder {
	return func(ctx context.Context, window objects.Window) (string, error) {
		dataset, diags := state.toAPI(ctx)
		if diags.HasError() {
			return "", managed.AsError(diags)
		}
		return client.FindCreatedDataset(ctx, dataset, window)
	}
}

func (r *targetDataset) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	managed.ImportByID(ctx, attribute.Identifier(), req, resp)
}

func operation(verb string, name types.String) advice.Attempt {
	return advice.Attempt{Verb: verb, Object: object, Name: name.ValueString()}
}
