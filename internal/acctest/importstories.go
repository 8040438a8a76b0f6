package acctest

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// isImportedByIdentity imports by an identity, which reads what an import by ID reads.
func (s Subject) isImportedByIdentity(t *testing.T) {
	terraform, i := s.World.Core(t), s.instance()
	require.Empty(t, terraform.Apply(t.Context(), i, s.arguments(t)))
	byID, byIdentity := s.instance(), s.instance()
	require.Empty(t, terraform.Import(t.Context(), byID, i.Text("id")))
	require.Empty(t, terraform.ImportByIdentity(t.Context(), byIdentity, map[string]any{"id": i.Text("id")}))
	require.Equal(t, i.Text("id"), byIdentity.Text("id"))
	require.Equal(t, i.Text("id"), byIdentity.IdentityID())
	require.True(t, byID.State.Equal(byIdentity.State))
}

// importRefuses wants an error for an ID that no object has, and for one of the wrong form.
func (s Subject) importRefuses(t *testing.T) {
	terraform := s.World.Core(t)
	requireFailure(t, terraform.Import(t.Context(), s.instance(), s.Missing), "Cannot import non-existent remote object")
	for _, malformed := range s.malformed() {
		requireFailure(t, terraform.Import(t.Context(), s.instance(), malformed), s.Message)
	}
	calls := 0
	for _, call := range s.World.Calls() {
		if strings.Contains(call.Path, s.Collection) {
			calls++
			asksForMissing := strings.HasSuffix(call.Path, "/"+url.PathEscape(s.Missing)) || reads == readsFromLists && strings.HasSuffix(call.Path, s.Collection)
			require.True(t, asksForMissing, "no service is to see the malformed ID: %s", call.Path)
		}
	}
	require.Positive(t, calls)
}

// malformed are IDs that an import refuses, by whichever way it gets them.
func (s Subject) malformed() []string {
	return []string{"", " ", "\n", s.Malformed, s.Missing + " ", "\t" + s.Missing, s.Missing + "\n"}
}

// importByIdentityRefuses wants errors that speak of the attributes of the identity, for all that an import by ID refuses and for other places.
// No service sees any of it.
func (s Subject) importByIdentityRefuses(t *testing.T) {
	terraform, i := s.World.Core(t), s.instance()
	require.Empty(t, terraform.Apply(t.Context(), i, s.arguments(t)))
	id := i.Text("id")
	s.World.ResetCalls()
	refuse := func(identity map[string]any, parts ...string) {
		t.Helper()
		found := terraform.ImportByIdentity(t.Context(), s.instance(), identity)
		require.Len(t, found, 1)
		requireFailure(t, found, parts...)
		require.NotContains(t, strings.ToLower(found[0].Detail), "import id")
		require.NotContains(t, found[0].Detail, "this state")
	}
	place := otherPlaces(i)[0].setting // a part of every identity
	refuse(map[string]any{place: i.IdentityText(place)}, "Missing ID", "The identity of the", "has no `id`", "it must be")
	for _, malformed := range s.malformed() {
		refuse(map[string]any{"id": malformed}, "Attribute identity.id "+s.Message)
	}
	refuse(map[string]any{"id": id + "@stage"}, id+"@stage") // the form of an import by ID alone
	for _, other := range otherPlaces(i) {
		if other.setting == "sandbox_name" {
			refuse(map[string]any{"id": id, other.setting: "Stage"}, `Attribute identity.sandbox_name must be the name of a sandbox, in lower case, got "Stage"`)
			refuse(map[string]any{"id": id, other.setting: ""}, "Attribute identity.sandbox_name must be the name of a sandbox")
			continue // the object may be there, and no other
		}
		refuse(map[string]any{"id": id, other.setting: other.is}, other.summary, "`"+other.setting+"` of the identity is", other.is, other.was, "Nothing was imported")
		refuse(map[string]any{"id": id, other.setting: ""}, "identity", other.setting)
	}
	require.Empty(t, s.World.Calls())
	found := terraform.ImportByIdentity(t.Context(), s.instance(), map[string]any{"id": s.Missing})
	requireFailure(t, found, "Cannot import non-existent remote object")
	if place == "sandbox_name" {
		found = terraform.ImportByIdentity(t.Context(), s.instance(), map[string]any{"id": id, place: "stage"})
		requireFailure(t, found, "Cannot import non-existent remote object")
		found = terraform.ImportByIdentity(t.Context(), s.instance(), map[string]any{"id": id, place: "dve"})
		requireFailure(t, found, "The sandbox dve is not found", "Check `sandbox_name`")
	}
}
