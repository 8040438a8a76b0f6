package targetschema

import (
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

func resourceSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An XDM schema for Customer.io's events: a field group with their fields under the tenant's namespace, and a schema " +
			"of the class ExperienceEvent that uses it.\n\n" +
			"Title, description, new fields and the primary identity change in place. The Schema Registry never removes a field nor changes its " +
			"type once there is data: where a plan needs that, the schema is replaced if no dataset follows it, and else the plan fails and says " +
			"which datasets do. Fields that somebody adds elsewhere are left alone.",
		Attributes: map[string]schema.Attribute{
			"alt_id":  attribute.ID("Alternative id (`meta:altId`), such as `_acme.schemas.1234`."),
			"version": schema.StringAttribute{MarkdownDescription: "Version, such as `1.3`. Every change raises its last part.", Computed: true},
			"content_type": attribute.ID("Media type that pins the major version, to give to `schema_version` of the dataset, the target " +
				"connection and the mapping set."),
			"tenant_namespace": attribute.ID("Namespace of the organisation's own fields, such as `_acme`. A field `email` is mapped as `_acme.email`."),
			"field_group_id":   attribute.ID("`$id` of the field group, a URI."),
			"identity_descriptor_id": schema.StringAttribute{
				MarkdownDescription: "Id of the descriptor behind `primary_identity`.",
				Computed:            true,
			},
			"title": schema.StringAttribute{
				MarkdownDescription: "Title. It must be unique among the schemas, field groups and classes of the sandbox, and so must the field group's, " +
					"which is this title with ` event fields` at its end. Changes in place.",
				Required:   true,
				Validators: []validator.String{attribute.Trimmed()},
			},
			"description":       attribute.Description("Description. Changes in place."),
			"event_fields":      eventFieldsAttribute(),
			"additional_fields": additionalFieldsAttribute(),
			"primary_identity":  primaryIdentityAttribute(),
			"profile_enabled": flag("Whether the schema takes part in the Real-Time Customer Profile (the tag `union`). **This cannot be undone**: the " +
				"schema can then neither leave it nor be deleted, so it needs `allow_irreversible`. Default: `false`."),
			"allow_irreversible": flag("Consent to `profile_enabled`. It is a setting of this provider only. Default: `false`."),
		},
	}
}

func eventFieldsAttribute() schema.SetAttribute {
	var names, defaults []string
	var fallback []attr.Value
	for _, field := range customerio.EventFields() {
		names = append(names, field.Name)
	}
	for _, name := range customerio.DefaultEventFields() {
		defaults = append(defaults, "`"+name+"`")
		fallback = append(fallback, types.StringValue(name))
	}
	return schema.SetAttribute{
		MarkdownDescription: "Fields of the events to have in the schema, each under its own name and with its own type. Default: the seven that Adobe's " +
			"guide calls mandatory: " + strings.Join(defaults, ", ") + ". All there are: `" + strings.Join(names, "`, `") +
			"`. More can be added in place.",
		ElementType: types.StringType,
		Optional:    true,
		Computed:    true,
		Default:     setdefault.StaticValue(types.SetValueMust(types.StringType, fallback)),
		Validators:  []validator.Set{setvalidator.ValueStringsAre(stringvalidator.OneOf(names...))},
	}
}

func additionalFieldsAttribute() schema.MapNestedAttribute {
	return schema.MapNestedAttribute{
		MarkdownDescription: "Further fields to have in the schema, by name, for what mappings make of an event. More can be added in place.",
		Optional:            true,
		Validators: []validator.Map{
			mapvalidator.SizeAtLeast(1),
			mapvalidator.KeysAre(stringvalidator.RegexMatches(regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`),
				"must begin with a letter and hold only letters, digits and underscores")),
		},
		NestedObject: schema.NestedAttributeObject{
			Attributes: map[string]schema.Attribute{
				"type": schema.StringAttribute{
					MarkdownDescription: "Type in XDM: `string`, `long`, `double`, `boolean`, `date` or `date-time`.",
					Required:            true,
					Validators: []validator.String{stringvalidator.OneOf(schemaregistry.TypeString, schemaregistry.TypeLong, schemaregistry.TypeDouble,
						schemaregistry.TypeBoolean, schemaregistry.TypeDate, schemaregistry.TypeDateTime)},
				},
				"title": schema.StringAttribute{
					MarkdownDescription: "Title that the console shows. Without one it shows the name. Changes in place.",
					Optional:            true,
					Validators:          []validator.String{attribute.Trimmed()},
				},
				"description": attribute.Description("Description. Changes in place."),
			},
		},
	}
}

func primaryIdentityAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Which field tells whom an event is about (an identity descriptor with `xdm:isPrimary`). Changes in place, unless the schema " +
			"takes part in the profile.",
		Optional: true,
		Attributes: map[string]schema.Attribute{
			"field": schema.StringAttribute{
				MarkdownDescription: "Name of the field, one of `event_fields` or `additional_fields`, such as `email`.",
				Required:            true,
				Validators:          []validator.String{attribute.Trimmed()},
			},
			"namespace": schema.StringAttribute{
				MarkdownDescription: "Code of the identity namespace (`xdm:namespace`), such as `Email`. It must exist.",
				Required:            true,
				Validators:          []validator.String{attribute.Trimmed()},
			},
		},
	}
}

func flag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Default:             booldefault.StaticBool(false),
	}
}
