package mappingset

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// longestExpression is Data Prep's limit for an expression, in characters (noted from its documentation).
const longestExpression = 4096

// What any mapping must be, in the configuration of a mapping set or of a preview.
var (
	anyDestinations = destinations{"keys must be dotted XDM paths without white space around their parts, each naming another field"}
	anySource       = sources{"a path must have no white space around it, and an expression between 1 and 4096 characters"}
	anySourceType   = stringvalidator.OneOf(dataprep.SourceAttribute, dataprep.SourceExpression, dataprep.SourceStatic)
)

func resourceSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A mapping set of Data Prep. It maps fields and expressions of a Customer.io event to fields of the XDM schema.\n\n" +
			"A plan checks the mappings that it adds or changes. A field that the schema does not have is an error, and so is a mapping that Data Prep " +
			"rejects. A path that no documented event has is a warning, and so are an expression in place of a path and a value that cannot have the type of the field. The apply checks " +
			"what the plan cannot, for example mappings to a schema of the same plan.\n\n" +
			"Every change creates a new version of the mapping set. A dataflow stays on its version until `mapping_version` changes. Set " +
			"`mapping_version = customerio_mapping_set.….version` in the dataflow, and it is updated in the same apply.\n\n" +
			"A refresh reads the newest version, so changes made in the Experience Platform UI show as drift. If another user changed the mapping set after the plan, an update fails " +
			"and keeps that change. Plan again to see it. Data Prep does not document how to delete a " +
			"mapping set. The provider tries to; if the service refuses, it prints a warning and removes the mapping set from the state.",
		Attributes: map[string]schema.Attribute{
			"version": schema.Int64Attribute{
				MarkdownDescription: "Version of the mapping set, starting at `0`. Every change increases it, so the plan shows `(known after apply)`.",
				Computed:            true,
			},
			"name": attribute.OptionalName("Name (`name`). Need not be unique. Default: none, as is `\"\"`. Updated in place, as a new version."),
			"schema_id": attribute.Required("`$id` of the target XDM schema, a URI (`outputSchema.schemaRef.id`). Updated in place, as a new version.",
				attribute.HTTPURL()),
			// Data Prep answers with a version alone for sets that were made so, as an Adobe tutorial shows.
			"schema_version": attribute.HeldSchemaVersion("outputSchema.schemaRef.contentType", "that of the schema", "Updated in place, as a new version."),
			"mappings":       mappingsAttribute(),
		},
	}
}

func mappingsAttribute() schema.MapNestedAttribute {
	return schema.MapNestedAttribute{
		MarkdownDescription: "Mappings by target field. The key is the dotted XDM path (`destination`), for example `_acme.email`. Updated in place, as a new version.",
		Required:            true,
		Validators: []validator.Map{
			mapvalidator.SizeAtLeast(1),
			anyDestinations,
		},
		NestedObject: schema.NestedAttributeObject{
			Validators: []validator.Object{anySource},
			Attributes: map[string]schema.Attribute{
				"source": attribute.Required("Source of the value (`source`), depending on `source_type`: a dotted path in the event "+
					"(`data.identifiers.email`), an expression of at most 4,096 characters (`upper(metric)`), or a literal. Updated in place, as a new version.",
					stringvalidator.LengthAtLeast(1)),
				"source_type": attribute.Defaulted("Type of `source` (`sourceType`): `ATTRIBUTE` (a path), `EXPRESSION` or `STATIC` (a literal). Default: "+
					"`ATTRIBUTE`. Updated in place, as a new version.",
					dataprep.SourceAttribute, anySourceType),
				"name": attribute.OptionalName("Name of the mapping (`name`), shown in the Experience Platform UI. Default: none, as is `\"\"`. Updated in place, " +
					"as a new version."),
				"description": attribute.Text("Description of the mapping (`description`), shown in the Experience Platform UI. Default: none, as is `\"\"`. " +
					"Updated in place, as a new version."),
			},
		},
	}
}
