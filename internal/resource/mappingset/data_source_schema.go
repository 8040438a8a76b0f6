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
		MarkdownDescription: "An existing mapping set of Data Prep, found by ID or name. Reads the newest version, unless `version` selects another " +
			"one.",
		Attributes: map[string]schema.Attribute{
			"id":   lookup.ID("ID of the mapping set, 32 hexadecimal digits.", attribute.Identifier(), "name"),
			"name": lookup.Name("Name of the mapping set, in its newest version.", "name"),
			"version": schema.Int64Attribute{
				MarkdownDescription: "Version to read, starting at `0`. Default: the newest.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.Int64{int64validator.AtLeast(0)},
			},
			"schema_id": attribute.ComputedText("`$id` of the target XDM schema, a URI (`outputSchema.schemaRef.id`)."),
			"schema_version": schema.StringAttribute{
				MarkdownDescription: "Media type that pins the version of the schema (`outputSchema.schemaRef.contentType`), without spaces.",
				CustomType:          attribute.ContentTypeType{},
				Computed:            true,
			},
			"mappings": schema.MapNestedAttribute{
				MarkdownDescription: "Mappings by target field. The key is the dotted XDM path (`destination`), for example `_acme.email`.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"source":      attribute.ComputedText("Source of the value (`source`), depending on `source_type`: a dotted path in the event, an expression or a literal."),
					"source_type": attribute.ComputedText("Type of `source` (`sourceType`): `ATTRIBUTE` (a path), `EXPRESSION` or `STATIC` (a literal)."),
					"name":        attribute.ComputedText("Name of the mapping, shown in the Experience Platform UI."),
					"description": attribute.ComputedText("Description of the mapping, shown in the Experience Platform UI."),
				}},
			},
		},
	}
}
