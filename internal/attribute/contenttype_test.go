package attribute_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

const spaced = "application/vnd.adobe.xed-full+json; version=1"

func contentType(text string) attribute.ContentType {
	return attribute.ContentType{StringValue: basetypes.NewStringValue(text)}
}

// Services answer the media type with or without a space: that is no drift.
func TestSpacesInContentTypesDoNotCount(t *testing.T) {
	t.Parallel()
	same, diags := contentType(spaced).StringSemanticEquals(t.Context(), contentType(attribute.DefaultContentType))
	require.Empty(t, diags)
	require.True(t, same)
	same, _ = contentType(spaced).StringSemanticEquals(t.Context(), contentType("application/vnd.adobe.xed-full+json;version=2"))
	require.False(t, same)
	require.False(t, contentType(spaced).Equal(contentType(attribute.DefaultContentType)), "they are two spellings all the same")
	require.Equal(t, attribute.DefaultContentType, attribute.ContentTypeValue(spaced).ValueString())
}

func TestContentTypeAttribute(t *testing.T) {
	t.Parallel()
	declared := attribute.SchemaVersion("d")
	for value, good := range map[string]bool{
		attribute.DefaultContentType: true, spaced: true, "application/vnd.adobe.xed+json;version=1.2": true,
		"application/vnd.adobe.xed-full+json": false, "application/json;version=1": false, "": false, " " + spaced: false, spaced + "x": false,
	} {
		resp := validator.StringResponse{}
		for _, check := range declared.Validators {
			check.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("schema_version"), ConfigValue: types.StringValue(value)}, &resp)
		}
		require.Equal(t, good, !resp.Diagnostics.HasError(), "%q", value)
	}
}

// A configuration that only spells the state's value differently plans no change.
func TestPlanKeepsTheSpellingOfTheState(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ state, plan, want types.String }{
		"other spelling": {types.StringValue(spaced), types.StringValue(attribute.DefaultContentType), types.StringValue(spaced)},
		"other version":  {types.StringValue(spaced), types.StringValue("v2"), types.StringValue("v2")},
		"no state":       {types.StringNull(), types.StringValue(spaced), types.StringValue(spaced)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resp := planmodifier.StringResponse{PlanValue: test.plan}
			for _, modifier := range attribute.SchemaVersion("d").PlanModifiers {
				modifier.PlanModifyString(t.Context(), planmodifier.StringRequest{StateValue: test.state, PlanValue: test.plan}, &resp)
			}
			require.Equal(t, test.want, resp.PlanValue)
		})
	}
}

func TestContentTypeFromTerraform(t *testing.T) {
	t.Parallel()
	value, err := attribute.ContentTypeType{}.ValueFromTerraform(t.Context(), tftypes.NewValue(tftypes.String, spaced))
	require.NoError(t, err)
	require.True(t, contentType(spaced).Equal(value))
	_, err = attribute.ContentTypeType{}.ValueFromTerraform(t.Context(), tftypes.NewValue(tftypes.Number, 1))
	require.Error(t, err)
	require.True(t, attribute.ContentTypeType{}.Equal(contentType(spaced).Type(t.Context())))
	require.False(t, attribute.ContentTypeType{}.Equal(types.StringType))
}
