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
	attribute.InSandbox
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
		MarkdownDescription: "The connection specification of a source, and whether your organization may use it. The Customer.io source is in " +
			"beta and not available to every organization. Check `available` in a precondition to find out before anything is created.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "ID of the connection specification, a UUID. Default: the Customer.io source, `" + flowservice.CustomerIOConnectionSpec + "`.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.String{attribute.UUID()},
			},
			"available": attribute.ComputedFlag("Whether your organization can use the specification. `false` if it does not exist or the " +
				"organization is not entitled to it. Invalid credentials and an unknown sandbox are errors."),
			"name":        attribute.ComputedText("Name of the source. Null if it is not available."),
			"version":     attribute.ComputedText("Version of the specification, for example `1.0`. Null if the source is not available."),
			"provider_id": attribute.ComputedText("ID of the provider (`providerId`), a UUID. Null if the source is not available."),
			"flow_spec_ids": attribute.ComputedTexts("IDs of the flow specifications that support the source (`sourceConnectionSpecIds`). A " +
				"dataflow needs one of them. Empty if the source is not available."),
		},
		Read: read,
	})
}

func read(ctx context.Context, call lookup.Call[flowservice.Client], m *model) {
	if m.ID.IsNull() {
		m.ID = types.StringValue(flowservice.CustomerIOConnectionSpec)
	}
	id := m.ID.ValueString()
	spec, err := call.Client.ConnectionSpecs.Get(ctx, id)
	if flowservice.IsUnavailable(err) {
		m.Available, m.FlowSpecIDs = types.BoolValue(false), []string{}
		return
	}
	if err == nil {
		m.FlowSpecIDs, err = call.Client.FlowSpecsOfSource(ctx, id)
	}
	if err != nil {
		call.Report(advice.Attempt{Verb: "read", Object: "source specification", Name: id}, err)
		return
	}
	m.Available = types.BoolValue(true)
	m.Name, m.Version = attribute.TextOrNull(spec.Name), attribute.TextOrNull(spec.Version)
	m.ProviderID = attribute.TextOrNull(spec.ProviderID)
}
