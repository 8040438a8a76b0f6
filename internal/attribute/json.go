package attribute

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// KeepJSONSpelling plans the value of the state where the configuration holds the same JSON in another spelling. The
// framework compares the meaning on a read and after a write, but the spelling when it plans.
func KeepJSONSpelling() planmodifier.String { return keepJSONSpelling{} }

type keepJSONSpelling struct{}

const wantsSameJSON = "White space and the order of members in the JSON do not count."

func (keepJSONSpelling) Description(context.Context) string         { return wantsSameJSON }
func (keepJSONSpelling) MarkdownDescription(context.Context) string { return wantsSameJSON }

func (keepJSONSpelling) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if isKnown(req.StateValue) && isKnown(req.PlanValue) && sameJSON(ctx, req.StateValue, req.PlanValue) {
		resp.PlanValue = req.StateValue
	}
}

func isKnown(value types.String) bool { return !value.IsNull() && !value.IsUnknown() }

func sameJSON(ctx context.Context, one, other types.String) bool {
	same, diags := jsontypes.NewNormalizedValue(one.ValueString()).StringSemanticEquals(ctx, jsontypes.NewNormalizedValue(other.ValueString()))
	return same && !diags.HasError()
}
