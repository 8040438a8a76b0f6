// Package attribute holds attributes that mean the same in every schema: how they are declared, checked and compared.
package attribute

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
)

// ID is a text that the service assigns, and that stays the same for the life of the object.
func ID(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Computed:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// Required is a text of the given form. It changes in place unless a modifier says otherwise.
func Required(description string, form validator.String, modifiers ...planmodifier.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description, Required: true, Validators: []validator.String{form}, PlanModifiers: modifiers,
	}
}

// Optional is like [Required], but may be left out.
func Optional(description string, form validator.String, modifiers ...planmodifier.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description, Optional: true, Validators: []validator.String{form}, PlanModifiers: modifiers,
	}
}

// Defaulted is like [Optional], with a default.
func Defaulted(description, fallback string, form validator.String, modifiers ...planmodifier.String) schema.StringAttribute {
	defaulted := Optional(description, form, modifiers...)
	defaulted.Computed, defaulted.Default = true, stringdefault.StaticString(fallback)
	return defaulted
}

// Taken is like [Optional], but where it is left out, it is taken from another object. What was taken stays until a plan says otherwise.
func Taken(description string, form validator.String, modifiers ...planmodifier.String) schema.StringAttribute {
	taken := Optional(description, form, append([]planmodifier.String{stringplanmodifier.UseStateForUnknown()}, modifiers...)...)
	taken.Computed = true
	return taken
}

// Name is the name of an object that need not be unique.
func Name() schema.StringAttribute {
	return Required("Name (`name`). Need not be unique. Updated in place.", NotBlank(), OneLineUnlessHeld())
}

// OptionalName is like [Name], but "" is none, as modules pass it on.
func OptionalName(description string) schema.StringAttribute {
	return orNone(description, noLine, wantsOneLine)
}

// Text is an optional text that only people read, of any number of lines. "" is none, as modules pass it on.
func Text(description string) schema.StringAttribute {
	return orNone(description, lines, wantsLines)
}

func orNone(description string, form *regexp.Regexp, wants string) schema.StringAttribute {
	return Optional(description, stringvalidator.Any(stringvalidator.OneOf(""), NotBlank()), UnlessHeld(form, wants))
}

// Description is the description of an object.
func Description() schema.StringAttribute {
	return Text("Description (`description`). Default: none, as is `\"\"`. Updated in place.")
}

// Flag is an optional flag that changes in place.
func Flag(description string, fallback bool) schema.BoolAttribute {
	return schema.BoolAttribute{MarkdownDescription: description, Optional: true, Computed: true, Default: booldefault.StaticBool(fallback)}
}

// SpecModel is a reference to a connection or flow specification.
type SpecModel struct {
	ID      types.String `tfsdk:"id"`
	Version types.String `tfsdk:"version"`
}

// ToAPI is the reference as the Flow Service takes it.
func (m SpecModel) ToAPI() flowservice.SpecRef {
	return flowservice.SpecRef{ID: m.ID.ValueString(), Version: m.Version.ValueString()}
}

// Spec is a reference to a connection or flow specification, with a default. The service cannot change it
// (1414-400), and it requires the version (422 without it).
func Spec(description, defaultID string) schema.SingleNestedAttribute {
	spec := map[string]attr.Type{"id": types.StringType, "version": types.StringType}
	return schema.SingleNestedAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Default: objectdefault.StaticValue(types.ObjectValueMust(spec, map[string]attr.Value{
			"id": types.StringValue(defaultID), "version": types.StringValue(flowservice.SpecVersion),
		})),
		PlanModifiers: []planmodifier.Object{keepSpec{"An ID in other capitals is no other one, and 1 is the version 1.0."}, objectplanmodifier.RequiresReplace()},
		Attributes: map[string]schema.Attribute{
			"id": Required("ID of the specification, a UUID. The plan fails if Flow Service does not have it. Changing this forces a new resource.", UUID()),
			"version": Defaulted("Version of the specification. Default: `1.0`. Changing this forces a new resource.",
				flowservice.SpecVersion, OneLine()),
		},
	}
}
