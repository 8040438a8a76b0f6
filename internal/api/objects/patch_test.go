package objects_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

func TestPatchOperationAlwaysHoldsItsValue(t *testing.T) {
	t.Parallel()
	encoded, err := json.Marshal(objects.PatchOperation{Op: "add", Path: "/description", Value: ""})
	require.NoError(t, err)
	require.JSONEq(t, `{"op":"add","path":"/description","value":""}`, string(encoded))
}

func TestPatch(t *testing.T) {
	t.Parallel()
	var patch objects.Patch
	patch.ReplaceText("/name", &objects.Text{From: "old", To: "new"})
	patch.ReplaceText("/name", nil)
	patch.AddText("/description", &objects.Text{From: "old"})
	patch.AddText("/description", nil)
	patch.Add("/enabled", false)
	patch.Remove("/tags/a")
	encoded, err := json.Marshal(patch)
	require.NoError(t, err)
	require.JSONEq(t, `[
		{"op": "replace", "path": "/name", "value": "new"},
		{"op": "add", "path": "/description", "value": ""},
		{"op": "add", "path": "/enabled", "value": false},
		{"op": "remove", "path": "/tags/a"}
	]`, string(encoded))
}

func TestPointer(t *testing.T) {
	t.Parallel()
	for want, names := range map[string][]string{
		"/tags/a":          {"tags", "a"},
		"/tags/a~1b":       {"tags", "a/b"},
		"/tags/a~0b":       {"tags", "a~b"},
		"/tags/a~01b":      {"tags", "a~1b"},
		"/tags/~1~0/~0~01": {"tags", "/~", "~~1"},
	} {
		require.Equal(t, want, objects.Pointer(names...))
	}
}
