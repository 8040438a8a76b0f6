package dataflow_test

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestStaleEtagIsReadAnew(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	conflict := simulator.Fault{
		Method: http.MethodPatch, Path: "*/flows/*", Do: simulator.FaultAnswer, Status: http.StatusPreconditionFailed,
		Body: `{"type":"https://ns.adobe.com/aep/errors/FLOW-1404-412","title":"Precondition failed","status":412,"report":{"detailed-message":"Version mismatch","request-id":"r-1"}}`,
	}
	once, always := conflict, conflict
	once.Times = 1
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(acctest.Pipeline(`name = "Shop"`))},
			{PreConfig: func() { world.AddFault(once) }, Config: world.Config(acctest.Pipeline(`name = "Shop 2"`))},
			{
				PreConfig:   func() { world.AddFault(always) },
				Config:      world.Config(acctest.Pipeline(`name = "Shop 3"`)),
				ExpectError: regexp.MustCompile(`(?s)Unable to update dataflow.*FLOW-1404-412.*request\s+id\s+r-1.*Somebody\s+else`),
			},
			{PreConfig: world.ClearFaults, Config: world.Config(acctest.Pipeline(`name = "Shop 3"`))},
		},
	})
}

// The action's answer is lost after the service acted: asking for the state tells, and nothing is asked for twice.
func TestLostAnswerOfAnAction(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(acctest.Pipeline(`name = "Shop"`))},
			{
				PreConfig: func() {
					world.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*/action", Times: 1, Do: simulator.FaultResetAfter})
				},
				Config: world.Config(acctest.Pipeline(`
  name  = "Shop"
  state = "disabled"
`)),
				ConfigPlanChecks:  planned(address, plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{value("state", "disabled")},
			},
		},
	})
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/action"))
}

// The PATCH works and the action does not: the state says so, and the next apply does only what is left.
func TestRefusedActionAfterAPatch(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	changed := world.Config(acctest.Pipeline(`
  name  = "Shop EU"
  state = "disabled"
`))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(acctest.Pipeline(`name = "Shop"`))},
			{
				PreConfig: func() {
					world.AddFault(simulator.Fault{
						Method: http.MethodPost, Path: "*/action", Times: 1, Do: simulator.FaultAnswer, Status: http.StatusForbidden,
						Body: `{"type":"https://ns.adobe.com/aep/errors/FLOW-2118-403","title":"Forbidden","status":403,` +
							`"report":{"detailed-message":"The user has no permission for the action.","request-id":"r-403"}}`,
					})
				},
				Config:      changed,
				ExpectError: regexp.MustCompile(`(?s)Unable to update dataflow.*FLOW-2118-403.*request\s+id\s+r-403.*Manage\s+Sources`),
			},
			{
				PreConfig:         world.ResetCalls,
				Config:            changed,
				ConfigPlanChecks:  planned(address, plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{value("name", "Shop EU"), value("state", "disabled")},
			},
		},
	})
	require.Zero(t, world.CallsTo(http.MethodPatch, "/flows/"), "the name was changed by the first apply")
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/action"))
}
