// Package webhookerrors is the data source customerio_reporting_webhook_errors: what Customer.io could not deliver.
package webhookerrors

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

type model struct {
	WebhookID  types.String `tfsdk:"webhook_id"`
	ErrorCount types.Int64  `tfsdk:"error_count"`
	Errors     []errorModel `tfsdk:"errors"`
}

type errorModel struct {
	OccurredAt types.String `tfsdk:"occurred_at"`
	Status     types.Int64  `tfsdk:"status"`
	Event      types.String `tfsdk:"event"`
	Message    types.String `tfsdk:"message"`
}

// New returns the data source.
func New() datasource.DataSource {
	return lookup.NewDataSource(lookup.DataSource[model, customerio.Client]{
		TypeName: "reporting_webhook_errors",
		Client:   clients.CustomerIO,
		MarkdownDescription: "Delivery errors of a reporting webhook (`/v1/reporting_webhooks/{id}/errors`). Every plan reads them again. Use a `check` " +
			"block to turn them into a warning, and keep this data source outside the block.\n\nCustomer.io does not document this call: its official " +
			"client mentions it for JavaScript webhooks, and neither the form of the answer nor how long errors are kept is published. The provider takes " +
			"what it finds. If Customer.io does not record errors for the webhook, the plan has a warning, and `error_count` and `errors` are null, so that a check " +
			"does not pass by mistake.\n\nEndpoints are masked in messages. A message may contain other data of the event.",
		Attributes: map[string]schema.Attribute{
			"webhook_id": schema.StringAttribute{
				MarkdownDescription: "ID of the reporting webhook, a number.", Required: true, Validators: []validator.String{attribute.Number()},
			},
			"error_count": attribute.ComputedNumber("Number of errors in the list: `0` if Customer.io records errors and there are none. Null if it does not record them for this webhook."),
			"errors": schema.ListNestedAttribute{
				MarkdownDescription: "The errors, newest first. Null if Customer.io does not record them for this webhook.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"occurred_at": attribute.ComputedText("Time of the error, in RFC 3339 and UTC. Null if Customer.io does not report it."),
					"status":      attribute.ComputedNumber("HTTP status that the endpoint answered. Null if Customer.io does not report it."),
					"event":       attribute.ComputedText("Event, for example `email_sent`. Null if Customer.io does not report it."),
					"message":     attribute.ComputedText("Message of Customer.io, without the endpoint."),
				}},
			},
		},
		Read: read,
	})
}

func read(ctx context.Context, call lookup.Call[customerio.Client], m *model) {
	id := m.WebhookID.ValueString()
	found, err := call.Client.DeliveryErrors(ctx, id)
	switch {
	case errors.Is(err, customerio.ErrNotKept):
		call.Diagnostics.AddAttributeWarning(path.Root("webhook_id"), "No delivery errors kept", "Customer.io's App API does not tell the delivery errors "+
			"of the webhook "+id+", so it is not known whether there are any. Look at the webhook in Customer.io.")
		return
	case err != nil:
		attempt := advice.Attempt{Verb: "read the delivery errors of", Object: "reporting webhook", Name: id}
		call.ReportMissing(path.Root("webhook_id"), attempt, err)
		return
	}
	m.ErrorCount, m.Errors = types.Int64Value(int64(len(found))), []errorModel{}
	for _, one := range found {
		m.Errors = append(m.Errors, errorModel{
			OccurredAt: moment(one.At), Status: types.Int64PointerValue(one.Status), Event: attribute.TextOrNull(one.Event),
			Message: types.StringValue(one.Message),
		})
	}
}

func moment(at time.Time) types.String {
	if at.IsZero() {
		return types.StringNull()
	}
	return types.StringValue(at.UTC().Format(time.RFC3339))
}
