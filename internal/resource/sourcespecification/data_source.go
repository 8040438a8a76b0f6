// Package sourcespecification is the data source customerio_source_specification: whether the organization may use a source.
package sourcespecification

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

type model struct {
	ID          types.String `tfsdk:"id"`
	Available   types.Bool   `tfsdk:"available"`
	Name        types.String `tfsdk:"name"`
	Version     types.String `tfsdk:"version"`
	ProviderID  types.String `tfsdk:"provider_id"`
	FlowSpecIDs []string     `tfsdk:"flow_spec_ids"`
}

// New returns the data source.
func New() datasource.DataSource {
	return lookup.NewDataSource(lookup.DataSource[model, flowservice.Client]{
		TypeName: "source_specification",
		Client:   clients.FlowService,
		MarkdownDescription: "The connection specification of a source, and whether the organisation may use it. The Customer.io source is beta and not " +
			"offered everywhere: a precondition on `available` says so before anything is created.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "Id of the connection specification, a UUID. Default: that of Customer.io, `" + flowservice.CustomerIOConnectionSpec + "`.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.String{attribute.UUID()},
			},
			"available": attribute.ComputedFlag("Whether the service knows the specification in this organisation. `false` where it does not exist or the " +
				"organisation is not entitled to it. Wrong credentials or an unknown sandbox are errors all the same."),
			"name":        attribute.ComputedText("Name of the source; null where it is not available."),
			"version":     attribute.ComputedText("Version of the specification, such as `1.0`; null where it is not available."),
			"provider_id": attribute.ComputedText("Id of the provider (`providerId`), a UUID; null where it is not available."),
			"flow_spec_ids": attribute.ComputedTexts("Ids of the flow specifications that take the source (`sourceConnectionSpecIds`). Without one of them no " +
				"dataflow can be created. Empty where the source is not available."),
		},
		Read: read,
	})
}

func read(ctx context.Context, call lookup.Call[flowservice.Client], m *model) {
	if m.ID.IsNull() {
		m.ID = types.StringValue(flowservice.CustomerIOConnectionSpec)
	}
	id := m.ID.ValueString()
	spec, err := call.Client.ConnectionSpec(ctx, id)
	if flowservice.IsUnavailable(err) {
		m.Available, m.FlowSpecIDs = types.BoolValue(false), []string{}
		return
	}
	if err == nil {
		m.FlowSpecIDs, err = call.Client.FlowSpecsOfSource(ctx, id)
	}
	if err != nil {
		advice.Attempt{Verb: "read", Object: "source specification", Name: id}.Report(call.Diagnostics, err)
		return
	}
	m.Available = types.BoolValue(true)
	m.Name, m.Version = attribute.TextOrNull(spec.Name), attribute.TextOrNull(spec.Version)
	m.ProviderID = attribute.TextOrNull(spec.ProviderID)
}
