package reportingwebhook

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

type dataSource struct{ services *clients.Set }

var _ datasource.DataSourceWithConfigure = &dataSource{}

// NewDataSource makes the data source customerio_reporting_webhook.
func NewDataSource() datasource.DataSource { return &dataSource{} }

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_reporting_webhook"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An existing reporting webhook of Customer.io, found by ID or name in the workspace of the App " +
			"API key. It can also read JavaScript webhooks, which the provider cannot manage.",
		Attributes: map[string]schema.Attribute{
			"id":   lookup.ID("ID of the webhook, a number.", attribute.Number(), "name"),
			"type": attribute.ComputedText("Type of the webhook: `webhook`, or `js` for a JavaScript webhook."),
			"name": lookup.Name("Name of the webhook.", "name"),
			"endpoint": schema.StringAttribute{
				MarkdownDescription: "URL that receives the events (`endpoint`). Customer.io sends no credentials with events, so anyone who knows the URL of a streaming " +
					"endpoint can write to its dataset.",
				Computed:  true,
				Sensitive: true,
			},
			"events": schema.SetAttribute{
				MarkdownDescription: "Events that the webhook reports (`events`), for example `email_sent`.",
				ElementType:         types.StringType,
				Computed:            true,
			},
			"disabled":        computedFlag("Whether the webhook is off (`disabled`)."),
			"full_resolution": computedFlag("Whether every open and click is reported (`full_resolution`), instead of only the first of each message."),
			"with_content":    computedFlag("Whether `*_sent` events contain the body and headers of the message (`with_content`)."),
		},
	}
}

func computedFlag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{MarkdownDescription: description, Computed: true}
}

func (d *dataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config attributes
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client := d.services.CustomerIO.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	lookup := lookup.Lookup[customerio.ReportingWebhook]{
		NameAttribute: "name", Object: object, Place: lookup.InWorkspace, List: candidates(client), Read: client.ReportingWebhook,
	}
	webhook := lookup.Find(ctx, config.ID, config.Name, &resp.Diagnostics)
	if webhook == nil {
		return
	}
	var read attributes
	resp.Diagnostics.Append(read.fromAPI(ctx, webhook)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, read)...)
}

// candidates tells webhooks of one name apart without their endpoints, which are secret. The service keeps no time of creation.
func candidates(client *customerio.Client) func(context.Context, string) ([]lookup.Candidate, error) {
	return func(ctx context.Context, name string) ([]lookup.Candidate, error) {
		webhooks, err := client.ListReportingWebhooks(ctx)
		var found []lookup.Candidate
		for _, webhook := range webhooks {
			if webhook.Name != name {
				continue
			}
			found = append(found, lookup.Candidate{ID: webhook.ID, Name: webhook.Name, Traits: []string{
				fmt.Sprintf("type %q", webhook.Type), fmt.Sprintf("%d events", len(webhook.Events)), fmt.Sprintf("disabled: %t", webhook.Disabled),
			}})
		}
		return found, err
	}
}
