// Package attribute holds attributes that mean the same in every schema: how they are declared, checked and compared.
package attribute

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// ID is the id that a service assigns, which stays for the life of the object.
func ID(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Computed:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// Name is a required name that changes in place.
func Name(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: []validator.String{Trimmed()}}
}

// Description is an optional description that changes in place.
func Description(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: []validator.String{Trimmed()}}
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

// SpecFromAPI is the reference as Terraform holds it.
func SpecFromAPI(ref flowservice.SpecRef) *SpecModel {
	return &SpecModel{ID: types.StringValue(ref.ID), Version: types.StringValue(ref.Version)}
}

// Spec is a reference to a connection or flow specification, with a default. The service cannot change it
// (1414-400), and it wants the version to be sent (422 without it).
func Spec(description, defaultID string) schema.SingleNestedAttribute {
	spec := map[string]attr.Type{"id": types.StringType, "version": types.StringType}
	return schema.SingleNestedAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Default: objectdefault.StaticValue(types.ObjectValueMust(spec, map[string]attr.Value{
			"id": types.StringValue(defaultID), "version": types.StringValue(flowservice.SpecVersion),
		})),
		PlanModifiers: []planmodifier.Object{objectplanmodifier.RequiresReplace()},
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "ID of the specification, a UUID. Changing this forces a new resource.",
				Required:            true,
				Validators:          []validator.String{UUID()},
			},
			"version": schema.StringAttribute{
				MarkdownDescription: "Version of the specification. Default: `1.0`. Changing this forces a new resource.",
				Optional:            true,
				Computed:            true,
				Default:             stringdefault.StaticString(flowservice.SpecVersion),
				Validators:          []validator.String{Trimmed()},
			},
		},
	}
}

// TextOrNull is null for "": the services answer with either where there is no text.
func TextOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// Texts are the elements of a set or list of known strings.
func Texts(collection interface{ Elements() []attr.Value }) []string {
	var texts []string
	for _, element := range collection.Elements() {
		if text, ok := element.(types.String); ok {
			texts = append(texts, text.ValueString())
		}
	}
	return texts
}

// TextValues are texts as elements of a set or list.
func TextValues(texts []string) []attr.Value {
	values := []attr.Value{}
	for _, text := range texts {
		values = append(values, types.StringValue(text))
	}
	return values
}

// Changed is the old and the new text where they differ, for a change in place; nil where they do not. A text that is taken
// away becomes "".
func Changed(state, plan types.String) *objects.Text {
	if plan.Equal(state) {
		return nil
	}
	return &objects.Text{From: state.ValueString(), To: plan.ValueString()}
}
