// Package streamingendpoint is the data source customerio_streaming_endpoint: the URL that Customer.io sends its events to.
package streamingendpoint

import (
	"context"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

const readTimeout = 5 * time.Minute

type model struct {
	attribute.InSandbox
	DataflowID           types.String   `tfsdk:"dataflow_id"`
	StreamingEndpointURL types.String   `tfsdk:"streaming_endpoint_url"`
	WebhookURL           types.String   `tfsdk:"webhook_url"`
	State                types.String   `tfsdk:"state"`
	Timeouts             timeouts.Value `tfsdk:"timeouts"`
}

// New returns the data source.
func New() datasource.DataSource {
	return lookup.NewDataSource(lookup.DataSource[model, flowservice.Client]{
		TypeName: "streaming_endpoint",
		Client:   clients.FlowService,
		MarkdownDescription: "The streaming endpoint of a dataflow, to which Customer.io sends events. If Adobe is still provisioning the " +
			"endpoint, the read waits for it.",
		Attributes: map[string]schema.Attribute{
			"dataflow_id": attribute.DataflowID(),
			"streaming_endpoint_url": attribute.ComputedSecret("URL of the streaming endpoint (`options.inletUrl`). Anyone who knows it can write " +
				"to the dataset."),
			"webhook_url": attribute.ComputedSecret("URL for the reporting webhook: the streaming endpoint with the dataflow's ID as " +
				"`x-adobe-flow-id`. Anyone who knows it can write to the dataset."),
			"state": attribute.ComputedText("State of the dataflow (`state`): `enabled` or `disabled`."),
		},
		Timeouts: timeoutsAttribute,
		Read:     read,
	})
}

func timeoutsAttribute(ctx context.Context) schema.Attribute {
	object, _ := timeouts.AttributesWithOpts(ctx, timeouts.Opts{
		ReadDescription: "How long to wait for the streaming endpoint, as a duration such as `30s` or `5m`. Default: `5m`.",
	}).(schema.SingleNestedAttribute) // the documented type
	object.MarkdownDescription = "Time limits for operations that wait for the service."
	read, _ := object.Attributes["read"].(schema.StringAttribute) // documented too
	read.Validators = []validator.String{attribute.Duration()}
	object.Attributes["read"] = read
	return object
}

func read(ctx context.Context, call lookup.Call[flowservice.Client], m *model) {
	timeout, diags := m.Timeouts.Read(ctx, readTimeout)
	if call.Diagnostics.Append(diags...); diags.HasError() {
		return
	}
	ctx, cancel := transport.WithTimeout(ctx, timeout)
	defer cancel()
	flow, err := call.Client.Flows.AwaitEndpoint(ctx, m.DataflowID.ValueString())
	if err != nil {
		attempt := advice.Attempt{Verb: "read the streaming endpoint of", Object: "dataflow", Name: m.DataflowID.ValueString()}
		call.ReportMissing(path.Root("dataflow_id"), attempt, err)
		return
	}
	m.StreamingEndpointURL = types.StringValue(flow.Options.InletURL)
	m.WebhookURL = types.StringValue(flow.WebhookURL())
	m.State = types.StringValue(strings.ToLower(flow.State))
}
