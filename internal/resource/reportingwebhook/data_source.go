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

type dataModel struct {
	lookup.Base
	attributes
}

// NewDataSource returns the data source customerio_reporting_webhook.
func NewDataSource() datasource.DataSource {
	return lookup.New(lookup.Lookup[dataModel, customerio.Client, customerio.ReportingWebhook]{
		TypeName: "reporting_webhook",
		ID:       "ID of the webhook, a number.",
		IDForm:   attribute.Number(),
		Name:     "Name of the webhook.",
		Also:     "dataflow_id", AlsoDescription: dataflowID, AlsoForm: attribute.UUID(),
		MarkdownDescription: "An existing reporting webhook of Customer.io, found by ID, name or dataflow in the workspace of the App API key. It can also " +
			"read JavaScript webhooks, which the provider cannot manage.",
		Attributes: map[string]schema.Attribute{
			"type": attribute.ComputedText("Type of the webhook: `webhook`, or `js` for a JavaScript webhook."),
			"endpoint": attribute.ComputedSecret("URL that receives the events (`endpoint`). Customer.io sends no credentials with events, so " +
				"anyone who knows the URL of a streaming endpoint can write to its dataset."),
			"events":   attribute.ComputedTexts("Events that the webhook reports (`events`), for example `email_sent`."),
			"disabled": attribute.ComputedFlag("Whether the webhook is off (`disabled`)."),
			"full_resolution": attribute.ComputedFlag("Whether every open and click is reported (`full_resolution`), instead of only the first of " +
				"each message."),
			"with_content": attribute.ComputedFlag("Whether `*_sent` events contain the body and headers of the message (`with_content`)."),
		},
		Client: clients.CustomerIO,
		List: func(client *customerio.Client, ctx context.Context, _ string) ([]customerio.ReportingWebhook, error) {
			return client.ReportingWebhooks.List(ctx, "")
		},
		Get: func(client *customerio.Client, ctx context.Context, id string) (*customerio.ReportingWebhook, error) {
			return client.ReportingWebhooks.Get(ctx, id)
		},
		Match: match,
		FromAPI: func(_ context.Context, _ lookup.Call[customerio.Client], webhook *customerio.ReportingWebhook, m *dataModel) error {
			asked := m.DataflowID
			m.fromAPI(webhook)
			m.DataflowID = attribute.ToldID(asked, m.DataflowID.ValueString())
			return nil
		},
	})
}

// match leaves out the endpoint, which is secret. The service keeps no time of creation.
func match(webhook *customerio.ReportingWebhook) lookup.Match {
	dataflow := dataflowOf(types.StringValue(webhook.Endpoint)).ValueString()
	return lookup.Match{ID: webhook.ID, Name: webhook.Name, Also: dataflow, Traits: []string{
		fmt.Sprintf("type %q", webhook.Type), fmt.Sprintf("%d events", len(webhook.Events)), fmt.Sprintf("disabled: %t", webhook.Disabled),
	}}
}
