package attribute

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
)

// DefaultContentType is the media type of version 1 of a schema in its full form, as in Adobe's guide to the source.
const DefaultContentType = "application/vnd.adobe.xed-full+json;version=1"

// SchemaVersion is the media type of a schema, which pins its version.
func SchemaVersion(description string, modifiers ...planmodifier.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		CustomType:          ContentTypeType{},
		Optional:            true,
		Computed:            true,
		Default:             stringdefault.StaticString(DefaultContentType),
		PlanModifiers:       append([]planmodifier.String{keepSpelling{}}, modifiers...),
		Validators: []validator.String{stringvalidator.RegexMatches(regexp.MustCompile(`^application/vnd\.adobe\.\S+; *version=[0-9.]+$`),
			"must be a media type with a version, such as "+DefaultContentType)},
	}
}

// ContentTypeType is the type of [ContentType].
type ContentTypeType struct{ basetypes.StringType }

// ContentType is the media type of a schema. Services change the spaces in it ("…+json; version=1"), which is not drift.
type ContentType struct{ basetypes.StringValue }

var (
	_ basetypes.StringTypable                    = ContentTypeType{}
	_ basetypes.StringValuableWithSemanticEquals = ContentType{}
)

// ContentTypeValue is a media type from an answer, in the spelling of [DefaultContentType], without spaces.
func ContentTypeValue(answered string) ContentType {
	return ContentType{basetypes.NewStringValue(xdm.CompactMediaType(answered))}
}

// Equal tells whether the types are the same.
func (t ContentTypeType) Equal(other attr.Type) bool {
	_, same := other.(ContentTypeType)
	return same
}

// String names the type.
func (t ContentTypeType) String() string { return "ContentTypeType" }

// ValueType is the type's zero value.
func (t ContentTypeType) ValueType(context.Context) attr.Value { return ContentType{} }

// ValueFromString wraps a string value.
func (t ContentTypeType) ValueFromString(_ context.Context, in basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return ContentType{in}, nil
}

// ValueFromTerraform decodes a value.
func (t ContentTypeType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	return ContentType{value.(basetypes.StringValue)}, nil
}

// Type is the value's type.
func (v ContentType) Type(context.Context) attr.Type { return ContentTypeType{} }

// Equal tells whether the values are the same, spaces included.
func (v ContentType) Equal(other attr.Value) bool {
	same, ok := other.(ContentType)
	return ok && v.StringValue.Equal(same.StringValue)
}

// StringSemanticEquals tells whether the values mean the same.
func (v ContentType) StringSemanticEquals(_ context.Context, other basetypes.StringValuable) (bool, diag.Diagnostics) {
	value, ok := other.(ContentType)
	return ok && xdm.SameMediaType(v.ValueString(), value.ValueString()), nil
}

// keepSpelling plans the value in the state if the configuration only spells it differently: the framework does not ask for
// semantic equality when it plans.
type keepSpelling struct{}

const ignoresSpaces = "Spaces in the media type do not count."

func (keepSpelling) Description(context.Context) string         { return ignoresSpaces }
func (keepSpelling) MarkdownDescription(context.Context) string { return ignoresSpaces }

func (keepSpelling) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !req.StateValue.IsNull() && xdm.SameMediaType(req.StateValue.ValueString(), req.PlanValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}
