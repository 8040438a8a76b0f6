package managed_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

// An object may be known by something else before it has an ID.
func TestIdentityOfItsOwn(t *testing.T) {
	t.Parallel()
	notes := newNotes()
	notes.Identity = func(m *note) types.String { return m.Name }
	created := notes.create(t, planned())
	require.Equal(t, noteID, created.note(t).ID.ValueString())
	require.Equal(t, "Shop", created.identityID(t).ValueString())

	notes.Read = failing(errRefused)
	notes.read(t, existing()).requireError(t, "Unable to read note", `Note "Shop": the service refused.`)
}

func TestImport(t *testing.T) {
	t.Parallel()
	t.Run("by ID", func(t *testing.T) {
		t.Parallel()
		imported := newNotes().imports(t, noteID, identity(t, ""))
		require.Empty(t, imported.diags)
		require.Equal(t, noteID, imported.note(t).ID.ValueString())
	})
	t.Run("by identity", func(t *testing.T) {
		t.Parallel()
		imported := newNotes().imports(t, "", identity(t, noteID))
		require.Empty(t, imported.diags)
		imported.requireSaved(t, noteID)
	})
	for name, imported := range map[string]result{
		"by an ID of another form":         newNotes().imports(t, "Shop", identity(t, "")),
		"by an empty ID":                   newNotes().imports(t, "", identity(t, "")),
		"by an identity of another form":   newNotes().imports(t, "", identity(t, "../"+noteID)),
		"by the identity of a pending one": newNotes().imports(t, "", identity(t, "pending:2026-11-23T21:17:53Z..2026-11-23T21:18:31Z")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, 1, imported.diags.ErrorsCount())
			require.Contains(t, imported.diags[0].Detail(), "must be a UUID")
			require.False(t, imported.has())
		})
	}
	// The read after it could only return the ID, and Terraform would replace what it has just imported.
	t.Run("while the provider's configuration is not known", func(t *testing.T) {
		t.Parallel()
		notes := newNotes()
		notes.client = clients.Optional[service]{Unknown: []string{"adobe.sandbox_name"}}
		imported := notes.imports(t, noteID, identity(t, ""))
		require.Equal(t, "Provider configuration not known yet", imported.diags[0].Summary())
		require.False(t, imported.has())
	})
}
