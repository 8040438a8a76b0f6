package managed

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// firstVersion is that of states of the first release. Those before it, which tell no version, have the same attributes.
const firstVersion = 1

// Upgrade brings the attributes of a state, as its file has them, from one version to the next.
type Upgrade func(attributes map[string]any)

// Renamed is the upgrade for an attribute that has another name from then on.
func Renamed(from, to string) Upgrade {
	return func(attributes map[string]any) {
		if value, has := attributes[from]; has {
			attributes[to] = value
			delete(attributes, from)
		}
	}
}

func (r *managed[M, C, P]) stateVersion() int64 { return firstVersion + int64(len(r.Upgrades)) }

// UpgradeState has an upgrader for each earlier version, as the framework wants it.
func (r *managed[M, C, P]) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	upgraders := map[int64]resource.StateUpgrader{}
	for version := range r.stateVersion() {
		left := r.Upgrades[max(0, version-firstVersion):]
		upgraders[version] = resource.StateUpgrader{StateUpgrader: func(ctx context.Context, req resource.UpgradeStateRequest, resp *resource.UpgradeStateResponse) {
			raw, err := upgraded(req.RawState, left, resp.State.Schema.Type().TerraformType(ctx))
			if err != nil {
				resp.Diagnostics.AddError("Unable to upgrade state", fmt.Sprintf("The state of this %s has the version %d and cannot be brought to version %d: %s. Nothing was "+
					"changed. Restore the state from a backup, or remove the resource from it and import it again.", r.Object, version, r.stateVersion(), err))
				return
			}
			resp.State.Raw = raw
		}}
	}
	return upgraders
}

// upgraded is a state after the upgrades that it has left. What no attribute is for any more is dropped, as the framework does it, and new
// attributes are null until the next refresh.
func upgraded(state *tfprotov6.RawState, left []Upgrade, into tftypes.Type) (tftypes.Value, error) {
	attributes := map[string]any{}
	decoder := json.NewDecoder(bytes.NewReader(state.JSON))
	decoder.UseNumber()
	if err := decoder.Decode(&attributes); err != nil {
		return tftypes.Value{}, err
	}
	for _, upgrade := range left {
		upgrade(attributes)
	}
	encoded, err := json.Marshal(attributes)
	if err != nil {
		return tftypes.Value{}, err
	}
	return (&tfprotov6.RawState{JSON: encoded}).UnmarshalWithOpts(into, tfprotov6.UnmarshalOpts{
		ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true},
	})
}
