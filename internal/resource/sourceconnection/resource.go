// Package sourceconnection is the resource customerio_source_connection: where a dataflow takes its data from.
package sourceconnection

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
	object        = "source connection"
	deleteTimeout = 10 * time.Minute
)

type sourceConnection struct{ services *clients.Set }

var (
	_ resource.ResourceWithConfigure   = &sourceConnection{}
	_ resource.ResourceWithImportState = &sourceConnection{}
	_ resource.ResourceWithIdentity    = &sourceConnection{}
)

// New makes the resource.
func New() resource.Resource { return &sourceConnection{} }

func (r *sourceConnection) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_source_connection"
}

func (r *sourceConnection) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = managed.IdentitySchema("Id of the source connection, a UUID.")
}

func (r *sourceConnection) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (r *sourceConnection) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.services.FlowService.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	id, err := client.CreateSourceConnection(ctx, plan.toAPI())
	if err != nil {
		operation("create", plan.Name).Report(&resp.Diagnostics, err)
		managed.KeepPending(ctx, err, req, resp)
		return
	}
	plan.ID = types.StringValue(id)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *sourceConnection) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
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
	connection, err := client.SourceConnection(ctx, state.ID.ValueString())
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

func (r *sourceConnection) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
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
	if err := client.UpdateSourceConnection(ctx, state.ID.ValueString(), change); err != nil {
		operation("update", state.Name).Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

func (r *sourceConnection) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
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
	if err := client.DeleteSourceConnection(ctx, state.ID.ValueString()); err != nil {
		operation("delete", state.Name).Report(&resp.Diagnostics, err)
	}
}

// left looks for what a create with an unknown outcome made.
func left(client *flowservice.Client, state model) managed.Finder {
	return func(ctx context.Context, window adopt.Window) (string, error) {
		return client.LeftSourceConnection(ctx, state.toAPI(), window)
	}
}

func (r *sourceConnection) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	managed.ImportByID(ctx, attribute.UUID(), req, resp)
}

func operation(verb string, name types.String) advice.Attempt {
	return advice.Attempt{Verb: verb, Object: object, Name: name.ValueString()}
}
