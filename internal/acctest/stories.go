package acctest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// Subject is a resource with one object in a service. It declares what [TellStories] needs to know of it.
type Subject struct {
	World *World
	// Address is the resource's, such as "customerio_dataflow.this", and Config its configuration.
	Address, Config string
	// Impatient is Config with a timeout of one second for deletes.
	Impatient string
	// Kind is what the simulator calls the object, and Collection the path that it is created at.
	Kind, Collection string
	// Parts are the kinds of further objects that are created and deleted with it.
	Parts []string
	// Change changes the object's body as somebody else would, in a way that the next apply repairs in place.
	Change func(body map[string]any)
	// Settings are the attributes that no service holds, so that an import cannot read them.
	Settings []string
	// Missing is an ID that no object has, and Malformed one that none can have, with the Message for it.
	Missing, Malformed, Message string
}

// TellStories tells the stories that all resources share, each with a world of its own.
func TellStories(t *testing.T, subject func(*World) Subject) {
	t.Helper()
	t.Parallel()
	for name, tell := range map[string]func(Subject, *testing.T){
		"a whole life":                      Subject.livesAndIsDeletedElsewhere,
		"every call after the create fails": Subject.isInStateOnceCreated,
		"the answer to the create is lost":  Subject.losesTheAnswerToCreate,
		"an outage during the create":       Subject.isPendingAfterAnOutage,
		"an outage before the create":       Subject.isGoneAfterAnOutageBefore,
		"a delete without effect":           Subject.givesUpDeleting,
		"an import of what does not exist":  Subject.importRefuses,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tell(subject(New(t, simulator.Options{})), t)
		})
	}
}

// RequestBody is the body of the only call with a method to the object or its collection.
func (s Subject) RequestBody(t *testing.T, method string) string {
	t.Helper()
	calls := s.World.callsTo(method, s.Collection)
	require.Len(t, calls, 1)
	return calls[0].RequestBody
}

// creates counts the calls that create an object.
func (s Subject) creates() int {
	return len(slices.DeleteFunc(s.World.callsTo(http.MethodPost, s.Collection), func(call simulator.Call) bool {
		return !strings.HasSuffix(call.Path, s.Collection)
	}))
}

// typeName is the resource's, as "customerio_dataflow".
func (s Subject) typeName() string {
	name, _, _ := strings.Cut(s.Address, ".")
	return name
}

// DeleteElsewhere deletes the objects behind Terraform's back.
func (s Subject) DeleteElsewhere(t *testing.T) func() {
	return func() {
		for _, kind := range append([]string{s.Kind}, s.Parts...) {
			ids := s.World.Alive(kind)
			require.NotEmpty(t, ids)
			for _, id := range ids {
				require.NoError(t, s.World.Delete(kind, id))
			}
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

// isOnlyOne wants the object in the state to be the only one there is.
func (s Subject) isOnlyOne(t *testing.T) resource.TestCheckFunc {
	return func(state *terraform.State) error {
		require.Equal(t, []string{ID(state, s.Address)}, s.World.Alive(s.Kind))
		for _, kind := range s.Parts {
			require.Len(t, s.World.Alive(kind), 1, kind)
		}
		return nil
	}
}

// livesAndIsDeletedElsewhere creates the object and reads it back, also in the three ways of importing it. The next apply repairs what
// somebody else changed, and creates again what somebody else deleted. A destroy of a deleted object succeeds, whether the object was
// deleted before its plan or after. The plan after each apply is empty.
func (s Subject) livesAndIsDeletedElsewhere(t *testing.T) {
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories,
		CheckDestroy:             s.World.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:           s.Config,
				ConfigPlanChecks: Planned(s.Address, plancheck.ResourceActionCreate),
				Check:            resource.ComposeTestCheckFunc(s.isOnlyOne(t), s.isImportedByIdentity(t)),
			},
			{ResourceName: s.Address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: s.Settings},
			{
				ResourceName: s.Address, ImportState: true, ImportStateKind: resource.ImportBlockWithID, ExpectNonEmptyPlan: s.Settings != nil,
				ImportPlanChecks: resource.ImportPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(s.Address, s.actionOfAnImport()),
				}},
			},
			{
				PreConfig: s.ChangeElsewhere(t, s.Change), Config: s.Config,
				ConfigPlanChecks: Planned(s.Address, plancheck.ResourceActionUpdate), Check: s.isOnlyOne(t),
			},
			{
				PreConfig: s.DeleteElsewhere(t), Config: s.Config,
				ConfigPlanChecks: Planned(s.Address, plancheck.ResourceActionCreate), Check: s.isOnlyOne(t),
			},
			{PreConfig: s.DeleteElsewhere(t), Config: s.Config, Destroy: true},
			{
				PreConfig: func() { require.Zero(t, s.World.CallsTo(http.MethodDelete, s.Collection)) },
				Config:    s.Config, ConfigPlanChecks: Planned(s.Address, plancheck.ResourceActionCreate),
			},
			{
				Config: s.Config, Destroy: true,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(s.Address, plancheck.ResourceActionDestroy), During(s.DeleteElsewhere(t)),
				}},
			},
		},
	})
	require.Equal(t, 3, s.creates())
	require.Equal(t, 1, s.World.CallsTo(http.MethodDelete, s.Collection))
}

// actionOfAnImport is an update where the import leaves settings to be set.
func (s Subject) actionOfAnImport() plancheck.ResourceActionType {
	if s.Settings != nil {
		return plancheck.ResourceActionUpdate
	}
	return plancheck.ResourceActionNoop
}

// isImportedByIdentity wants an import by identity to read what an import by ID reads.
func (s Subject) isImportedByIdentity(t *testing.T) resource.TestCheckFunc {
	return func(state *terraform.State) error {
		id, protocol := ID(state, s.Address), NewProtocol(t, s.World, s.typeName())
		byIdentity := protocol.Import("", id)
		require.Equal(t, id, TextIn(t, byIdentity, "id"))
		require.True(t, byIdentity.Equal(protocol.Import(id, "")))
		return nil
	}
}

// isInStateOnceCreated fails every call after the create. The object is in the state all the same, and is not created again.
func (s Subject) isInStateOnceCreated(t *testing.T) {
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
				Check:            s.isOnlyOne(t),
			},
		},
	})
	require.Equal(t, 1, s.creates())
}

// losesTheAnswerToCreate cuts the connection after the service created the object, and in another run before. Either way the same
// apply ends with one object.
func (s Subject) losesTheAnswerToCreate(t *testing.T) {
	for kind, posts := range map[simulator.FaultKind]int{simulator.FaultResetAfter: 1, simulator.FaultTruncate: 1, simulator.FaultResetBefore: 2} {
		s.World.ResetCalls()
		s.World.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*" + s.Collection, Do: kind, Times: 1})
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: Factories,
			CheckDestroy:             s.World.NothingLeft,
			Steps: []resource.TestStep{{
				Config: s.Config, Check: s.isOnlyOne(t),
				ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			}},
		})
		require.Equal(t, posts, s.creates(), kind)
	}
}

// outage cuts all connections to the collection from the create on. The service carries out the create or not.
func (s Subject) outage(create simulator.FaultKind) {
	s.World.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*" + s.Collection, Do: create})
	s.World.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*" + s.Collection, Do: simulator.FaultResetBefore})
}

// unknown is the error of an apply that could not find out whether it created the object.
const unknown = "It is not known whether the"

// isPendingAfterAnOutage creates an object that nobody can look for. The next apply finds it, deletes it and creates it again, since
// Terraform replaces what a failed create left.
func (s Subject) isPendingAfterAnOutage(t *testing.T) {
	s.outage(simulator.FaultResetAfter)
	config := strings.Replace(s.Config, s.World.ProviderConfig(""), s.World.ProviderConfig("max_retries = 0"), 1)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories,
		CheckDestroy:             s.World.NothingLeft,
		Steps: []resource.TestStep{
			{Config: config, ExpectError: Message("Unable to create", unknown)},
			{
				PreConfig: func() {
					require.Len(t, s.World.Alive(s.Kind), 1)
					s.World.ClearFaults()
				},
				Config: config, ConfigPlanChecks: Planned(s.Address, plancheck.ResourceActionReplace), Check: s.isOnlyOne(t),
			},
		},
	})
}

// isGoneAfterAnOutageBefore creates nothing and cannot know it. The next plan finds out.
func (s Subject) isGoneAfterAnOutageBefore(t *testing.T) {
	s.outage(simulator.FaultResetBefore)
	config := strings.Replace(s.Config, s.World.ProviderConfig(""), s.World.ProviderConfig("max_retries = 0"), 1)
	action := plancheck.ResourceActionCreate
	if s.Parts != nil {
		action = plancheck.ResourceActionReplace // of what was created before it
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories,
		CheckDestroy:             s.World.NothingLeft,
		Steps: []resource.TestStep{
			{Config: config, ExpectError: Message("Unable to create", unknown)},
			{
				PreConfig: func() {
					require.Empty(t, s.World.Alive(s.Kind))
					s.World.ClearFaults()
				},
				Config: config, ConfigPlanChecks: Planned(s.Address, action), Check: s.isOnlyOne(t),
			},
		},
	})
}

// givesUpDeleting answers deletes with success and deletes nothing. The destroy ends with its timeout, and the object stays in the state.
func (s Subject) givesUpDeleting(t *testing.T) {
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories,
		CheckDestroy:             s.World.NothingLeft,
		Steps: []resource.TestStep{
			{Config: s.Impatient},
			{
				PreConfig: func() {
					s.World.AddFault(simulator.Fault{
						Method: http.MethodDelete, Path: "*" + s.Collection + "/*", Do: simulator.FaultAnswer, Status: http.StatusNoContent,
					})
				},
				Config: s.Impatient, Destroy: true, ExpectError: Message("Unable to delete", "gave up waiting", "raise the `timeouts` of the resource"),
			},
			{
				PreConfig: s.World.ClearFaults, Config: s.Config, Check: s.isOnlyOne(t),
				ConfigPlanChecks: Planned(s.Address, plancheck.ResourceActionUpdate), // of the timeout
			},
		},
	})
}

// importRefuses wants an error for an ID that no object has, and for one of the wrong form.
func (s Subject) importRefuses(t *testing.T) {
	step := func(id, message string) resource.TestStep {
		return resource.TestStep{
			Config: s.Config, ResourceName: s.Address, ImportState: true, ImportStateId: id, ExpectError: Message(message),
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories,
		Steps:                    []resource.TestStep{step(s.Missing, "Cannot import non-existent remote object"), step(s.Malformed, s.Message)},
	})
	calls := 0
	for _, call := range s.World.Calls() {
		if strings.Contains(call.Path, s.Collection) {
			calls++
			require.True(t, strings.HasSuffix(call.Path, "/"+url.PathEscape(s.Missing)), "no service is to see the malformed ID: %s", call.Path)
		}
	}
	require.Positive(t, calls)
}

// Member is a text member of a JSON object.
func Member(t *testing.T, object, name string) string {
	t.Helper()
	var members map[string]any
	require.NoError(t, json.Unmarshal([]byte(object), &members))
	text, ok := members[name].(string)
	require.True(t, ok, "%s is not a text in %s", name, object)
	return text
}
