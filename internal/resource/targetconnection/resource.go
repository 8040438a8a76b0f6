// Package targetconnection is the resource customerio_target_connection: the dataset that a dataflow fills.
package targetconnection

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
		TypeName: "target_connection",
		Object:   "target connection",
		ID:       "ID that the service assigned, a UUID.",
		IDForm:   attribute.UUID(),
		Schema:   resourceSchema,
		Waits:    managed.Waits{Delete: managed.Wait{Default: 10 * time.Minute, Until: "until the connection is deleted"}},
		Client:   clients.FlowService,
		Name:     func(m *model) types.String { return m.Name },
		Create: func(ctx context.Context, call call, plan *model) error {
			if err := plan.complete(ctx, call.Clients); err != nil {
				return err
			}
			return plan.Assign(call.Client.TargetConnections.Create(ctx, plan.toAPI()))
		},
		FindCreated: func(ctx context.Context, call call, state *model, window objects.Window) error {
			return state.Assign(call.Client.TargetConnections.FindCreated(ctx, state.toAPI(), window))
		},
		Read: func(ctx context.Context, call call, state *model) error {
			connection, err := call.Client.TargetConnections.Get(ctx, state.ID.ValueString())
			if err == nil {
				state.fromAPI(connection)
			}
			return err
		},
		Update: func(ctx context.Context, call call, state, plan *model) error {
			id := state.ID.ValueString()
			err := call.Client.TargetConnections.Update(ctx, id, flowservice.Change{
				Name: attribute.Changed(state.Name, plan.Name), Description: attribute.Changed(state.Description, plan.Description),
			})
			if err == nil { // for the dataflow, which compares its schema with that of the mapping set
				connection := plan.toAPI()
				call.Client.TargetConnections.Share(id, &connection)
			}
			return err
		},
		ModifyPlan: modifyPlan,
		Delete: func(ctx context.Context, call call, state *model) error {
			return call.Client.TargetConnections.Remove(ctx, state.ID.ValueString())
		},
	}
}
