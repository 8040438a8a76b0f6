package sourceconnection

import (
	"context"

	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// checkReferences looks for the specification, and for the base connection if there is to be one.
func checkReferences(ctx context.Context, change managed.Change[model]) {
	if change.Deletes() || change.Clients == nil || change.Clients.FlowService.Client == nil {
		return
	}
	state, plan, client := change.State(ctx), change.Plan(ctx), change.Clients.FlowService.Client
	change.RefersToSpec(ctx, "connection_spec", plan.ConnectionSpec, state.ConnectionSpec, &client.ConnectionSpecs, &client.FlowSpecs)
	change.Refers(ctx, managed.Reference{
		Attribute: "base_connection_id", Planned: plan.BaseConnectionID, Held: state.BaseConnectionID,
		In: &client.BaseConnections, Elsewhere: []managed.Collection{&client.SourceConnections, &client.TargetConnections, &client.Flows},
	})
}
