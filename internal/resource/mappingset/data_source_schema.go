package mappingset

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A mapping set of Data Prep that exists already, found by its id or its name. The newest version is read, or the one " +
			"that is given.",
		Attributes: map[string]schema.Attribute{
			"id":   lookup.ID("Id of the mapping set, 32 hexadecimal digits.", attribute.Identifier(), "name"),
			"name": lookup.Name("Name of the mapping set, in its newest version.", "name"),
			"version": schema.Int64Attribute{
				MarkdownDescription: "Version of the set to read, from `0`. Default: the newest.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.Int64{int64validator.AtLeast(0)},
			},
			"schema_id": attribute.ComputedText("`$id` of the XDM schema that the mappings fill, a URI (`outputSchema.schemaRef.id`)."),
			"schema_version": schema.StringAttribute{
				MarkdownDescription: "Media type that pins the version of the schema (`outputSchema.schemaRef.contentType`), without spaces.",
				CustomType:          attribute.ContentTypeType{},
				Computed:            true,
			},
			"mappings": schema.MapNestedAttribute{
				MarkdownDescription: "The mappings, keyed by the dotted XDM path that each one fills (`destination`), such as `_acme.email`.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"source":      attribute.ComputedText("What fills the field: a dotted path in the event, an expression or a literal, as `source_type` says."),
					"source_type": attribute.ComputedText("What `source` is: `ATTRIBUTE` (a path), `EXPRESSION` or `STATIC` (a literal)."),
					"name":        attribute.ComputedText("Name of the mapping, shown in the console."),
					"description": attribute.ComputedText("Description of the mapping, shown in the console."),
				}},
			},
		},
	}
}
