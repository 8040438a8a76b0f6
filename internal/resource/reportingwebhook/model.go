package reportingwebhook

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

type model struct {
	managed.Base
	attributes
}

// attributes are those that the data source has too.
type attributes struct {
	Type           types.String `tfsdk:"type"`
	Name           types.String `tfsdk:"name"`
	Endpoint       types.String `tfsdk:"endpoint"`
	DataflowID     types.String `tfsdk:"dataflow_id"`
	Events         types.Set    `tfsdk:"events"`
	Disabled       types.Bool   `tfsdk:"disabled"`
	FullResolution types.Bool   `tfsdk:"full_resolution"`
	WithContent    types.Bool   `tfsdk:"with_content"`
}

// toAPI sorts the events, so that equal sets are sent alike.
func (m *attributes) toAPI() customerio.WebhookSettings {
	events, _ := attribute.Texts(m.Events)
	slices.Sort(events)
	return customerio.WebhookSettings{
		Name:           m.Name.ValueString(),
		Endpoint:       m.Endpoint.ValueString(),
		Events:         events,
		Disabled:       m.Disabled.ValueBool(),
		FullResolution: m.FullResolution.ValueBool(),
		WithContent:    m.WithContent.ValueBool(),
	}
}

// fromAPI takes what the service holds, events that this provider does not know included: they show as drift.
func (m *attributes) fromAPI(webhook *customerio.ReportingWebhook) {
	told := webhook.Over(m.toAPI())
	events := slices.Clone(told.Events)
	slices.Sort(events)
	m.Type = types.StringValue(webhook.Type)
	m.Name = types.StringValue(told.Name)
	m.Endpoint = types.StringValue(told.Endpoint)
	m.DataflowID = dataflowOf(m.Endpoint)
	m.Events = types.SetValueMust(types.StringType, attribute.TextValues(slices.Compact(events)))
	m.Disabled = types.BoolValue(told.Disabled)
	m.FullResolution = types.BoolValue(told.FullResolution)
	m.WithContent = types.BoolValue(told.WithContent)
}

// dataflowOf is the ID of the dataflow that an endpoint names, null if it names none.
func dataflowOf(endpoint types.String) types.String {
	if endpoint.IsUnknown() {
		return types.StringUnknown()
	}
	id, _ := flowservice.FlowOf(endpoint.ValueString())
	return attribute.TextOrNull(id)
}

// without are the events that are not among others.
func without(events, others []string) []string {
	return slices.DeleteFunc(slices.Clone(events), func(event string) bool { return slices.Contains(others, event) })
}
