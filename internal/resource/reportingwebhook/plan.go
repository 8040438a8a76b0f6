package reportingwebhook

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// checkEndpoint plans the dataflow that an endpoint names, and refuses an endpoint from which no event would reach a dataset: Customer.io
// would post to it, and Adobe would drop what comes.
func checkEndpoint(ctx context.Context, change managed.Change[model]) {
	if change.Deletes() || change.Request.Plan.Raw.Equal(change.Request.State.Raw) {
		return
	}
	diags, state, plan := &change.Response.Diagnostics, change.State(ctx), change.Plan(ctx)
	var configured types.String
	diags.Append(change.Request.Config.GetAttribute(ctx, path.Root("endpoint"), &configured)...)
	diags.Append(change.Response.Plan.SetAttribute(ctx, path.Root("dataflow_id"), dataflowOf(plan.Endpoint))...)
	if diags.HasError() {
		return
	}
	if change.Creates() && configured.IsNull() {
		diags.AddAttributeError(path.Root("endpoint"), "Missing endpoint",
			"A webhook cannot be created without the URL that receives its events. Set `endpoint` to the `webhook_url` of a `customerio_dataflow`. If it is, "+
				"the dataflow has no streaming endpoint yet: apply again.")
		return
	}
	if plan.Endpoint.IsUnknown() || plan.Endpoint.Equal(state.Endpoint) {
		return
	}
	checkDataflow(ctx, change, plan.Endpoint.ValueString())
}

// checkDataflow looks at the dataflow that an endpoint names. It does not repeat the endpoint, which is a secret. Whatever may work is not refused.
func checkDataflow(ctx context.Context, change managed.Change[model], endpoint string) {
	diags, attr, isInlet := &change.Response.Diagnostics, path.Root("endpoint"), flowservice.IsStreamingEndpoint(endpoint)
	id, err := flowservice.FlowOf(endpoint)
	if err == nil && !attribute.IsUUID(id) {
		err = errors.New("its value is not such an ID")
	}
	switch {
	case err != nil && !isInlet:
		return // another receiver
	case err != nil:
		diags.AddAttributeError(attr, "Streaming endpoint without a dataflow", fmt.Sprintf("The URL is a streaming endpoint of Adobe, but it does not say for "+
			"which dataflow the events are: it needs the parameter `x-adobe-flow-id` once, with the ID of the dataflow, and %s. Use `webhook_url` of the "+
			"dataflow, not `streaming_endpoint_url`.", err))
		return
	}
	if isInlet {
		warnOfOddities(diags, endpoint, id)
	}
	if change.Clients == nil {
		return
	}
	sandboxes := change.Clients.Sandboxes()
	flow, err := flowOf(ctx, sandboxes, id)
	if transport.IsNotFound(err) {
		const drops = "Adobe drops events for a dataflow that does not exist. Use `webhook_url` of the dataflow."
		if owner := ownerOf(ctx, sandboxes, endpoint); owner != nil {
			diags.AddAttributeError(attr, "Not the URL of the dataflow", fmt.Sprintf("The URL is the streaming endpoint of the dataflow %q (%s), but it names "+
				"the dataflow %s, which does not exist. %s", owner.Name, owner.ID, id, drops))
			return
		}
		diags.AddAttributeWarning(attr, "Dataflow of the endpoint not found", fmt.Sprintf("The URL names the dataflow %s. The sandboxes of "+
			"this configuration have no such dataflow. Unless it is in another sandbox, no events will arrive: %s", id, drops))
		return
	}
	// What cannot be read is left to the apply, and a host that is not Adobe's may pass the events on.
	if isInlet && flow != nil && flow.Options.InletURL != "" && !flowservice.LeadsTo(endpoint, flow.Options.InletURL) {
		diags.AddAttributeError(attr, "Not the URL of the dataflow", fmt.Sprintf("The URL names the dataflow %q (%s), which has another streaming "+
			"endpoint. Adobe would refuse the events. Use `webhook_url` of the dataflow.", flow.Name, id))
	}
}

// warnOfOddities warns of what Adobe may not understand: no document says whether it does.
func warnOfOddities(diags *diag.Diagnostics, endpoint, id string) {
	const next = "It is not documented whether Adobe takes such events. Use `webhook_url` of the dataflow."
	if !flowservice.IsSpelledAsFlow(endpoint, id) {
		diags.AddAttributeWarning(path.Root("endpoint"), "Dataflow in capitals", fmt.Sprintf(
			"The URL names the dataflow %s in capitals, and its ID has small letters. %s", id, next))
	}
	if parsed, err := url.Parse(endpoint); err == nil && parsed.User != nil {
		diags.AddAttributeWarning(path.Root("endpoint"), "Credentials in the endpoint",
			"The URL has a user name or a password before its host, and the streaming endpoint of this source needs none. "+next)
	}
}

// flowOf looks for a dataflow in the sandboxes that this configuration uses. It is nil, without an error, where there is no client to look with.
func flowOf(ctx context.Context, sandboxes []*clients.Set, id string) (flow *flowservice.Flow, err error) {
	for _, sandbox := range sandboxes {
		if client := sandbox.FlowService.Client; client != nil {
			if flow, err = client.Flows.GetShared(ctx, id); !transport.IsNotFound(err) {
				break
			}
		}
	}
	return flow, err
}

// ownerOf is the dataflow at whose streaming endpoint events for a URL arrive, nil if none is found.
func ownerOf(ctx context.Context, sandboxes []*clients.Set, endpoint string) *flowservice.Flow {
	for _, sandbox := range sandboxes {
		if client := sandbox.FlowService.Client; client != nil {
			all, _ := client.Flows.List(ctx, "")
			for i := range all {
				if all[i].Options.InletURL != "" && flowservice.LeadsTo(endpoint, all[i].Options.InletURL) {
					return &all[i]
				}
			}
		}
	}
	return nil
}
