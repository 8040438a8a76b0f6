package managed

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// ours are the attributes that say nothing about the object itself. A changed sandbox is another object; one that is only noted is no change.
var ours = []string{"timeouts", attribute.SandboxName}

// keepComputed plans the computed values of the state where nothing of the object changes. The framework plans them as unknown even where
// only the timeouts change, or the spelling of a value, and everything that follows them would change with them: every dataflow, say,
// would follow a version of its mapping set that says the same.
func keepComputed(req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	state, planned, configured := membersOf(req.State.Raw), membersOf(req.Plan.Raw), membersOf(req.Config.Raw)
	for name, value := range planned {
		if !value.IsKnown() && configured[name].IsNull() {
			planned[name] = state[name]
		}
	}
	unchanged := maps.Clone(planned)
	for _, name := range ours {
		if _, has := state[name]; has {
			unchanged[name] = state[name]
		}
	}
	if kind := req.Plan.Raw.Type(); says(tftypes.NewValue(kind, unchanged)).Equal(says(req.State.Raw)) {
		resp.Plan.Raw = tftypes.NewValue(kind, planned)
	}
}

// says is a value without the difference between "" and no text, which no service makes.
func says(value tftypes.Value) tftypes.Value {
	said, _ := tftypes.Transform(value, func(_ *tftypes.AttributePath, part tftypes.Value) (tftypes.Value, error) {
		if part.Equal(tftypes.NewValue(tftypes.String, "")) {
			return tftypes.NewValue(tftypes.String, nil), nil
		}
		return part, nil
	}) // it fails where the function does
	return said
}

// membersOf are the attributes of an object that is not null, for the caller to change: those that As yields are the object's own.
func membersOf(object tftypes.Value) map[string]tftypes.Value {
	var members map[string]tftypes.Value
	_ = object.As(&members) // as the schema has it
	return maps.Clone(members)
}
