// Package sourcespecification is the data source customerio_source_specification: whether the organisation may use a source.
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
)

type sourceSpecification struct{ services *clients.Set }

var _ datasource.DataSourceWithConfigure = &sourceSpecification{}

// New makes the data source.
func New() datasource.DataSource { return &sourceSpecification{} }

type model struct {
	ID          types.String `tfsdk:"id"`
	Available   types.Bool   `tfsdk:"available"`
	Name        types.String `tfsdk:"name"`
	Version     types.String `tfsdk:"version"`
	ProviderID  types.String `tfsdk:"provider_id"`
	FlowSpecIDs []string     `tfsdk:"flow_spec_ids"`
}

func (d *sourceSpecification) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_source_specification"
}

func (d *sourceSpecification) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The connection specification of a source, and whether your organization may use it. The Customer.io source is in beta and not " +
			"available to every organization. Check `available` in a precondition to find out before anything is created.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "ID of the connection specification, a UUID. Default: the Customer.io source, `" + flowservice.CustomerIOConnectionSpec + "`.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.String{attribute.UUID()},
			},
			"available": schema.BoolAttribute{
				MarkdownDescription: "Whether your organization can use the specification. `false` if it does not exist or the organization is " +
					"not entitled to it. Invalid credentials and an unknown sandbox are errors.",
				Computed: true,
			},
			"name":        attribute.ComputedText("Name of the source. Null if it is not available."),
			"version":     attribute.ComputedText("Version of the specification, for example `1.0`. Null if the source is not available."),
			"provider_id": attribute.ComputedText("ID of the provider (`providerId`), a UUID. Null if the source is not available."),
			"flow_spec_ids": schema.SetAttribute{
				MarkdownDescription: "IDs of the flow specifications that support the source (`sourceConnectionSpecIds`). A dataflow needs " +
					"one of them. Empty if the source is not available.",
				ElementType: types.StringType,
				Computed:    true,
			},
		},
	}
}

func (d *sourceSpecification) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (d *sourceSpecification) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client := d.services.FlowService.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	id := flowservice.CustomerIOConnectionSpec
	if !config.ID.IsNull() {
		id = config.ID.ValueString()
	}
	spec, err := client.ConnectionSpec(ctx, id)
	if flowservice.IsUnavailable(err) {
		unavailable := model{ID: types.StringValue(id), Available: types.BoolValue(false), FlowSpecIDs: []string{}}
		resp.Diagnostics.Append(resp.State.Set(ctx, unavailable)...)
		return
	}
	var flowSpecs []string
	if err == nil {
		flowSpecs, err = client.FlowSpecsOfSource(ctx, id)
	}
	if err != nil {
		advice.Attempt{Verb: "read", Object: "source specification", Name: id}.Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model{
		ID: types.StringValue(id), Available: types.BoolValue(true), Name: attribute.TextOrNull(spec.Name),
		Version: attribute.TextOrNull(spec.Version), ProviderID: attribute.TextOrNull(spec.ProviderID), FlowSpecIDs: flowSpecs,
	})...)
}
