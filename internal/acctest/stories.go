package acctest

import (
	"encoding/json"
	"net/http"
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
	// Arguments are those of Config for stories that a [core.Core] plays. They may create objects that the resource needs.
	Arguments func(*testing.T) map[string]any
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
	t.Run("a whole life", func(t *testing.T) {
		t.Parallel()
		subject(New(t, simulator.Options{})).lives(t)
	})
	for name, tell := range map[string]func(Subject, *testing.T){
		"the object is deleted elsewhere":   Subject.isDeletedElsewhere,
		"every call after the create fails": Subject.isInStateOnceCreated,
		"the answer to the create is lost":  Subject.losesTheAnswerToCreate,
		"the answer to an awkward name":     Subject.LosesTheAnswerToAnAwkwardName,
		"a change of nothing but timeouts":  Subject.changesTimeoutsOnly,
		"an outage during the create":       Subject.isPendingAfterAnOutage,
		"an outage before the create":       Subject.isGoneAfterAnOutageBefore,
		"a delete without effect":           Subject.givesUpDeleting,
		"an import by identity":             Subject.isImportedByIdentity,
		"an import of what does not exist":  Subject.importRefuses,
		"an identity that is wrong":         Subject.importByIdentityRefuses,
		"another place":                     Subject.belongsToItsPlace,
		"an older state":                    Subject.isBoundToItsPlace,
		"a sandbox that does not exist":     Subject.namesTheMissingSandbox,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tell(subject(New(t, simulator.Options{Provisioning: -1})), t) // a core is faster than a service that takes its time
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
		s.requireOnly(t, ID(state, s.Address))
		return nil
	}
}

// requireOnly wants the object with an ID to be the only one there is.
func (s Subject) requireOnly(t *testing.T, id string) {
	t.Helper()
	require.Equal(t, []string{id}, s.World.Alive(s.Kind))
	for _, kind := range s.Parts {
		require.Len(t, s.World.Alive(kind), 1, kind)
	}
}

// lives is the one story of a real Terraform. It creates the object and reads it back, also in two ways of importing it. The next apply
// repairs what somebody else changed, and creates again what somebody else deleted. The plan after each apply is empty.
func (s Subject) lives(t *testing.T) {
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories,
		CheckDestroy:             s.World.NothingLeft,
		Steps: []resource.TestStep{
			{Config: s.Config, ConfigPlanChecks: Planned(s.Address, plancheck.ResourceActionCreate), Check: s.isOnlyOne(t)},
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
		},
	})
	require.Equal(t, 2, s.creates())
}

// actionOfAnImport is an update where the import leaves settings to be set.
func (s Subject) actionOfAnImport() plancheck.ResourceActionType {
	if s.Settings != nil {
		return plancheck.ResourceActionUpdate
	}
	return plancheck.ResourceActionNoop
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
