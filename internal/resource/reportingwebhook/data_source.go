package reportingwebhook

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

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
		Object:   "reporting webhook",
		Place:    lookup.InWorkspace,
		ID:       "Id of the webhook, a number.",
		IDForm:   attribute.Number(),
		Name:     "Name of the webhook.",
		MarkdownDescription: "A reporting webhook of Customer.io that exists already, found by its id or its name in the workspace that the App " +
			"API key belongs to. JavaScript webhooks, which cannot be managed here, can be read.",
		Attributes: map[string]schema.Attribute{
			"type": attribute.ComputedText("Type of the webhook: `webhook`, or `js` for a JavaScript webhook."),
			"endpoint": attribute.ComputedSecret("URL that events are posted to. Customer.io sends no credentials with them, so whoever knows the URL of a streaming " +
				"endpoint can write into its dataset."),
			"events":          attribute.ComputedTexts("Events that are reported, such as `email_sent`."),
			"disabled":        attribute.ComputedFlag("Whether Customer.io does not report to this webhook (`disabled`)."),
			"full_resolution": attribute.ComputedFlag("Whether every open and click is reported (`full_resolution`), not only the first of each message."),
			"with_content":    attribute.ComputedFlag("Whether `*_sent` events carry the body and headers of the message (`with_content`)."),
		},
		Client: clients.CustomerIO,
		List: func(client *customerio.Client, ctx context.Context, _ string) ([]customerio.ReportingWebhook, error) {
			return client.ListReportingWebhooks(ctx)
		},
		Get:   (*customerio.Client).ReportingWebhook,
		Match: match,
		FromAPI: func(ctx context.Context, call lookup.Call[customerio.Client], webhook *customerio.ReportingWebhook, m *dataModel) error {
			call.Diagnostics.Append(m.fromAPI(ctx, webhook)...)
			return nil
		},
	})
}

// match leaves out the endpoint, which is secret. The service keeps no time of creation.
func match(webhook *customerio.ReportingWebhook) lookup.Match {
	return lookup.Match{ID: webhook.ID, Name: webhook.Name, Traits: []string{
		fmt.Sprintf("type %q", webhook.Type), fmt.Sprintf("%d events", len(webhook.Events)), fmt.Sprintf("disabled: %t", webhook.Disabled),
	}}
}
