// Package sourceconnection is the resource customerio_source_connection: where a dataflow takes its data from.
package sourceconnection

import (
	"context"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
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
		TypeName: "source_connection",
		Object:   "source connection",
		ID:       "ID that the service assigned, a UUID.",
		IDForm:   attribute.UUID(),
		Schema:   resourceSchema,
		Waits:    managed.Waits{Delete: managed.Wait{Default: 10 * time.Minute, Until: "until the connection is deleted"}},
		Client:   clients.FlowService,
		Name:     func(m *model) types.String { return m.Name },

		ModifyPlan:     checkReferences,
		ValidateConfig: refuseBase,
		Create: func(ctx context.Context, call call, plan *model) error {
			return plan.Assign(call.Client.SourceConnections.Create(ctx, plan.toAPI()))
		},
		FindCreated: func(ctx context.Context, call call, state *model, window objects.Window) error {
			return state.Assign(call.Client.SourceConnections.FindCreated(ctx, state.toAPI(), window))
		},
		Read: func(ctx context.Context, call call, state *model) error {
			connection, err := call.Client.SourceConnections.Get(ctx, state.ID.ValueString())
			if err == nil {
				state.fromAPI(connection)
			}
			return err
		},
		Update: func(ctx context.Context, call call, state, plan *model) error {
			return call.Client.SourceConnections.Update(ctx, state.ID.ValueString(), flowservice.Change{
				Name: attribute.Changed(state.Name, plan.Name), Description: attribute.Changed(state.Description, plan.Description),
			})
		},
		Delete: func(ctx context.Context, call call, state *model) error {
			return call.Client.SourceConnections.Remove(ctx, state.ID.ValueString())
		},
	}
}

// refuseBase refuses a base connection for Customer.io's own specification, which has no authentication. The service would refuse the source
// connection (1332-400) once the base connection exists.
func refuseBase(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var base types.String
	var spec types.Object
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("base_connection_id"), &base)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("connection_spec"), &spec)...)
	id, _ := spec.Attributes()["id"].(types.String)
	if base.IsNull() || !spec.IsNull() && !strings.EqualFold(id.ValueString(), flowservice.CustomerIOConnectionSpec) {
		return
	}
	resp.Diagnostics.AddAttributeError(path.Root("base_connection_id"), "Base connection not allowed",
		"The specification of the Customer.io source has no authentication, so Flow Service refuses its source connections with a base connection "+
			"(FLOW-1332-400). Remove `base_connection_id`, or set `connection_spec` to the specification of another source.")
}
