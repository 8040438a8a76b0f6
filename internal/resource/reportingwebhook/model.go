package reportingwebhook

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

type model struct {
	ID types.String `tfsdk:"id"`
	attributes
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// attributes are those that the data source has too.
type attributes struct {
	Type           types.String `tfsdk:"type"`
	Name           types.String `tfsdk:"name"`
	Endpoint       types.String `tfsdk:"endpoint"`
	Events         types.Set    `tfsdk:"events"`
	Disabled       types.Bool   `tfsdk:"disabled"`
	FullResolution types.Bool   `tfsdk:"full_resolution"`
	WithContent    types.Bool   `tfsdk:"with_content"`
}

// toAPI sorts the events, so that equal sets are sent alike.
func (m *model) toAPI(ctx context.Context) (customerio.WebhookSettings, diag.Diagnostics) {
	var events []string
	diags := m.Events.ElementsAs(ctx, &events, false)
	slices.Sort(events)
	return customerio.WebhookSettings{
		Name:           m.Name.ValueString(),
		Endpoint:       m.Endpoint.ValueString(),
		Events:         events,
		Disabled:       m.Disabled.ValueBool(),
		FullResolution: m.FullResolution.ValueBool(),
		WithContent:    m.WithContent.ValueBool(),
	}, diags
}

// fromAPI takes what the service holds, events that this provider does not know included: they show as drift.
func (m *attributes) fromAPI(ctx context.Context, webhook *customerio.ReportingWebhook) diag.Diagnostics {
	events := slices.Clone(webhook.Events)
	slices.Sort(events)
	set, diags := types.SetValueFrom(ctx, types.StringType, slices.Compact(events))
	m.Type = types.StringValue(webhook.Type)
	m.Name = types.StringValue(webhook.Name)
	m.Endpoint = types.StringValue(webhook.Endpoint)
	m.Events = set
	m.Disabled = types.BoolValue(webhook.Disabled)
	m.FullResolution = types.BoolValue(webhook.FullResolution)
	m.WithContent = types.BoolValue(webhook.WithContent)
	return diags
}

// difference is what the service dropped from the events asked for, and what it added to them.
func difference(asked, stored []string) (dropped, added []string) {
	for _, event := range asked {
		if !slices.Contains(stored, event) {
			dropped = append(dropped, event)
		}
	}
	for _, event := range stored {
		if !slices.Contains(asked, event) {
			added = append(added, event)
		}
	}
	return dropped, added
}
