// Package eventcatalog is the data source customerio_event_catalog: which events there are, for Terraform without functions.
package eventcatalog

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

type eventCatalog struct{}

// New makes the data source.
func New() datasource.DataSource { return eventCatalog{} }

type model struct {
	Categories       types.Set `tfsdk:"categories"`
	Events           types.Set `tfsdk:"events"`
	EventsByCategory types.Map `tfsdk:"events_by_category"`
}

func (eventCatalog) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_event_catalog"
}

func (eventCatalog) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The events that Customer.io can report, by category. With Terraform 1.8 or later, the function `events` does the same. This data source needs no " +
			"credentials, because the catalog is part of the provider.",
		Attributes: map[string]schema.Attribute{
			"categories": schema.SetAttribute{
				MarkdownDescription: "Categories to include: `" + strings.Join(customerio.EventCategories(), "`, `") + "`. Default: all.",
				ElementType:         types.StringType,
				Optional:            true,
				Validators: []validator.Set{
					setvalidator.SizeAtLeast(1),
					setvalidator.ValueStringsAre(stringvalidator.OneOf(customerio.EventCategories()...)),
				},
			},
			"events": schema.SetAttribute{
				MarkdownDescription: "Names of all events in the categories, for use as `events` of `customerio_reporting_webhook`.",
				ElementType:         types.StringType,
				Computed:            true,
			},
			"events_by_category": schema.MapAttribute{
				MarkdownDescription: "Names of the events, by category.",
				ElementType:         types.SetType{ElemType: types.StringType},
				Computed:            true,
			},
		},
	}
}

func (eventCatalog) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	categories := customerio.EventCategories()
	if !config.Categories.IsNull() {
		categories = nil
		resp.Diagnostics.Append(config.Categories.ElementsAs(ctx, &categories, false)...)
	}
	var events []string
	byCategory := map[string][]string{}
	for _, category := range categories {
		byCategory[category] = customerio.EventsOf(category)
		events = append(events, byCategory[category]...)
	}
	var diags diag.Diagnostics
	config.Events, diags = types.SetValueFrom(ctx, types.StringType, events)
	resp.Diagnostics.Append(diags...)
	config.EventsByCategory, diags = types.MapValueFrom(ctx, types.SetType{ElemType: types.StringType}, byCategory)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}
