package attribute_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

const spaced = "application/vnd.adobe.xed-full+json; version=1"

// Services answer with or without a space in the media type. That is not drift.
func TestSpacesInContentTypesDoNotCount(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		state          types.String
		answered, want string
	}{
		"other spelling": {types.StringValue(spaced), attribute.DefaultContentType, spaced},
		"same spelling":  {types.StringValue(spaced), spaced, spaced},
		"other version":  {types.StringValue(spaced), "application/vnd.adobe.xed-full+json; version=2", "application/vnd.adobe.xed-full+json;version=2"},
		"no state":       {types.StringNull(), spaced, attribute.DefaultContentType},
	} {
		require.Equal(t, test.want, attribute.ContentType(test.state, test.answered).ValueString(), name)
	}
}

func TestContentTypeAttribute(t *testing.T) {
	t.Parallel()
	declared := attribute.SchemaVersion("schema.version", "that of the schema", "Updated in place.")
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
			for _, modifier := range attribute.SchemaVersion("schema.version", "that of the schema", "Updated in place.").PlanModifiers {
				modifier.PlanModifyString(t.Context(), planmodifier.StringRequest{StateValue: test.state, PlanValue: test.plan}, &resp)
			}
			require.Equal(t, test.want, resp.PlanValue)
		})
	}
}
