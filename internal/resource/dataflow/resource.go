// Package dataflow is the resource customerio_dataflow: the stream from a source connection through a mapping set into a target connection.
package dataflow

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
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

const object = "dataflow"

// The service took about six seconds to provision the dataflows of its own documentation; these are for its bad days.
const (
	createTimeout = 10 * time.Minute
	updateTimeout = 10 * time.Minute
	deleteTimeout = 10 * time.Minute
)

type dataflow struct{ services *clients.Set }

var (
	_ resource.ResourceWithConfigure   = &dataflow{}
	_ resource.ResourceWithImportState = &dataflow{}
	_ resource.ResourceWithIdentity    = &dataflow{}
	_ resource.ResourceWithModifyPlan  = &dataflow{}
)

// New makes the resource.
func New() resource.Resource { return &dataflow{} }

func (r *dataflow) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_dataflow"
}

func (r *dataflow) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = managed.IdentitySchema("Id of the dataflow, a UUID.")
}

func (r *dataflow) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (r *dataflow) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client := r.services.FlowService.Use(&resp.Diagnostics)
	timeout, diags := plan.Timeouts.Create(ctx, createTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	id, err := client.CreateFlow(ctx, plan.toAPI())
	if err != nil {
		operation("create", plan.Name).Report(&resp.Diagnostics, err)
		managed.KeepPending(ctx, err, req, resp)
		return
	}
	created := plan.created(id)
	resp.Diagnostics.Append(resp.State.Set(ctx, created)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, created.ID)...)

	flow, err := client.AwaitFlow(ctx, id)
	// The service refuses a state on create, so a dataflow that is to be disabled is disabled once it is there.
	if err == nil && plan.State.ValueString() == flowservice.StateDisabled {
		err = client.SetFlowState(ctx, id, flowservice.StateDisabled)
	}
	if err != nil {
		reportUnfinished(&resp.Diagnostics, plan.Name, err)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if flow != nil {
		created.setEndpoint(flow)
	}
	created.State = plan.State
	resp.Diagnostics.Append(resp.State.Set(ctx, created)...)
}

// reportUnfinished is an error where the dataflow is broken or time ran out: Terraform then makes it anew. Where only the view of
// it is lost, or it could not be disabled yet, it is a warning, because the dataflow is as good as any and must not be replaced;
// the next plan reads it again and goes on from there.
func reportUnfinished(diags *diag.Diagnostics, name types.String, err error) {
	var failed *flowservice.FailedError
	if errors.As(err, &failed) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		operation("provision", name).Report(diags, err)
		return
	}
	var reported diag.Diagnostics
	operation("provision", name).Report(&reported, err)
	for _, one := range reported {
		diags.AddWarning("Dataflow created, but not finished", one.Detail()+"\n\nThe dataflow exists and is in the state. What is missing is done by "+
			"the next apply. What needs its streaming endpoint, such as a reporting webhook, is refused until then, for want of a value.")
	}
}

func (r *dataflow) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
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
	flow, err := client.Flow(ctx, state.ID.ValueString())
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		operation("read", state.ID).Report(&resp.Diagnostics, err)
		return
	}
	if err := state.fromAPI(flow); err != nil {
		operation("read", state.ID).Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *dataflow) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var state, plan model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, state.ID)...)
	client := r.services.FlowService.Use(&resp.Diagnostics)
	timeout, diags := plan.Timeouts.Update(ctx, updateTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	flow, err := r.apply(ctx, client, &state, plan)
	if err != nil {
		operation("update", state.Name).Report(&resp.Diagnostics, err)
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
		return
	}
	planned := plan.StreamingEndpointURL
	plan.setEndpoint(flow)
	if !planned.IsUnknown() && !planned.Equal(plan.StreamingEndpointURL) {
		resp.Diagnostics.AddWarning("Streaming endpoint changed", "The service gave the dataflow another streaming endpoint during the update. "+
			"Apply once more, so that the webhook follows.")
		plan.StreamingEndpointURL, plan.WebhookURL = state.StreamingEndpointURL, state.WebhookURL
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// apply brings the dataflow from state to plan: one PATCH, then the action. state follows step by step, so that it says what
// was reached when the next step fails.
func (r *dataflow) apply(ctx context.Context, client *flowservice.Client, state *model, plan model) (*flowservice.Flow, error) {
	id := state.ID.ValueString()
	if change, needed := plan.changeFrom(*state); needed {
		if err := client.UpdateFlow(ctx, id, change); err != nil {
			return nil, err
		}
		state.Name, state.Description = plan.Name, plan.Description
		state.MappingSetID, state.MappingVersion = plan.MappingSetID, plan.MappingVersion
	}
	if !plan.State.Equal(state.State) {
		if err := client.SetFlowState(ctx, id, plan.State.ValueString()); err != nil {
			return nil, err
		}
		state.State = plan.State
	}
	return client.AwaitFlow(ctx, id)
}

func (r *dataflow) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
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
	if err := client.DeleteFlow(ctx, state.ID.ValueString()); err != nil {
		operation("delete", state.Name).Report(&resp.Diagnostics, err)
	}
}

// left looks for what a create with an unknown outcome made.
func left(client *flowservice.Client, state model) managed.Finder {
	return func(ctx context.Context, window adopt.Window) (string, error) {
		return client.LeftFlow(ctx, state.toAPI(), window)
	}
}

func (r *dataflow) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	managed.ImportByID(ctx, attribute.UUID(), req, resp)
}

func operation(verb string, name types.String) advice.Attempt {
	return advice.Attempt{Verb: verb, Object: object, Name: name.ValueString()}
}
