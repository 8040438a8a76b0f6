// Package baseconnection is the resource customerio_base_connection: the credentials of a source that needs some.
package baseconnection

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

type call = managed.Call[flowservice.Client]

// New returns the resource.
func New() resource.Resource { return managed.New(declared()) }

// declared is the resource.
func declared() managed.Resource[model, flowservice.Client] {
	return managed.Resource[model, flowservice.Client]{
		TypeName: "base_connection",
		Object:   "base connection",
		ID:       "ID that the service assigned, a UUID.",
		IDForm:   attribute.UUID(),
		Schema:   resourceSchema,
		Waits:    managed.Waits{Delete: managed.Wait{Default: 10 * time.Minute, Until: "until the connection is deleted"}},
		Client:   clients.FlowService,
		Name:     func(m *model) types.String { return m.Name },
		Create: func(ctx context.Context, call call, plan *model) error {
			params, diags := authParams(ctx, call.Config, plan)
			if err := managed.Check(diags); err != nil {
				return err
			}
			return plan.Assign(call.Client.BaseConnections.Create(ctx, plan.toAPI(params)))
		},
		FindCreated: func(ctx context.Context, call call, state *model, window objects.Window) error {
			return state.Assign(call.Client.BaseConnections.FindCreated(ctx, state.toAPI(nil), window))
		},
		Read: func(ctx context.Context, call call, state *model) error {
			connection, err := call.Client.BaseConnections.Get(ctx, state.ID.ValueString())
			if err == nil {
				state.fromAPI(connection)
			}
			return err
		},
		Update: update,
		ModifyPlan: func(ctx context.Context, change managed.Change[model]) {
			if change.Deletes() || change.Clients == nil || change.Clients.FlowService.Client == nil {
				return
			}
			client := change.Clients.FlowService.Client
			change.RefersToSpec(ctx, "connection_spec", change.Plan(ctx).ConnectionSpec, change.State(ctx).ConnectionSpec, &client.ConnectionSpecs, &client.FlowSpecs)
		},
		Delete: func(ctx context.Context, call call, state *model) error {
			return call.Client.BaseConnections.Remove(ctx, state.ID.ValueString())
		},
		Secrets: (*model).secrets,
	}
}

func update(ctx context.Context, call call, state, plan *model) error {
	change := flowservice.Change{
		Name: attribute.Changed(state.Name, plan.Name), Description: attribute.Changed(state.Description, plan.Description),
	}
	if plan.paramsDifferFrom(state) {
		params, diags := authParams(ctx, call.Config, plan)
		if err := managed.Check(diags); err != nil {
			return err
		}
		change.AuthParams = params
	}
	return call.Client.BaseConnections.Update(ctx, state.ID.ValueString(), change)
}
