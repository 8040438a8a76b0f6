package mappingset

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// longestExpression is Data Prep's limit for an expression, in characters (noted from its documentation).
const longestExpression = 4096

func resourceSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A mapping set of Data Prep: which field or expression of a Customer.io event fills which field of the XDM schema.\n\n" +
			"Every change makes a new version of the set, in place. A dataflow stays on the version it is pinned to, so give the dataflow " +
			"`mapping_version = customerio_mapping_set.….version`: it then follows in the same apply.\n\n" +
			"A refresh reads the newest version, so that a change made in the console shows as drift. Data Prep documents no way to delete a " +
			"mapping set: a destroy tries to, and where the service refuses it warns and forgets the set, which costs nothing.",
		Attributes: map[string]schema.Attribute{
			"version": schema.Int64Attribute{
				MarkdownDescription: "Version of the set, from `0`. Every change raises it, so the plan shows it as known after apply.",
				Computed:            true,
			},
			"name": schema.StringAttribute{
				MarkdownDescription: "Name. A change makes a new version.",
				Optional:            true,
				Validators:          []validator.String{attribute.Trimmed()},
			},
			"schema_id": schema.StringAttribute{
				MarkdownDescription: "`$id` of the XDM schema that the mappings fill, a URI (`outputSchema.schemaRef.id`). A change makes a new version.",
				Required:            true,
				Validators:          []validator.String{attribute.HTTPURL()},
			},
			"schema_version": attribute.SchemaVersion("Media type that pins the version of the schema (`outputSchema.schemaRef.contentType`). Default: `" +
				attribute.DefaultContentType + "`. Spaces in it do not count. A change makes a new version."),
			"mappings": mappingsAttribute(),
		},
	}
}

func mappingsAttribute() schema.MapNestedAttribute {
	return schema.MapNestedAttribute{
		MarkdownDescription: "The mappings, keyed by the dotted XDM path that each one fills (`destination`), such as `_acme.email`. A change makes a new version.",
		Required:            true,
		Validators:          []validator.Map{mapvalidator.SizeAtLeast(1), destinations{}},
		NestedObject: schema.NestedAttributeObject{
			Validators: []validator.Object{sources{}},
			Attributes: map[string]schema.Attribute{
				"source": schema.StringAttribute{
					MarkdownDescription: "What fills the field: a dotted path in the event (`data.identifiers.email`), an expression of at most 4,096 " +
						"characters (`timestamp * 1000`), or a literal, as `source_type` says.",
					Required:   true,
					Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				},
				"source_type": schema.StringAttribute{
					MarkdownDescription: "What `source` is: `ATTRIBUTE` (a path), `EXPRESSION` or `STATIC` (a literal). Default: `ATTRIBUTE`.",
					Optional:            true,
					Computed:            true,
					Default:             stringdefault.StaticString(dataprep.SourceAttribute),
					Validators:          []validator.String{stringvalidator.OneOf(dataprep.SourceAttribute, dataprep.SourceExpression, dataprep.SourceStatic)},
				},
				"name": schema.StringAttribute{
					MarkdownDescription: "Name of the mapping, shown in the console.",
					Optional:            true,
					Validators:          []validator.String{attribute.Trimmed()},
				},
				"description": schema.StringAttribute{
					MarkdownDescription: "Description of the mapping, shown in the console.",
					Optional:            true,
					Validators:          []validator.String{attribute.Trimmed()},
				},
			},
		},
	}
}
