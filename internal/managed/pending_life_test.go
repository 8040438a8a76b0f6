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

// openPending is a pending note whose object may still appear.
func openPending(left time.Duration) map[string]string {
	until := time.Now().Add(left).UTC().Format(time.RFC3339)
	return map[string]string{"id": "pending:2026-11-23T21:17:53Z.." + until + ",not:" + otherID, "name": "Shop"}
}

// What a search finds gets its ID at once, and is read. What it does not find stays pending as long as it may still appear.
func TestReadOfPending(t *testing.T) {
	t.Parallel()
	soon := openPending(time.Hour)
	for name, test := range map[string]struct {
		before        map[string]string
		found         string
		failed        error
		id            string
		errs, warning string
		calls         calls
	}{
		"found":                      {before: soon, found: noteID, id: noteID, calls: calls{"find", "read"}},
		"found after the window":     {before: pendingNote(), found: noteID, id: noteID, calls: calls{"find", "read"}},
		"not found yet":              {before: soon, id: soon["id"], warning: "may still appear until ", calls: calls{"find"}},
		"never created":              {before: pendingNote(), calls: calls{"find"}},
		"search failed":              {before: soon, failed: errRefused, id: soon["id"], errs: "the service refused", calls: calls{"find"}},
		"search failed after window": {before: pendingNote(), failed: errRefused, id: pending, errs: "the service refused", calls: calls{"find"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			notes := newNotes()
			notes.FindCreated = looks(test.found, test.failed)
			read := notes.read(t, test.before)
			require.Equal(t, test.calls, notes.calls)
			require.Equal(t, test.id != "", read.has())
			if test.id != "" {
				read.requireSaved(t, test.id)
			}
			require.Equal(t, test.errs != "", read.diags.HasError())
			require.Equal(t, test.warning != "", read.diags.WarningsCount() > 0)
			for _, one := range read.diags {
				require.Contains(t, one.Detail(), test.errs+test.warning)
			}
		})
	}
}

// After an untaint, Terraform would update what may not exist.
func TestUpdateOfPendingIsRefused(t *testing.T) {
	t.Parallel()
	notes := newNotes()
	updated := notes.update(t, openPending(time.Hour), existing())
	require.Equal(t, "Outcome of a create not known yet", updated.diags.Errors()[0].Summary())
	require.Contains(t, updated.diags.Errors()[0].Detail(), "terraform taint")
	require.Empty(t, notes.calls)
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
	t.Run("appears while it is waited for", func(t *testing.T) {
		t.Parallel()
		notes, looked := newNotes(), 0
		notes.FindCreated = func(_ context.Context, _ managed.Call[service], state *note, window objects.Window) error {
			require.Equal(t, []string{otherID}, window.Others)
			if looked++; looked < 3 {
				return nil
			}
			return state.Assign(noteID, nil)
		}
		require.Empty(t, notes.delete(t, openPending(time.Hour)).diags)
		require.Equal(t, calls{"find", "find", "find", "delete"}, notes.calls)
	})
	t.Run("never appears", func(t *testing.T) {
		t.Parallel()
		notes := newNotes()
		notes.FindCreated = looks("", nil)
		require.Empty(t, notes.delete(t, openPending(time.Second)).diags)
		require.Greater(t, len(notes.calls), 1)
		require.NotContains(t, notes.calls, "delete")
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
