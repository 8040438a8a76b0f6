// Package targetschema is the resource customerio_target_schema: the XDM schema that the events take the form of.
package targetschema

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/adopt"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

const (
	object        = "schema"
	updateTimeout = 10 * time.Minute
	deleteTimeout = 10 * time.Minute
)

type targetSchema struct{ services *clients.Set }

var (
	_ resource.ResourceWithConfigure      = &targetSchema{}
	_ resource.ResourceWithImportState    = &targetSchema{}
	_ resource.ResourceWithIdentity       = &targetSchema{}
	_ resource.ResourceWithModifyPlan     = &targetSchema{}
	_ resource.ResourceWithValidateConfig = &targetSchema{}
)

// New makes the resource.
func New() resource.Resource { return &targetSchema{} }

func (r *targetSchema) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_target_schema"
}

func (r *targetSchema) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = managed.IdentitySchema("$id of the schema, a URI.")
}

func (r *targetSchema) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (r *targetSchema) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.services.SchemaRegistry.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	made := plan.withoutComputed()
	err := build(ctx, client, &made, func() {
		resp.Diagnostics.Append(resp.State.Set(ctx, made)...)
		resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, made.identity())...)
	})
	if err != nil {
		operation("create", plan.Title).Report(&resp.Diagnostics, err)
		if made.FieldGroupID.IsNull() {
			managed.KeepPending(ctx, err, req, resp)
		}
	}
}

func (r *targetSchema) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, state.identity())...)
	client := r.services.SchemaRegistry.UseForRead(&resp.Diagnostics)
	if resp.Diagnostics.HasError() || client == nil || state.ID.IsNull() { // without an id only the field group was made
		return
	}
	left := func(ctx context.Context, _ adopt.Window) (string, error) {
		err := complete(ctx, client, &state) // by titles, which are unique
		return state.FieldGroupID.ValueString(), err
	}
	if managed.ReadPending(ctx, operation("read", state.Title), state.ID, resp, left) {
		return
	}
	err := read(ctx, client, &state)
	if errors.Is(err, errSchemaGone) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		operation("read", state.ID).Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *targetSchema) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var state, plan model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, state.ID)...)
	client := r.services.SchemaRegistry.Use(&resp.Diagnostics)
	timeout, diags := plan.Timeouts.Update(ctx, updateTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	schema, err := apply(ctx, client, &state, plan)
	if err != nil {
		operation("update", state.Title).Report(&resp.Diagnostics, err)
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
		return
	}
	plan.setSchema(schema)
	plan.IdentityDescriptorID = state.IdentityDescriptorID
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

func (r *targetSchema) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.services.SchemaRegistry.Use(&resp.Diagnostics)
	timeout, diags := state.Timeouts.Delete(ctx, deleteTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := remove(ctx, client, state); err != nil {
		operation("delete", state.Title).Report(&resp.Diagnostics, err)
	}
}

func (r *targetSchema) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	managed.ImportByID(ctx, attribute.HTTPURL(), req, resp)
}

func operation(verb string, title types.String) advice.Attempt {
	return advice.Attempt{Verb: verb, Object: object, Name: title.ValueString()}
}
