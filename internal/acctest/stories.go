package acctest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// Subject is a resource with one object in a service, for the stories that every such resource has to tell.
type Subject struct {
	World *World
	// Address and Config are the resource's, as Terraform takes them.
	Address, Config string
	// Kind is what the simulator calls the object, and Collection the path that it is made at.
	Kind, Collection string
}

// RequestBody is the body of the one call that was made with a method to the object or its collection.
func (s Subject) RequestBody(t *testing.T, method string) string {
	t.Helper()
	calls := s.World.callsTo(method, s.Collection)
	require.Len(t, calls, 1)
	return calls[0].RequestBody
}

// deleteElsewhere removes the objects behind Terraform's back.
func (s Subject) deleteElsewhere(t *testing.T) func() {
	return func() {
		ids := s.World.Alive(s.Kind)
		require.NotEmpty(t, ids)
		for _, id := range ids {
			require.NoError(t, s.World.Delete(s.Kind, id))
		}
	}
}

// ChangeElsewhere changes the objects behind Terraform's back.
func (s Subject) ChangeElsewhere(t *testing.T, change func(body map[string]any)) func() {
	return func() {
		ids := s.World.Alive(s.Kind)
		require.NotEmpty(t, ids)
		for _, id := range ids {
			require.NoError(t, s.World.Update(s.Kind, id, change))
		}
	}
}

// SurvivesDeletionElsewhere deletes the object twice behind Terraform's back: the next apply makes it again, and a destroy
// takes it for done.
func (s Subject) SurvivesDeletionElsewhere(t *testing.T) {
	t.Helper()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories,
		CheckDestroy:             s.World.NothingLeft,
		Steps: []resource.TestStep{
			{Config: s.Config},
			{
				PreConfig:        s.deleteElsewhere(t),
				Config:           s.Config,
				ConfigPlanChecks: Planned(s.Address, plancheck.ResourceActionCreate),
			},
			{PreConfig: s.deleteElsewhere(t), Config: s.Config, Destroy: true},
		},
	})
	require.Equal(t, 2, s.World.CallsTo(http.MethodPost, s.Collection))
}

// GoneBetweenPlanAndDestroy deletes the object after the destroy was planned.
func (s Subject) GoneBetweenPlanAndDestroy(t *testing.T) {
	t.Helper()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories,
		CheckDestroy:             s.World.NothingLeft,
		Steps: []resource.TestStep{
			{Config: s.Config},
			{
				Config: s.Config, Destroy: true,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(s.Address, plancheck.ResourceActionDestroy), During(s.deleteElsewhere(t)),
				}},
			},
		},
	})
	require.Equal(t, 1, s.World.CallsTo(http.MethodDelete, s.Collection))
}

// IsInStateOnceMade lets every call after the create fail: the object is in the state all the same, and is not made again.
func (s Subject) IsInStateOnceMade(t *testing.T) {
	t.Helper()
	s.World.AddFault(simulator.Fault{
		Method: http.MethodGet, Path: "*" + s.Collection + "/*", Do: simulator.FaultAnswer, Status: http.StatusForbidden, Body: `{"message":"not now"}`,
	})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories,
		CheckDestroy:             s.World.NothingLeft,
		Steps: []resource.TestStep{
			{Config: s.Config, ExpectError: Message("Unable to read", "403", "not now")},
			{
				PreConfig:        s.World.ClearFaults,
				Config:           s.Config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
				Check: func(*terraform.State) error {
					require.Len(t, s.World.Alive(s.Kind), 1)
					return nil
				},
			},
		},
	})
	require.Equal(t, 1, s.World.CallsTo(http.MethodPost, s.Collection))
}

// LosesTheAnswerToCreate cuts the connection after the service made the object, and in another run before it did. Either way the
// same apply ends with one object: the one that was made is found again, and one that was not is made.
func (s Subject) LosesTheAnswerToCreate(t *testing.T) {
	t.Helper()
	for kind, posts := range map[simulator.FaultKind]int{simulator.FaultResetAfter: 1, simulator.FaultTruncate: 1, simulator.FaultResetBefore: 2} {
		s.World.ResetCalls()
		s.World.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*" + s.Collection, Do: kind, Times: 1})
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: Factories,
			CheckDestroy:             s.World.NothingLeft,
			Steps: []resource.TestStep{
				{
					Config: s.Config,
					Check: func(state *terraform.State) error {
						require.Equal(t, []string{ID(state, s.Address)}, s.World.Alive(s.Kind), kind)
						return nil
					},
				},
				NothingPlanned(s.Config),
			},
		})
		require.Equal(t, posts, s.World.CallsTo(http.MethodPost, s.Collection), kind)
	}
}

// GivesUpDeleting answers deletes as done and does nothing. Config has a timeout for deletes: the destroy ends with it, and the object
// stays in the state.
func (s Subject) GivesUpDeleting(t *testing.T) {
	t.Helper()
	s.World.AddFault(simulator.Fault{Method: http.MethodDelete, Path: "*" + s.Collection + "/*", Do: simulator.FaultAnswer, Status: http.StatusNoContent})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories,
		CheckDestroy:             s.World.NothingLeft,
		Steps: []resource.TestStep{
			{Config: s.Config},
			{Config: s.Config, Destroy: true, ExpectError: Message("Unable to delete", "gave up waiting", "raise the `timeouts` of the resource")},
			{PreConfig: s.World.ClearFaults, Config: s.Config, ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			}},
		},
	})
}

// ImportRefuses wants an import of an id that does not exist, and of one of the wrong form, to be an error.
func (s Subject) ImportRefuses(t *testing.T, missing, malformed, message string) {
	t.Helper()
	step := func(id, message string) resource.TestStep {
		return resource.TestStep{
			Config: s.Config, ResourceName: s.Address, ImportState: true, ImportStateId: id, ExpectError: Message(message),
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories,
		Steps:                    []resource.TestStep{step(missing, "Cannot import non-existent remote object"), step(malformed, message)},
	})
	for _, call := range s.World.Calls() {
		if strings.Contains(call.Path, s.Collection) {
			require.True(t, strings.HasSuffix(call.Path, "/"+url.PathEscape(missing)), "the malformed id is for no service to see: %s", call.Path)
		}
	}
}

// Member is a text member of a JSON object.
func Member(t *testing.T, object, name string) string {
	t.Helper()
	var members map[string]any
	require.NoError(t, json.Unmarshal([]byte(object), &members))
	text, ok := members[name].(string)
	require.True(t, ok, "%s is no text in %s", name, object)
	return text
}
