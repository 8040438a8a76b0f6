package attribute

import (
	"context"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
)

// DefaultContentType is the media type of version 1 of a schema in its full form, as in Adobe's guide to the source.
const DefaultContentType = "application/vnd.adobe.xed-full+json;version=1"

const wantsMediaType = "must be a media type with a version, such as " + DefaultContentType

var versionedMediaType = regexp.MustCompile(`^application/vnd\.adobe\.\S+; *version=[0-9.]+$`)

// SchemaVersion is the media type of a schema, which pins its version. field is the service's name of it, from says what tells it where the
// configuration does not, and change says what a change does.
func SchemaVersion(field, from, change string, modifiers ...planmodifier.String) schema.StringAttribute {
	keep := keepSpelling{"Spaces in the media type do not count.", xdm.SameMediaType}
	return Taken("Media type that pins the version of the schema (`"+field+"`), such as `"+DefaultContentType+"`. Default: "+from+". Spaces are ignored. "+change,
		stringvalidator.RegexMatches(versionedMediaType, wantsMediaType),
		append([]planmodifier.String{keep}, modifiers...)...)
}

// HeldSchemaVersion is [SchemaVersion], but keeps a version alone where the service holds one, such as "1.0".
func HeldSchemaVersion(field, from, change string) schema.StringAttribute {
	version := SchemaVersion(field, from, change, UnlessHeld(versionedMediaType, wantsMediaType))
	version.Validators = []validator.String{VersionedMediaTypeOrVersion()}
	return version
}

// VersionedMediaTypeOrVersion requires the media type of a schema, or a version alone.
func VersionedMediaTypeOrVersion() validator.String {
	return stringvalidator.RegexMatches(regexp.MustCompile(versionedMediaType.String()+`|^[0-9]+(\.[0-9]+)?$`), wantsMediaType+", or a version alone")
}

// ContentType is the media type of a schema in an answer. Services change the spaces in it ("…+json; version=1"). That is not drift,
// so the spelling in the state stays. Without a state, it is that of [DefaultContentType].
func ContentType(state types.String, answered string) types.String {
	if answered == "" || !state.IsNull() && xdm.SameMediaType(state.ValueString(), answered) {
		return state
	}
	return types.StringValue(xdm.CompactMediaType(answered))
}

// KeepJSONSpelling plans the value in the state if the configuration has the same JSON in another spelling.
func KeepJSONSpelling() planmodifier.String {
	const wants = "White space, the order of members and the spelling of numbers in the JSON do not count."
	return keepSpelling{wants, func(one, other string) bool { return jsonvalue.Equal([]byte(one), []byte(other)) }}
}

// keepSpelling plans the value in the state if the configuration only spells it differently.
type keepSpelling struct {
	Wants
	same func(one, other string) bool
}

func (k keepSpelling) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if isKnown(req.StateValue) && isKnown(req.PlanValue) && k.same(req.StateValue.ValueString(), req.PlanValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}

// keepSpec plans the reference in the state if the configuration only spells it differently. It stands before a modifier that replaces for another one.
type keepSpec struct{ Wants }

func (keepSpec) PlanModifyObject(ctx context.Context, req planmodifier.ObjectRequest, resp *planmodifier.ObjectResponse) {
	if req.StateValue.IsNull() || req.PlanValue.IsNull() || req.PlanValue.IsUnknown() {
		return
	}
	var state, plan SpecModel
	resp.Diagnostics.Append(req.StateValue.As(ctx, &state, basetypes.ObjectAsOptions{})...)
	resp.Diagnostics.Append(req.PlanValue.As(ctx, &plan, basetypes.ObjectAsOptions{})...)
	same := isKnown(plan.ID) && isKnown(plan.Version) && strings.EqualFold(state.ID.ValueString(), plan.ID.ValueString()) &&
		sameVersion(state.Version.ValueString(), plan.Version.ValueString())
	if same {
		resp.PlanValue = req.StateValue
	}
}

func isKnown(value types.String) bool { return !value.IsNull() && !value.IsUnknown() }
