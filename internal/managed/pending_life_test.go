package managed_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

const pending = "pending:2026-11-23T21:17:53Z..2026-11-23T21:18:31Z"

// outage is the window of [pending].
func outage() objects.Window {
	since := time.Date(2026, 11, 23, 21, 17, 53, 0, time.UTC)
	return objects.Window{Since: since, Until: since.Add(38 * time.Second)}
}

func unknownOutcome() error { return &objects.UnknownError{Window: outage(), Cause: errRefused} }

func pendingNote() map[string]string {
	return map[string]string{"id": pending, "name": "Shop"}
}

// looks is a search for what an earlier create left.
func looks(id string, err error) func(context.Context, managed.Call[service], *note, objects.Window) error {
	return func(_ context.Context, _ managed.Call[service], state *note, _ objects.Window) error {
		return state.Assign(id, err)
	}
}

// A create with an unknown outcome leaves what was planned, under the window in which the object was created, if it was.
func TestUnknownOutcomeIsPending(t *testing.T) {
	t.Parallel()
	notes := newNotes()
	notes.Create = func(_ context.Context, _ managed.Call[service], plan *note) error {
		return plan.Assign("", unknownOutcome())
	}
	created := notes.create(t, planned())
	require.Equal(t, 1, created.diags.ErrorsCount())
	require.Equal(t, "Unable to create note", created.diags[0].Summary())
	created.requireSaved(t, pending)
	require.Equal(t, "Shop", created.note(t).Name.ValueString())
	require.True(t, created.state.Raw.IsFullyKnown(), "Terraform stores no unknown values")
	require.True(t, created.note(t).Body.IsNull())
}

func TestOtherErrorsLeaveNothing(t *testing.T) {
	t.Parallel()
	notes := newNotes()
	notes.Create = failing(errRefused)
	created := notes.create(t, planned())
	created.requireError(t, "Unable to create note", `Note "Shop": the service refused.`)
	created.requireNothing(t)
}

// What a search finds stays pending until the delete: a resource that Terraform holds tainted is replaced anyway.
func TestReadOfPending(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		found  string
		failed error
		stays  bool
	}{
		"found":         {found: noteID, stays: true},
		"never created": {},
		"search failed": {failed: errRefused, stays: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			notes := newNotes()
			notes.FindCreated = looks(test.found, test.failed)
			read := notes.read(t, pendingNote())
			require.Equal(t, calls{"find"}, notes.calls)
			require.Equal(t, test.stays, read.has())
			if test.stays {
				read.requireSaved(t, pending)
			}
			if test.failed != nil {
				read.requireError(t, "Unable to read note", `Note "Shop": the service refused.`)
			} else {
				require.Empty(t, read.diags)
			}
		})
	}
}

func TestSearchGetsTheWindow(t *testing.T) {
	t.Parallel()
	notes := newNotes()
	notes.FindCreated = func(_ context.Context, _ managed.Call[service], state *note, window objects.Window) error {
		require.Equal(t, outage(), window)
		require.True(t, state.ID.IsNull(), "the object has no ID so far")
		return nil
	}
	notes.read(t, pendingNote())
	notes.delete(t, pendingNote())
	require.Equal(t, calls{"find", "find"}, notes.calls)
}

func TestDeleteOfPending(t *testing.T) {
	t.Parallel()
	t.Run("found", func(t *testing.T) {
		t.Parallel()
		notes := newNotes()
		notes.Delete = func(_ context.Context, call managed.Call[service], state *note) error {
			require.True(t, call.WasPending)
			require.Equal(t, noteID, state.ID.ValueString())
			return nil
		}
		require.Empty(t, notes.delete(t, pendingNote()).diags)
		require.Equal(t, calls{"find", "delete"}, notes.calls)
	})
	t.Run("never created", func(t *testing.T) {
		t.Parallel()
		notes := newNotes()
		notes.FindCreated = looks("", nil)
		require.Empty(t, notes.delete(t, pendingNote()).diags)
		require.Equal(t, calls{"find"}, notes.calls)
	})
	t.Run("search failed", func(t *testing.T) {
		t.Parallel()
		notes := newNotes()
		notes.FindCreated = looks("", errRefused)
		notes.delete(t, pendingNote()).requireError(t, "Unable to delete note", `Note "Shop": the service refused.`)
		require.Equal(t, calls{"find"}, notes.calls)
	})
}
