// Package targetconnection is the resource customerio_target_connection: the dataset that a dataflow fills.
package targetconnection

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/adopt"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

const (
	object        = "target connection"
	deleteTimeout = 10 * time.Minute
)

type targetConnection struct{ services *clients.Set }

var (
	_ resource.ResourceWithConfigure   = &targetConnection{}
	_ resource.ResourceWithImportState = &targetConnection{}
	_ resource.ResourceWithIdentity    = &targetConnection{}
	_ resource.ResourceWithModifyPlan  = &targetConnection{}
)

// New makes the resource.
func New() resource.Resource { return &targetConnection{} }

func (r *targetConnection) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_target_connection"
}

func (r *targetConnection) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = managed.IdentitySchema("Id of the target connection, a UUID.")
}

func (r *targetConnection) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (r *targetConnection) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.services.FlowService.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	id, err := client.CreateTargetConnection(ctx, plan.toAPI())
	if err != nil {
		operation("create", plan.Name).Report(&resp.Diagnostics, err)
		managed.KeepPending(ctx, err, req, resp)
		return
	}
	plan.ID = types.StringValue(id)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *targetConnection) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, state.ID)...)
	client := r.services.FlowService.UseForRead(&resp.Diagnostics)
	if resp.Diagnostics.HasError() || client == nil {
		return
	}
	if managed.ReadPending(ctx, operation("read", state.Name), state.ID, resp, left(client, state)) {
		return
	}
	connection, err := client.TargetConnection(ctx, state.ID.ValueString())
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		operation("read", state.ID).Report(&resp.Diagnostics, err)
		return
	}
	state.fromAPI(connection)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *targetConnection) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var state, plan model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, state.ID)...)
	client := r.services.FlowService.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	change := flowservice.TextChange{
		Name: attribute.Changed(state.Name, plan.Name), Description: attribute.Changed(state.Description, plan.Description),
	}
	if err := client.UpdateTargetConnection(ctx, state.ID.ValueString(), change); err != nil {
		operation("update", state.Name).Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

func (r *targetConnection) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.services.FlowService.Use(&resp.Diagnostics)
	timeout, diags := state.Timeouts.Delete(ctx, deleteTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if !managed.FindPending(ctx, operation("delete", state.Name), resp, &state.ID, left(client, state)) {
		return
	}
	if err := client.DeleteTargetConnection(ctx, state.ID.ValueString()); err != nil {
		operation("delete", state.Name).Report(&resp.Diagnostics, err)
	}
}

// left looks for what a create with an unknown outcome made.
func left(client *flowservice.Client, state model) managed.Finder {
	return func(ctx context.Context, window adopt.Window) (string, error) {
		return client.LeftTargetConnection(ctx, state.toAPI(), window)
	}
}

func (r *targetConnection) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	managed.ImportByID(ctx, attribute.UUID(), req, resp)
}

func operation(verb string, name types.String) advice.Attempt {
	return advice.Attempt{Verb: verb, Object: object, Name: name.ValueString()}
}
