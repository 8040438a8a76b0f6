// Package eventcatalog is the data source customerio_event_catalog: which events there are, for Terraform without functions.
package eventcatalog

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

type model struct {
	Categories       []string            `tfsdk:"categories"`
	Events           []string            `tfsdk:"events"`
	EventsByCategory map[string][]string `tfsdk:"events_by_category"`
}

// New returns the data source. It calls no service.
func New() datasource.DataSource {
	return lookup.NewDataSource(lookup.DataSource[model, any]{
		TypeName: "event_catalog",
		MarkdownDescription: "The events that Customer.io can report, by category. With Terraform 1.8 or later, the function `events` does the " +
			"same. This data source needs no credentials, because the catalog is part of the provider.",
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
			"events": attribute.ComputedTexts("Names of all events in the categories, for use as `events` of `customerio_reporting_webhook`."),
			"events_by_category": schema.MapAttribute{
				MarkdownDescription: "Names of the events, by category.",
				ElementType:         types.SetType{ElemType: types.StringType},
				Computed:            true,
			},
		},
		Read: read,
	})
}

func read(_ context.Context, _ lookup.Call[any], m *model) {
	categories := m.Categories
	if categories == nil {
		categories = customerio.EventCategories()
	}
	m.EventsByCategory = map[string][]string{}
	for _, category := range categories {
		m.EventsByCategory[category] = customerio.EventsOf(category)
		m.Events = append(m.Events, m.EventsByCategory[category]...)
	}
}
