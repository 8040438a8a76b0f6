// Package streamingendpoint is the data source customerio_streaming_endpoint: where Customer.io has to send its events.
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
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

const readTimeout = 5 * time.Minute

type streamingEndpoint struct{ services *clients.Set }

var _ datasource.DataSourceWithConfigure = &streamingEndpoint{}

// New makes the data source.
func New() datasource.DataSource { return &streamingEndpoint{} }

type model struct {
	DataflowID           types.String   `tfsdk:"dataflow_id"`
	StreamingEndpointURL types.String   `tfsdk:"streaming_endpoint_url"`
	WebhookURL           types.String   `tfsdk:"webhook_url"`
	State                types.String   `tfsdk:"state"`
	Timeouts             timeouts.Value `tfsdk:"timeouts"`
}

func (d *streamingEndpoint) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_streaming_endpoint"
}

func (d *streamingEndpoint) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The streaming endpoint of a dataflow, to which Customer.io sends events. If Adobe is still provisioning " +
			"the endpoint, the read waits for it.",
		Attributes: map[string]schema.Attribute{
			"dataflow_id": schema.StringAttribute{
				MarkdownDescription: "ID of the dataflow, a UUID.",
				Required:            true,
				Validators:          []validator.String{attribute.UUID()},
			},
			"streaming_endpoint_url": schema.StringAttribute{
				MarkdownDescription: "URL of the streaming endpoint (`options.inletUrl`). Anyone who knows it can write to the dataset.",
				Computed:            true,
				Sensitive:           true,
			},
			"webhook_url": schema.StringAttribute{
				MarkdownDescription: "URL for the reporting webhook: the streaming endpoint with the dataflow's ID as `x-adobe-flow-id`. Anyone who knows it " +
					"can write to the dataset.",
				Computed:  true,
				Sensitive: true,
			},
			"state": schema.StringAttribute{
				MarkdownDescription: "State of the dataflow (`state`): `enabled` or `disabled`.",
				Computed:            true,
			},
			"timeouts": timeoutsAttribute(ctx),
		},
	}
}

func timeoutsAttribute(ctx context.Context) schema.SingleNestedAttribute {
	attribute, _ := timeouts.AttributesWithOpts(ctx, timeouts.Opts{
		ReadDescription: "How long to wait for the streaming endpoint, as a duration such as `30s` or `5m`. Default: `5m`.",
	}).(schema.SingleNestedAttribute)
	attribute.MarkdownDescription = "Time limits for operations that wait for the service."
	return attribute
}

func (d *streamingEndpoint) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (d *streamingEndpoint) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client := d.services.FlowService.Use(&resp.Diagnostics)
	timeout, diags := config.Timeouts.Read(ctx, readTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	flow, err := client.AwaitEndpoint(ctx, config.DataflowID.ValueString())
	if err != nil {
		operation := advice.Attempt{Verb: "read the streaming endpoint of", Object: "dataflow", Name: config.DataflowID.ValueString()}
		lookup.ReportMissing(&resp.Diagnostics, path.Root("dataflow_id"), operation, lookup.InSandbox, err)
		return
	}
	config.StreamingEndpointURL = types.StringValue(flow.Options.InletURL)
	config.WebhookURL = types.StringValue(flow.WebhookURL())
	config.State = types.StringValue(strings.ToLower(flow.State))
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}
