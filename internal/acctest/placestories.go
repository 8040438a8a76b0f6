package acctest

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// CoreWith is a [World.Core] with another value of one setting.
func (w *World) CoreWith(t *testing.T, block, setting string, value any) *core.Core {
	t.Helper()
	settings := Settings(w.URL)
	changed := maps.Clone(settings[block].(map[string]any))
	changed[setting] = value
	settings[block] = changed
	return core.New(t, settings)
}

// otherPlace is a setting of the provider for a place that an object is not in.
type otherPlace struct{ block, setting, was, is, summary string }

func otherPlaces(i *core.Instance) []otherPlace {
	if i.Text("sandbox_name") == "" {
		return []otherPlace{{"customerio", "region", "us", "eu", "Object of another region"}}
	}
	return []otherPlace{
		{"adobe", "sandbox_name", simulator.DefaultSandbox, "stage", "Object of another sandbox"},
		{"adobe", "org_id", simulator.DefaultOrgID, "0123456789ABCDEF01234567@AdobeOrg", "Object of another organization"},
	}
}

// belongsToItsPlace plans, and plans a destroy, with the provider set to another place. That is an error which names both. Nothing is changed
// or forgotten.
func (s Subject) belongsToItsPlace(t *testing.T) {
	terraform, i, arguments := s.World.Core(t), s.instance(), s.arguments(t)
	require.Empty(t, terraform.Apply(t.Context(), i, arguments))
	s.World.ResetCalls()
	for _, place := range otherPlaces(i) {
		elsewhere := s.World.CoreWith(t, place.block, place.setting, place.is)
		for _, config := range []map[string]any{arguments, nil} {
			kept := *i
			_, found := elsewhere.Plan(t.Context(), &kept, config)
			requireFailure(t, found, place.summary, place.was, place.is, "Nothing was changed")
			require.True(t, kept.Exists())
		}
		require.NotEmpty(t, elsewhere.ApplyWithoutRefresh(t.Context(), i, nil).Err(), "a destroy without a refresh")
	}
	s.requireNoWrites(t)
	s.requireSettled(t, terraform, i, arguments)
}

// isBoundToItsPlace reads the state of an older version, which knew no places. From then on the object belongs to where it was found.
func (s Subject) isBoundToItsPlace(t *testing.T) {
	terraform, i, arguments := s.World.Core(t), s.instance(), s.arguments(t)
	require.Empty(t, terraform.Apply(t.Context(), i, arguments))
	places := otherPlaces(i)
	i.Object = i.Older()
	s.World.ResetCalls()
	require.Empty(t, terraform.ApplyWithoutRefresh(t.Context(), i, arguments), "a plan without a refresh is empty")
	require.Empty(t, s.World.Calls())
	require.Empty(t, terraform.Refresh(t.Context(), i))
	for _, place := range places {
		require.Equal(t, place.was, i.IdentityText(place.setting))
		kept := *i
		_, found := s.World.CoreWith(t, place.block, place.setting, place.is).Plan(t.Context(), &kept, arguments)
		requireFailure(t, found, place.summary)
	}
	s.requireSettled(t, terraform, i, arguments)
}

// namesTheMissingSandbox plans for a sandbox that does not exist, and creates in one that the provider is set to. The error names the attribute
// that names the sandbox.
func (s Subject) namesTheMissingSandbox(t *testing.T) {
	i, arguments := s.instance(), s.arguments(t)
	if strings.HasSuffix(i.Type, "_webhook") {
		return // is in none
	}
	byProvider := s.World.CoreWith(t, "adobe", "sandbox_name", "dve").Apply(t.Context(), i, arguments)
	requireFailure(t, byProvider, "The sandbox dve is not found", "Check `adobe.sandbox_name` (ADOBE_SANDBOX_NAME) and the role")
	require.Nil(t, byProvider[0].Attribute)

	own := maps.Clone(arguments)
	own["sandbox_name"] = "dve"
	for _, terraform := range []*core.Core{s.World.Core(t), s.World.CoreWith(t, "adobe", "sandbox_name", nil)} {
		_, found := terraform.Plan(t.Context(), i, own)
		require.Len(t, found, 1)
		requireFailure(t, found, "The sandbox dve is not found", "Check `sandbox_name` and the role")
		require.Equal(t, tftypes.NewAttributePath().WithAttributeName("sandbox_name"), found[0].Attribute)
	}
	s.requireNoWrites(t)
	require.False(t, i.Exists())
}

// requireNoWrites wants no call since the last ResetCalls that changes anything.
func (s Subject) requireNoWrites(t *testing.T) {
	t.Helper()
	for _, call := range s.World.Calls() {
		asks := strings.HasSuffix(call.Path, "/validate") || strings.Contains(call.Path, "/ims/token")
		require.True(t, asks || call.Method == http.MethodGet, "%s %s", call.Method, call.Path)
	}
}
