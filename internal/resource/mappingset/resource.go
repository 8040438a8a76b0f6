// Package mappingset is the resource customerio_mapping_set: which field of an event fills which field of the XDM schema.
package mappingset

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

const (
	object = "mapping set"
	// deleteTimeout is for what no document speaks of.
	deleteTimeout = 30 * time.Second
)

type mappingSet struct{ services *clients.Set }

var (
	_ resource.ResourceWithConfigure   = &mappingSet{}
	_ resource.ResourceWithImportState = &mappingSet{}
	_ resource.ResourceWithIdentity    = &mappingSet{}
	_ resource.ResourceWithModifyPlan  = &mappingSet{}
)

// New makes the resource.
func New() resource.Resource { return &mappingSet{} }

func (r *mappingSet) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_mapping_set"
}

func (r *mappingSet) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = managed.IdentitySchema("Id of the mapping set, 32 hexadecimal digits.")
}

func (r *mappingSet) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

// ModifyPlan keeps the version where nothing of the set changes: the framework plans it as unknown for a mere change of the spaces
// in schema_version, or of the timeouts, too, and every dataflow would follow a version that says the same.
func (r *mappingSet) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() {
		return
	}
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	unchanged := req.Plan
	resp.Diagnostics.Append(unchanged.SetAttribute(ctx, path.Root("version"), state.Version)...)
	resp.Diagnostics.Append(unchanged.SetAttribute(ctx, path.Root("timeouts"), state.Timeouts)...)
	if unchanged.Raw.Equal(req.State.Raw) {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("version"), state.Version)...)
	}
}

func (r *mappingSet) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.services.DataPrep.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if !validate(ctx, client, &plan, &resp.Diagnostics) {
		return
	}
	id, version, err := client.CreateMappingSet(ctx, plan.toAPI())
	if err != nil {
		operation("create", plan.label()).Report(&resp.Diagnostics, err)
		managed.KeepPending(ctx, err, req, resp)
		return
	}
	plan.ID, plan.Version = types.StringValue(id), types.Int64Value(version)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

// validate asks the service for its opinion before anything is written, and puts what it refuses on the mapping at fault.
func validate(ctx context.Context, client *dataprep.Client, plan *model, diags *diag.Diagnostics) bool {
	invalid, err := client.ValidateMappingSet(ctx, plan.toAPI())
	if err != nil {
		operation("validate", plan.label()).Report(diags, err)
		return false
	}
	for _, mapping := range invalid {
		diags.AddAttributeError(path.Root("mappings").AtMapKey(mapping.Destination), "Invalid mapping", fmt.Sprintf(
			"Data Prep would refuse the mapping into %q: %s\n\nNothing was changed.", mapping.Destination, cmp.Or(mapping.Reason, "it gives no reason.")))
	}
	return len(invalid) == 0
}

func (r *mappingSet) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, state.ID)...)
	client := r.services.DataPrep.UseForRead(&resp.Diagnostics)
	if resp.Diagnostics.HasError() || client == nil {
		return
	}
	if managed.ReadPending(ctx, operation("read", state.label()), state.ID, resp, left(client, state)) {
		return
	}
	set, err := client.NewestMappingSet(ctx, state.ID.ValueString(), state.Version.ValueInt64())
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		operation("read", state.ID).Report(&resp.Diagnostics, err)
		return
	}
	if duplicates := state.fromAPI(set); len(duplicates) > 0 {
		resp.Diagnostics.AddWarning("Fields mapped more than once", fmt.Sprintf(
			"The mapping set %s maps %s more than once, which this resource cannot hold; the last mapping of each counts. Correct the "+
				"set in the console, or change it here so that it is written anew.", state.ID.ValueString(), advice.Listed(duplicates)))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *mappingSet) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var state, plan model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, state.ID)...)
	client := r.services.DataPrep.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if !plan.Version.IsUnknown() { // only the timeouts change
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
		return
	}
	if !validate(ctx, client, &plan, &resp.Diagnostics) {
		return
	}
	version, err := client.UpdateMappingSet(ctx, plan.toAPI())
	if err != nil {
		operation("update", state.label()).Report(&resp.Diagnostics, err)
		return
	}
	plan.Version = types.Int64Value(version)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

func (r *mappingSet) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.services.DataPrep.Use(&resp.Diagnostics)
	timeout, diags := state.Timeouts.Delete(ctx, deleteTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if !managed.FindPending(ctx, operation("delete", state.label()), resp, &state.ID, left(client, state)) {
		return
	}
	err := client.DeleteMappingSet(ctx, state.ID.ValueString())
	switch {
	case dataprep.CannotDelete(err):
		resp.Diagnostics.AddWarning("Mapping set not deleted", fmt.Sprintf(
			"Data Prep does not delete mapping sets: it refused to delete %s (%s).\n\nThere is nothing to do. Terraform no longer manages the "+
				"set; it stays in the sandbox, where no dataflow of this configuration uses it.", state.ID.ValueString(), err))
	case err != nil:
		operation("delete", state.label()).Report(&resp.Diagnostics, err)
	}
}

// left looks for what a create with an unknown outcome made.
func left(client *dataprep.Client, state model) managed.Finder {
	return func(ctx context.Context, window objects.Window) (string, error) {
		return client.FindCreatedMappingSet(ctx, state.toAPI(), window)
	}
}

func (r *mappingSet) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	managed.ImportByID(ctx, attribute.Identifier(), req, resp)
}

func operation(verb string, name types.String) advice.Attempt {
	return advice.Attempt{Verb: verb, Object: object, Name: name.ValueString()}
}
