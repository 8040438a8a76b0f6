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
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

const (
	object = "dataflow"
	// patience is for the service's bad days. It took about six seconds to provision the dataflows of its own documentation.
	patience = 10 * time.Minute
)

type call = managed.Call[flowservice.Client]

// New returns the resource.
func New() resource.Resource { return managed.New(declared()) }

// declared is the resource.
func declared() managed.Resource[model, flowservice.Client] {
	return managed.Resource[model, flowservice.Client]{
		TypeName: "dataflow",
		Object:   object,
		ID:       "ID that the service assigned, a UUID. The webhook URL contains it as `x-adobe-flow-id`.",
		IDForm:   attribute.UUID(),
		Schema:   resourceSchema,
		Waits: managed.Waits{
			Create: managed.Wait{Default: patience, Until: "for the streaming endpoint"},
			Update: managed.Wait{Default: patience, Until: "until a change takes effect"},
			Delete: managed.Wait{Default: patience, Until: "until the dataflow is deleted"},
		},
		Client:     clients.FlowService,
		Name:       func(m *model) types.String { return m.Name },
		ModifyPlan: checkPlan,
		Create:     create,
		FindCreated: func(ctx context.Context, call call, state *model, window objects.Window) error {
			return state.Assign(call.Client.Flows.FindCreated(ctx, state.toAPI(), window))
		},
		Read: func(ctx context.Context, call call, state *model) error {
			flow, err := call.Client.Flows.Get(ctx, state.ID.ValueString())
			if err != nil {
				return err
			}
			if err := state.fromAPI(flow); err != nil {
				return &managed.UnsuitableError{Err: err}
			}
			return nil
		},
		Update: update,
		Delete: func(ctx context.Context, call call, state *model) error {
			return call.Client.Flows.Remove(ctx, state.ID.ValueString())
		},
	}
}

// create saves the dataflow as the service creates it, enabled and without an endpoint, and goes on from there. The service refuses a
// state in the create itself.
func create(ctx context.Context, call call, plan *model) error {
	if err := plan.Assign(call.Client.Flows.Create(ctx, plan.toAPI())); err != nil {
		return err
	}
	wanted, id := plan.State, plan.ID.ValueString()
	plan.State = types.StringValue(flowservice.StateEnabled)
	plan.StreamingEndpointURL, plan.WebhookURL = types.StringNull(), types.StringNull()
	call.Save()
	flow, err := call.Client.Flows.AwaitCreated(ctx, id)
	if err == nil && wanted.ValueString() == flowservice.StateDisabled {
		_, err = call.Client.Flows.SetState(ctx, id, flowservice.StateDisabled)
	}
	if err != nil {
		err = unfinished(call, plan.Name, err)
	}
	if flow != nil {
		plan.setEndpoint(flow)
	}
	plan.State = wanted
	return err
}

// unfinished is an error where the dataflow is broken or time ran out: Terraform then creates it anew. Where it only could not be read
// or disabled, it is a warning, because the dataflow is as good as any and must not be replaced. The next plan reads it again.
func unfinished(call call, name types.String, err error) error {
	const verb = "provision"
	var failed *flowservice.FailedError
	if errors.As(err, &failed) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return &managed.StepError{Verb: verb, Err: err}
	}
	var reported diag.Diagnostics
	call.Report(&reported, advice.Attempt{Verb: verb, Object: object, Name: name.ValueString()}, err)
	for _, one := range reported {
		call.Diagnostics.AddWarning("Dataflow created, but not finished", one.Detail()+"\n\nThe dataflow is in the state, but it could not be read or "+
			"finished. The next apply continues. Until then, resources that use `webhook_url` fail.")
	}
	return nil
}

// update is one PATCH, then the action. The state follows step by step.
func update(ctx context.Context, call call, state, plan *model) error {
	flows, id := &call.Client.Flows, state.ID.ValueString()
	var flow *flowservice.Flow
	var err error
	if change, needed := plan.changeFrom(*state); needed {
		if flow, err = flows.Update(ctx, id, change); err != nil {
			return err
		}
		state.Name, state.Description = plan.Name, plan.Description
		state.MappingSetID, state.MappingVersion = plan.MappingSetID, plan.MappingVersion
	}
	if !plan.State.Equal(state.State) {
		if flow, err = flows.SetState(ctx, id, plan.State.ValueString()); err != nil {
			return err
		}
		state.State = plan.State
	}
	// An answer that does not tell the endpoint is no reason to wait, if it is known.
	if flow == nil || flow.Options.InletURL == "" && state.StreamingEndpointURL.IsNull() {
		if flow, err = flows.Await(ctx, id); err != nil {
			return err
		}
	}
	planned := plan.StreamingEndpointURL
	plan.setEndpoint(flow)
	if !planned.IsUnknown() && !planned.Equal(plan.StreamingEndpointURL) {
		call.Diagnostics.AddWarning("Streaming endpoint changed", "Flow Service gave the dataflow another streaming endpoint during the update. "+
			"Apply again to update the webhook.")
		plan.StreamingEndpointURL, plan.WebhookURL = state.StreamingEndpointURL, state.WebhookURL
	}
	return nil
}
