package managed_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

var errRefused = errors.New("the service refused")

func TestCreate(t *testing.T) {
	t.Parallel()
	notes := newNotes()
	create := notes.Create
	notes.Create = func(ctx context.Context, call managed.Call[service], plan *note) error {
		requireConfigured(t, call, "Shop")
		return create(ctx, call, plan)
	}
	created := notes.create(t, planned())
	require.Empty(t, created.diags)
	created.requireSaved(t, noteID)
	require.Equal(t, "written by the service", created.note(t).Body.ValueString())
}

// requireConfigured wants a call to have the configuration, which alone holds write-only values.
func requireConfigured(t *testing.T, call managed.Call[service], name string) {
	t.Helper()
	var configured types.String
	require.Empty(t, call.Config.GetAttribute(t.Context(), path.Root("name"), &configured))
	require.Equal(t, name, configured.ValueString())
}

// What Terraform stores is a state with an identity, or neither: 1.12 and later refuse a state without one.
func TestStateAndIdentityAreSavedTogether(t *testing.T) {
	t.Parallel()
	t.Run("the state cannot be saved", func(t *testing.T) {
		t.Parallel()
		notes := newNotes()
		notes.Create = func(_ context.Context, _ managed.Call[service], plan *note) error {
			plan.Labels = unsaveable
			return plan.Assign(noteID, nil)
		}
		created := notes.create(t, planned())
		require.True(t, created.diags.HasError())
		created.requireNothing(t)
	})
	t.Run("the identity cannot be saved", func(t *testing.T) {
		t.Parallel()
		created := newNotes().createWith(t, planned(), broken(t))
		require.True(t, created.diags.HasError())
		created.requireNothing(t)
	})
	t.Run("what was read cannot be saved", func(t *testing.T) {
		t.Parallel()
		notes := newNotes()
		notes.Identity = func(m *note) types.String { return m.Name }
		notes.Read = func(_ context.Context, _ managed.Call[service], state *note) error {
			state.Name, state.Labels = types.StringValue("Store"), unsaveable
			return nil
		}
		read := notes.read(t, existing())
		require.True(t, read.diags.HasError())
		require.Equal(t, "Shop", read.note(t).Name.ValueString())
		require.Equal(t, "Shop", read.identityID(t).ValueString())
	})
}

// A create of several steps saves after each, and what the last save had stays when a later step fails.
func TestCreateOfSeveralSteps(t *testing.T) {
	t.Parallel()
	for reached := range 3 {
		notes := newNotes()
		notes.Create = func(_ context.Context, call managed.Call[service], plan *note) error {
			plan.Body = types.StringNull()
			for step := range reached {
				plan.Body = types.StringValue(fmt.Sprint("step ", step+1))
				plan.ID = types.StringValue(noteID)
				call.Save()
			}
			plan.Body = types.StringValue("never saved")
			return &managed.StepError{Verb: "label", Err: unknownOutcome()}
		}
		created := notes.create(t, planned())
		require.Equal(t, "Unable to label note", created.diags.Errors()[0].Summary())
		if reached == 0 {
			require.Contains(t, created.note(t).ID.ValueString(), "pending:")
			continue
		}
		created.requireSaved(t, noteID) // and not a pending one, although an outcome is unknown
		require.Equal(t, fmt.Sprint("step ", reached), created.note(t).Body.ValueString())
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	notes := newNotes()
	notes.Read = func(_ context.Context, _ managed.Call[service], state *note) error {
		require.Equal(t, noteID, state.ID.ValueString())
		state.Body = types.StringValue("as somebody left it")
		return nil
	}
	read := notes.read(t, existing())
	require.Empty(t, read.diags)
	read.requireSaved(t, noteID)
	require.Equal(t, "as somebody left it", read.note(t).Body.ValueString())
}

// Whatever fails, the state stays, and the identity is that of the state, which an older Terraform does not send.
func TestReadThatFails(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{"refused": errRefused, "a part is gone": &managed.PartError{Err: gone()}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			notes := newNotes()
			notes.Read = func(_ context.Context, _ managed.Call[service], state *note) error {
				state.Body = types.StringValue("half of it")
				return err
			}
			read := notes.read(t, existing())
			require.Equal(t, 1, read.diags.ErrorsCount())
			require.Equal(t, "Unable to read note", read.diags[0].Summary())
			require.Contains(t, read.diags[0].Detail(), `Note "`+noteID+`": `)
			read.requireSaved(t, noteID)
			require.Equal(t, "as it was", read.note(t).Body.ValueString())
		})
	}
}

func TestReadOfWhatIsGone(t *testing.T) {
	t.Parallel()
	notes := newNotes()
	notes.Read = failing(gone())
	read := notes.read(t, existing())
	require.False(t, read.diags.HasError())
	require.Equal(t, 1, read.diags.WarningsCount())
	require.Contains(t, read.diags[0].Detail(), "The state is of an older version of this provider")
	require.False(t, read.has())
}

// Before an apply that yields a credential, a plan leaves the state as it is.
func TestReadWithoutConfiguration(t *testing.T) {
	t.Parallel()
	notes := newNotes()
	notes.client = clients.Optional[service]{Unknown: []string{"adobe.client_secret"}}
	read := notes.read(t, existing())
	require.Equal(t, 1, read.diags.WarningsCount())
	require.False(t, read.diags.HasError())
	read.requireSaved(t, noteID)
	require.Empty(t, notes.calls)
}

func TestMissingSettings(t *testing.T) {
	t.Parallel()
	for name, operate := range map[string]func(*notes) result{
		"create": func(n *notes) result { return n.create(t, planned()) },
		"read":   func(n *notes) result { return n.read(t, existing()) },
		"update": func(n *notes) result { return n.update(t, existing(), existing()) },
		"delete": func(n *notes) result { return n.delete(t, existing()) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			notes := newNotes()
			notes.client = clients.Optional[service]{Missing: []string{"adobe.org_id"}}
			require.Contains(t, operate(notes).diags.Errors()[0].Detail(), "adobe.org_id")
			require.Empty(t, notes.calls)
		})
	}
}

func TestUpdate(t *testing.T) {
	t.Parallel()
	notes := newNotes()
	notes.Update = func(_ context.Context, call managed.Call[service], state, plan *note) error {
		requireConfigured(t, call, "Store")
		require.Equal(t, "Shop", state.Name.ValueString())
		require.Equal(t, "Store", plan.Name.ValueString())
		plan.Body = types.StringValue("written by the service")
		return nil
	}
	updated := notes.update(t, existing(), map[string]string{"id": noteID, "name": "Store", "body": unknownText})
	require.Empty(t, updated.diags)
	updated.requireSaved(t, noteID)
	require.Equal(t, "Store", updated.note(t).Name.ValueString())
	require.Equal(t, "written by the service", updated.note(t).Body.ValueString())
}

// A change of nothing but timeouts is for Terraform alone.
func TestUpdateOfTimeouts(t *testing.T) {
	t.Parallel()
	notes, plan := newNotes(), existing()
	plan["update"] = "10h"
	updated := notes.update(t, existing(), plan)
	require.Empty(t, updated.diags)
	require.Empty(t, notes.calls)
	updated.requireSaved(t, noteID)
	require.Contains(t, updated.note(t).Timeouts.String(), "10h")
}

// An update that fails saves what was reached, and no plan. The error has the name that the object had before.
func TestUpdateThatFails(t *testing.T) {
	t.Parallel()
	notes := newNotes()
	notes.Update = func(_ context.Context, _ managed.Call[service], state, plan *note) error {
		state.Name = plan.Name
		return errRefused
	}
	updated := notes.update(t, existing(), map[string]string{"id": noteID, "name": "Store", "body": "as planned"})
	updated.requireError(t, "Unable to update note", `Note "Shop": the service refused.`)
	updated.requireSaved(t, noteID)
	require.Equal(t, "Store", updated.note(t).Name.ValueString())
	require.Equal(t, "as it was", updated.note(t).Body.ValueString())
}

func TestDelete(t *testing.T) {
	t.Parallel()
	notes := newNotes()
	notes.Delete = func(_ context.Context, call managed.Call[service], state *note) error {
		require.False(t, call.WasPending)
		require.Equal(t, noteID, state.ID.ValueString())
		return nil
	}
	require.Empty(t, notes.delete(t, existing()).diags)
	require.Equal(t, calls{"delete"}, notes.calls)

	notes.Delete = failing(errRefused)
	notes.delete(t, existing()).requireError(t, "Unable to delete note", `Note "Shop": the service refused.`)
}

// The step that failed stands in place of the operation, however deep it is wrapped.
func TestErrorsNameTheStep(t *testing.T) {
	t.Parallel()
	step := fmt.Errorf("%w", &managed.StepError{Verb: "publish", Err: errRefused})
	created, deleted := newNotes(), newNotes()
	created.Create, deleted.Delete = failing(step), failing(step)
	const summary, detail = "Unable to publish note", `Note "Shop": the service refused.`
	created.create(t, planned()).requireError(t, summary, detail)
	deleted.delete(t, existing()).requireError(t, summary, detail)
}

func TestErrorsThatAreReady(t *testing.T) {
	t.Parallel()
	ready := diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("body"), "Body too long", "Write less.")}
	notes := newNotes()
	notes.Create = func(_ context.Context, call managed.Call[service], _ *note) error {
		call.Diagnostics.AddWarning("Long body", "Notes are short.")
		return fmt.Errorf("checking: %w", managed.Check(ready))
	}
	created := notes.create(t, planned())
	require.Equal(t, ready, created.diags.Errors())
	require.Equal(t, 1, created.diags.WarningsCount())
	created.requireNothing(t)
	require.NoError(t, managed.Check(diag.Diagnostics{diag.NewWarningDiagnostic("Long body", "")}))
}

// A service may quote in its errors a secret that only the state has.
func TestSecretsInTheStateAreLearned(t *testing.T) {
	t.Parallel()
	state := existing()
	state["secret"] = "canary-of-a-note"
	for name, operate := range map[string]func(*notes){
		"read":   func(n *notes) { n.read(t, state) },
		"update": func(n *notes) { n.update(t, state, existing()) },
		"delete": func(n *notes) { n.delete(t, state) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			notes := newNotes()
			notes.Secrets = func(m *note) any { return []any{m.Secret.ValueString()} }
			operate(notes)
			require.Equal(t, "quoted: ***", notes.set.Secrets.String("quoted: canary-of-a-note"))
		})
	}
}

func TestTimeoutsLimitOperations(t *testing.T) {
	t.Parallel()
	operations := map[string]func(*notes, map[string]string){
		"create": func(n *notes, texts map[string]string) { n.create(t, texts) },
		"update": func(n *notes, texts map[string]string) {
			texts["name"] = "Store"
			n.update(t, existing(), texts)
		},
		"delete": func(n *notes, texts map[string]string) { n.delete(t, texts) },
	}
	defaults := map[string]time.Duration{"create": time.Hour, "update": 2 * time.Hour, "delete": 3 * time.Hour}
	for name, operate := range operations {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var ends time.Time
			notes := newNotes()
			limited := func(ctx context.Context, _ managed.Call[service], _ *note) error {
				ends, _ = ctx.Deadline()
				return nil
			}
			notes.Create, notes.Delete = limited, limited
			notes.Update = func(ctx context.Context, call managed.Call[service], state, _ *note) error {
				return limited(ctx, call, state)
			}

			operate(notes, existing())
			require.WithinDuration(t, time.Now().Add(defaults[name]), ends, 20*time.Minute)

			configured := existing()
			configured[name] = "10h"
			operate(notes, configured)
			require.WithinDuration(t, time.Now().Add(10*time.Hour), ends, 20*time.Minute)

			notes.Waits = managed.Waits{}
			operate(notes, configured)
			require.Zero(t, ends, "an operation that does not wait has no end of its own")
		})
	}
}

func TestTimeoutThatIsNoDuration(t *testing.T) {
	t.Parallel()
	plan := planned()
	plan["create"] = "soon"
	notes := newNotes()
	require.True(t, notes.create(t, plan).diags.HasError())
	require.Empty(t, notes.calls)
}
