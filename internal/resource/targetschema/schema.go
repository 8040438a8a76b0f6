package targetschema

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

func resourceSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An XDM schema for Customer.io events. It consists of a field group with the event fields under the tenant namespace, and a schema " +
			"of the class ExperienceEvent that uses it. An imported schema may have several field groups. The resource manages the field group that has the provider's title, or else the only one with fields under the tenant namespace. The import lists the parts that it leaves alone.\n\n" +
			"The title, description, new fields and the primary identity are updated in place. Schema Registry does not remove or retype fields once there is " +
			"data, and the provider is stricter. If a plan removes or retypes a field, the schema is replaced, unless a dataset uses it. Then the plan fails and lists " +
			"the datasets, even empty ones. The provider leaves fields of others alone.",
		Attributes: map[string]schema.Attribute{
			"alt_id":  attribute.ID("Alternative ID (`meta:altId`), for example `_acme.schemas.1234`."),
			"version": schema.StringAttribute{MarkdownDescription: "Version (`version`), for example `1.3`. Every change increases the minor version.", Computed: true},
			"content_type": attribute.ID("Media type that pins the major version. The dataset, the target connection and the mapping set " +
				"use it as their `schema_version`."),
			"tenant_namespace": attribute.ID("Tenant namespace of custom fields, for example `_acme`. The XDM path of the field `email` is `_acme.email`. " +
				"It is known when the schema is planned, so the first plan shows the mappings."),
			"field_group_id":         attribute.ID("`$id` of the field group, a URI."),
			"identity_descriptor_id": schema.StringAttribute{MarkdownDescription: "ID of the identity descriptor for `primary_identity` (`@id`).", Computed: true},
			"title": attribute.Required("Title (`title`). It must be unique among the schemas, field groups and classes of the sandbox. So must the title "+
				"of the field group, which is this title followed by ` event fields`. A plan warns if another schema has the title. Updated in place.", attribute.NotBlank(),
				attribute.OneLineUnlessHeld()),
			"description":       attribute.Description(),
			"event_fields":      eventFieldsAttribute(),
			"additional_fields": additionalFieldsAttribute(),
			"primary_identity":  primaryIdentityAttribute(),
			"profile_enabled": attribute.Flag("Whether the schema is enabled for Real-Time Customer Profile (tag `union`). **This cannot be undone.** An enabled "+
				"schema can be neither disabled nor deleted, so this requires `allow_irreversible`. Default: `false`. Updated in "+
				"place, from `false` to `true` only.", false),
			"allow_irreversible": attribute.Flag("Consent to setting `profile_enabled`, which cannot be undone. Known only to this provider, "+
				"not to Adobe. Default: `false`. Updated in place.", false),
		},
	}
}

func eventFieldsAttribute() schema.SetAttribute {
	names, defaults := eventFieldNames(), customerio.DefaultEventFields()
	return schema.SetAttribute{
		MarkdownDescription: "Event fields in the schema, each with its own name and type. Default: the seven that Adobe's " +
			"guide calls mandatory: `" + strings.Join(defaults, "`, `") + "`. All available fields: `" + strings.Join(names, "`, `") +
			"`. Fields are added in place. For removal, see above.",
		ElementType: types.StringType,
		Optional:    true,
		Computed:    true,
		Default:     setdefault.StaticValue(types.SetValueMust(types.StringType, attribute.TextValues(defaults))),
		Validators: []validator.Set{setvalidator.ValueStringsAre(attribute.Checked{
			Wants: "must be the name of an event field", Check: checkEventField, Quote: true,
		})},
	}
}

func eventFieldNames() (names []string) {
	for _, field := range customerio.EventFields() {
		names = append(names, field.Name)
	}
	return names
}

// checkEventField knows the arguments of event_mappings, which often come from the same list.
func checkEventField(name string) error {
	names := eventFieldNames()
	bare := strings.TrimPrefix(strings.TrimLeft(name, "+-"), "hash:")
	near := advice.Nearest(bare, names)
	switch {
	case slices.Contains(names, name):
		return nil
	case slices.Contains(names, bare):
		return fmt.Errorf("a schema has no signs and no hashes, only the field %q", bare)
	case len(near) > 0:
		return fmt.Errorf("the nearest is %q", near[0])
	}
	return fmt.Errorf("the fields are %s", strings.Join(names, ", "))
}

func additionalFieldsAttribute() schema.MapNestedAttribute {
	return schema.MapNestedAttribute{
		MarkdownDescription: "Additional fields in the schema, by name, for values that mappings compute. Default: none. Fields are added in place. For removal, see above.",
		Optional:            true,
		Validators: []validator.Map{
			mapvalidator.SizeAtLeast(1),
			mapvalidator.KeysAre(stringvalidator.RegexMatches(regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`),
				"must begin with a letter and hold only letters, digits and underscores")),
		},
		NestedObject: schema.NestedAttributeObject{
			Attributes: map[string]schema.Attribute{
				"type": attribute.Required("XDM type (`meta:xdmType`): `string`, `long`, `double`, `boolean`, `date` or `date-time`. Changing it is handled "+
					"like removing the field.", stringvalidator.OneOf(schemaregistry.TypeString, schemaregistry.TypeLong, schemaregistry.TypeDouble,
					schemaregistry.TypeBoolean, schemaregistry.TypeDate, schemaregistry.TypeDateTime)),
				"title": attribute.Optional("Title shown in the Experience Platform UI (`title`). Default: the name of the field. Updated in place.",
					attribute.NotBlank(), attribute.OneLineUnlessHeld()),
				"description": attribute.Description(),
			},
		},
	}
}

func primaryIdentityAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Field that identifies the person an event is about (identity descriptor, `xdm:isPrimary`). Default: none. Updated in place, unless the schema " +
			"is enabled for Real-Time Customer Profile.",
		Optional: true,
		Attributes: map[string]schema.Attribute{
			"field": attribute.Required("Name of the field (`xdm:sourceProperty`), one of `event_fields` or `additional_fields`, for example `email`. "+
				"Updated in place: the identity descriptor is replaced.", attribute.OneLine()),
			"namespace": attribute.Required("Code of an existing identity namespace (`xdm:namespace`), for example `Email`. Updated in place: the identity "+
				"descriptor is replaced.", attribute.OneLine()),
		},
	}
}
