// Package baseconnection is the resource customerio_base_connection: the credentials of a source that needs some.
package baseconnection

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
	object        = "base connection"
	deleteTimeout = 10 * time.Minute
)

type baseConnection struct{ services *clients.Set }

var (
	_ resource.ResourceWithConfigure   = &baseConnection{}
	_ resource.ResourceWithImportState = &baseConnection{}
	_ resource.ResourceWithIdentity    = &baseConnection{}
)

// New makes the resource.
func New() resource.Resource { return &baseConnection{} }

func (r *baseConnection) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_base_connection"
}

func (r *baseConnection) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = managed.IdentitySchema("Id of the base connection, a UUID.")
}

func (r *baseConnection) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (r *baseConnection) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	params, diags := authParams(ctx, req.Config, plan)
	resp.Diagnostics.Append(diags...)
	client := r.services.FlowService.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	id, err := client.CreateBaseConnection(ctx, plan.toAPI(params))
	if err != nil {
		operation("create", plan.Name).Report(&resp.Diagnostics, err)
		managed.KeepPending(ctx, err, req, resp)
		return
	}
	plan.ID = types.StringValue(id)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *baseConnection) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	r.services.Secrets.LearnAll(state.secrets())
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, state.ID)...)
	client := r.services.FlowService.UseForRead(&resp.Diagnostics)
	if resp.Diagnostics.HasError() || client == nil {
		return
	}
	if managed.ReadPending(ctx, operation("read", state.Name), state.ID, resp, left(client, state)) {
		return
	}
	connection, err := client.BaseConnection(ctx, state.ID.ValueString())
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

func (r *baseConnection) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var state, plan model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	r.services.Secrets.LearnAll(state.secrets())
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	params, diags := authParams(ctx, req.Config, plan)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, state.ID)...)
	client := r.services.FlowService.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	change := flowservice.BaseConnectionChange{TextChange: flowservice.TextChange{
		Name: attribute.Changed(state.Name, plan.Name), Description: attribute.Changed(state.Description, plan.Description),
	}}
	if plan.paramsDifferFrom(state) {
		change.AuthParams = params
	}
	if err := client.UpdateBaseConnection(ctx, state.ID.ValueString(), change); err != nil {
		operation("update", state.Name).Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

func (r *baseConnection) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	r.services.Secrets.LearnAll(state.secrets())
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
	if err := client.DeleteBaseConnection(ctx, state.ID.ValueString()); err != nil {
		operation("delete", state.Name).Report(&resp.Diagnostics, err)
	}
}

// left looks for what a create with an unknown outcome made.
func left(client *flowservice.Client, state model) managed.Finder {
	return func(ctx context.Context, window adopt.Window) (string, error) {
		return client.LeftBaseConnection(ctx, state.toAPI(nil), window)
	}
}

func (r *baseConnection) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	managed.ImportByID(ctx, attribute.UUID(), req, resp)
}

func operation(verb string, name types.String) advice.Attempt {
	return advice.Attempt{Verb: verb, Object: object, Name: name.ValueString()}
}
