package managed_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// upgrade brings a state of a version to the newest one.
func upgrade(t *testing.T, notes *notes, version int64, state string) (after map[string]string, resp resource.UpgradeStateResponse) {
	t.Helper()
	started := notes.start(t)
	var described resource.SchemaResponse
	started.Schema(t.Context(), resource.SchemaRequest{}, &described)
	upgraders := started.(resource.ResourceWithUpgradeState).UpgradeState(t.Context())
	require.Len(t, upgraders, int(described.Schema.Version), "one for each earlier version")
	resp.State = tfsdk.State{Schema: described.Schema}
	upgraders[version].StateUpgrader(t.Context(), resource.UpgradeStateRequest{RawState: &tfprotov6.RawState{JSON: []byte(state)}}, &resp)
	if resp.Diagnostics.HasError() {
		return nil, resp
	}
	var values map[string]tftypes.Value
	require.NoError(t, resp.State.Raw.As(&values))
	after = map[string]string{}
	for _, name := range []string{"id", "name", "body"} {
		var text *string
		require.NoError(t, values[name].As(&text))
		if text != nil {
			after[name] = *text
		}
	}
	return after, resp
}

// A state without a version has the attributes of the first one.
func TestStatesWithoutAVersion(t *testing.T) {
	t.Parallel()
	after, _ := upgrade(t, newNotes(), 0, `{"id":"4","name":"Shop","secret":null}`)
	require.Equal(t, map[string]string{"id": "4", "name": "Shop"}, after)
}

// Each version begins with the upgrades that it lacks. What has become of an attribute is not lost on the way.
func TestUpgrades(t *testing.T) {
	t.Parallel()
	renamed := newNotes()
	renamed.Upgrades = []managed.Upgrade{managed.Renamed("heading", "title"), managed.Renamed("title", "name")}
	want := map[string]string{"id": "4", "name": "Shop", "body": "a"}
	for version, state := range []string{
		`{"id":"4","heading":"Shop","body":"a"}`, `{"id":"4","heading":"Shop","body":"a"}`, `{"id":"4","title":"Shop","body":"a","gone":true}`,
	} {
		after, resp := upgrade(t, renamed, int64(version), state)
		require.Empty(t, resp.Diagnostics)
		require.Equal(t, want, after, version)
	}
}

func TestStatesThatCannotBeUpgraded(t *testing.T) {
	t.Parallel()
	_, resp := upgrade(t, newNotes(), 0, `{"name":["Shop"]}`)
	require.Len(t, resp.Diagnostics.Errors(), 1)
	require.Equal(t, "Unable to upgrade state", resp.Diagnostics[0].Summary())
	require.Contains(t, resp.Diagnostics[0].Detail(), "The state of this note has the version 0 and cannot be brought to version 1: ")
	_, resp = upgrade(t, newNotes(), 0, ``)
	require.True(t, resp.Diagnostics.HasError())
}
