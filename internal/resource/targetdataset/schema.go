package targetdataset

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

func resourceSchema() schema.Schema {
	replace := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	return schema.Schema{
		MarkdownDescription: "A dataset of Catalog Service: where the events end, in the form of an XDM schema.\n\n" +
			"A dataset holds data, and deleting it deletes the data. So it is protected: as long as `deletion_protection` is true, a " +
			"destroy fails on it, after everything that does not hold it has been destroyed, and a plan that would replace it is refused. " +
			"To delete it, apply `deletion_protection = false` first.\n\n" +
			"Name, description, tags and participation in the profile change in place. Another schema replaces the dataset.",
		Attributes: map[string]schema.Attribute{
			"name":        attribute.Name("Name. It need not be unique. Changes in place."),
			"description": attribute.Description("Description. Changes in place."),
			"schema_id": schema.StringAttribute{
				MarkdownDescription: "`$id` of the XDM schema, a URI (`schemaRef.id`). Changing it replaces the dataset.",
				Required:            true,
				PlanModifiers:       replace,
				Validators:          []validator.String{attribute.HTTPURL()},
			},
			"schema_version": attribute.SchemaVersion("Media type that pins the version of the schema (`schemaRef.contentType`). Default: `"+
				attribute.DefaultContentType+"`. Spaces in it do not count. Changing it replaces the dataset.", stringplanmodifier.RequiresReplace()),
			"profile_enabled": flag("Whether the data goes into the Real-Time Customer Profile (the tags `unifiedProfile` and `unifiedIdentity`). "+
				"The schema must take part in it too. Default: `false`. Changes in place; what the profile holds already stays there.", false),
			"tags": schema.MapAttribute{
				MarkdownDescription: "Tags to manage, each with a list of values (`tags`). Tags that are not named here are left alone: the service and " +
					"other tools add their own. Changes in place.",
				ElementType: types.ListType{ElemType: types.StringType},
				Optional:    true,
				Validators: []validator.Map{
					mapvalidator.SizeAtLeast(1),
					mapvalidator.KeysAre(attribute.Trimmed(), stringvalidator.NoneOf(profileTag, identityTag)), // profile_enabled writes these
					mapvalidator.ValueListsAre(listvalidator.SizeAtLeast(1)),
				},
			},
			"error_diagnostics": flag("Whether the service keeps diagnostics of records that it could not take (`enableErrorDiagnostics`). Default: "+
				"`false`. Changes in place.", false),
			"deletion_protection": flag("Whether a destroy or replacement of the dataset is refused. It is a setting of this provider only. Default: `true`.", true),
		},
	}
}

func flag(description string, fallback bool) schema.BoolAttribute {
	return schema.BoolAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Default:             booldefault.StaticBool(fallback),
	}
}
