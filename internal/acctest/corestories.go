package acctest

import (
	"maps"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// The stories in this file need no real Terraform: what they are about is the provider's part. The calibration test of
// internal/faultmatrix plays such operations with both.

// instance is the subject in an empty state.
func (s Subject) instance() *core.Instance { return &core.Instance{Type: s.typeName()} }

// arguments are those of the configuration. What they created counts as existing before the test.
func (s Subject) arguments(t *testing.T) map[string]any {
	t.Helper()
	arguments := s.Arguments(t)
	s.World.Keep()
	s.World.ResetCalls()
	return arguments
}

// requireSettled wants the object to be the only one there is and its plan to be empty, and then destroys it.
func (s Subject) requireSettled(t *testing.T, terraform *core.Core, i *core.Instance, arguments map[string]any) {
	t.Helper()
	change, found := terraform.Plan(t.Context(), i, arguments)
	require.Empty(t, found)
	require.Equal(t, core.NoOp, change.Action, "%s would become %s", i.State, change.After)
	s.requireOnly(t, i.Text("id"))
	require.Equal(t, i.Text("id"), i.IdentityID())
	require.Empty(t, terraform.Apply(t.Context(), i, nil))
	require.NoError(t, s.World.NothingLeft(nil))
}

// requireFailure wants errors that match [Message].
func requireFailure(t *testing.T, found core.Diagnostics, parts ...string) {
	t.Helper()
	require.Error(t, found.Err())
	require.Regexp(t, Message(parts...), found.Err().Error())
}

// isDeletedElsewhere destroys a deleted object, which succeeds, whether the object was deleted before the plan or after.
func (s Subject) isDeletedElsewhere(t *testing.T) {
	terraform, i, arguments := s.World.Core(t), s.instance(), s.arguments(t)
	require.Empty(t, terraform.Apply(t.Context(), i, arguments))
	s.DeleteElsewhere(t)()
	require.Empty(t, terraform.Apply(t.Context(), i, nil))
	require.False(t, i.Exists())
	require.Zero(t, s.World.CallsTo(http.MethodDelete, s.Collection))

	require.Empty(t, terraform.Apply(t.Context(), i, arguments))
	destroy, found := terraform.Plan(t.Context(), i, nil)
	require.Empty(t, found)
	require.Equal(t, core.Delete, destroy.Action)
	s.DeleteElsewhere(t)()
	require.Empty(t, terraform.ApplyPlan(t.Context(), i, destroy))
	require.False(t, i.Exists())
	require.NotZero(t, s.World.CallsTo(http.MethodDelete, s.Collection))
	require.Equal(t, 2, s.creates())
}

// isInStateOnceCreated fails every call after the create. The object is in the state all the same, and is not created again.
func (s Subject) isInStateOnceCreated(t *testing.T) {
	terraform, i, arguments := s.World.Core(t), s.instance(), s.arguments(t)
	s.World.AddFault(simulator.Fault{
		Method: http.MethodGet, Path: "*" + s.Collection + "/*", Do: simulator.FaultAnswer, Status: http.StatusForbidden, Body: `{"message":"not now"}`,
	})
	require.NoError(t, terraform.Apply(t.Context(), i, arguments).Err())
	s.World.AddFault(simulator.Fault{
		Method: http.MethodGet, Path: "*" + s.Collection, Do: simulator.FaultAnswer, Status: http.StatusForbidden, Body: `{"message":"not now"}`,
	})
	requireFailure(t, terraform.Refresh(t.Context(), i), "Unable to read", "403", "not now")
	s.World.ClearFaults()
	s.requireSettled(t, terraform, i, arguments)
	require.Equal(t, 1, s.creates())
}

// losesTheAnswerToCreate cuts the connection after the service created the object, and in another run before. Either way the same
// apply ends with one object.
func (s Subject) losesTheAnswerToCreate(t *testing.T) {
	terraform, arguments := s.World.Core(t), s.arguments(t)
	for kind, posts := range map[simulator.FaultKind]int{simulator.FaultResetAfter: 1, simulator.FaultTruncate: 1, simulator.FaultResetBefore: 2} {
		s.World.ResetCalls()
		s.World.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*" + s.Collection, Do: kind, Times: 1})
		i := s.instance()
		require.Empty(t, terraform.Apply(t.Context(), i, arguments))
		require.Equal(t, posts, s.creates(), kind)
		s.requireSettled(t, terraform, i, arguments)
	}
}

// LosesTheAnswerToAnAwkwardName loses the answer to the create of an object whose name the service's filter would misread. The object is
// found without that filter, which is never asked for the name.
func (s Subject) LosesTheAnswerToAnAwkwardName(t *testing.T) {
	t.Helper()
	terraform, i, arguments := s.World.Core(t), s.instance(), maps.Clone(s.arguments(t))
	name := "name"
	if arguments["title"] != nil {
		name = "title"
	}
	arguments[name] = AwkwardName
	s.World.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*" + s.Collection, Do: simulator.FaultResetAfter, Times: 1})
	require.Empty(t, terraform.Apply(t.Context(), i, arguments))
	require.Equal(t, 1, s.creates())
	require.Equal(t, AwkwardName, i.Text(name))
	require.NotZero(t, s.World.CallsTo(http.MethodGet, s.Collection))
	for _, call := range s.World.Calls() {
		require.NotContains(t, call.Query, "Shop")
	}
	s.requireSettled(t, terraform, i, arguments)
}

// changesTimeoutsOnly changes what is for Terraform alone: nothing that follows the resource changes, and no service is called.
func (s Subject) changesTimeoutsOnly(t *testing.T) {
	terraform, i, arguments := s.World.Core(t), s.instance(), s.arguments(t)
	require.Empty(t, terraform.Apply(t.Context(), i, arguments))
	patient := maps.Clone(arguments)
	patient["timeouts"] = map[string]any{"delete": "1h"}
	for _, changed := range []map[string]any{patient, arguments} {
		before := i.State
		change, found := terraform.Plan(t.Context(), i, changed)
		require.Empty(t, found)
		require.Equal(t, core.Update, change.Action)
		require.True(t, change.After.IsFullyKnown(), "%s", change.After)
		s.World.ResetCalls()
		require.Empty(t, terraform.ApplyWithoutRefresh(t.Context(), i, changed))
		require.Empty(t, s.World.Calls())
		require.False(t, i.State.Equal(before))
	}
	s.requireSettled(t, terraform, i, arguments)
}

// outage cuts all connections to the collection after the list before a create, which the service carries out or not. It returns what the
// failed apply left.
func (s Subject) outage(t *testing.T, terraform *core.Core, create simulator.FaultKind, arguments map[string]any) *core.Instance {
	t.Helper()
	listsBefore := 1
	if s.Parts != nil {
		listsBefore = 0 // it refers to a part that did not exist before
	}
	s.World.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*" + s.Collection, Do: create})
	s.World.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*" + s.Collection, Do: simulator.FaultResetBefore, After: listsBefore})
	i := s.instance()
	requireFailure(t, terraform.Apply(t.Context(), i, arguments), "Unable to create", "It is not known whether the")
	require.True(t, i.Tainted)
	require.Contains(t, i.Text("id"), "pending:")
	require.Equal(t, i.Text("id"), i.IdentityID(), "Terraform 1.12 and later want an identity for all that is in the state")
	s.World.ClearFaults()
	return i
}

// isPendingAfterAnOutage creates an object that nobody can look for. It stays pending until the next refresh, which finds it. Terraform
// replaces what a failed create left.
func (s Subject) isPendingAfterAnOutage(t *testing.T) {
	terraform, arguments := s.World.CoreWithoutRetries(t), s.arguments(t)
	i := s.outage(t, terraform, simulator.FaultResetAfter, arguments)
	require.Len(t, s.World.Alive(s.Kind), 1)
	require.Empty(t, terraform.Refresh(t.Context(), i))
	require.NotContains(t, i.Text("id"), "pending:")
	change, found := terraform.Plan(t.Context(), i, arguments)
	require.Empty(t, found)
	require.Equal(t, core.Replace, change.Action)
	require.Empty(t, terraform.ApplyPlan(t.Context(), i, change))
	s.requireSettled(t, terraform, i, arguments)
}

// isGoneAfterAnOutageBefore creates nothing and cannot know it as long as the object may still appear. The next apply waits for that.
func (s Subject) isGoneAfterAnOutageBefore(t *testing.T) {
	terraform, arguments := s.World.CoreWithoutRetries(t), s.arguments(t)
	i := s.outage(t, terraform, simulator.FaultResetBefore, arguments)
	require.Empty(t, s.World.Alive(s.Kind))
	change, found := terraform.Plan(t.Context(), i, arguments)
	require.NoError(t, found.Err())
	require.Len(t, found, 1)
	require.Equal(t, "Outcome of a create not known yet", found[0].Summary)
	require.Equal(t, core.Replace, change.Action)
	require.Empty(t, terraform.ApplyPlan(t.Context(), i, change))
	s.requireSettled(t, terraform, i, arguments)
}

// givesUpDeleting answers deletes with success and deletes nothing. The destroy ends with its timeout, and the object stays in the state.
func (s Subject) givesUpDeleting(t *testing.T) {
	terraform, i, arguments := s.World.Core(t), s.instance(), s.arguments(t)
	impatient := maps.Clone(arguments)
	impatient["timeouts"] = map[string]any{"delete": "3s"}
	require.Empty(t, terraform.Apply(t.Context(), i, impatient))
	s.World.AddFault(simulator.Fault{
		Method: http.MethodDelete, Path: "*" + s.Collection + "/*", Do: simulator.FaultAnswer, Status: http.StatusNoContent,
	})
	requireFailure(t, terraform.Apply(t.Context(), i, nil), "Unable to delete", "gave up waiting", "raise the `timeouts` of the resource")
	require.True(t, i.Exists())

	s.World.ClearFaults()
	change, found := terraform.Plan(t.Context(), i, arguments)
	require.Empty(t, found)
	require.Equal(t, core.Update, change.Action, "of the timeout")
	require.Empty(t, terraform.ApplyPlan(t.Context(), i, change))
	s.requireSettled(t, terraform, i, arguments)
}
