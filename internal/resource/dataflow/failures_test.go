package dataflow_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
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
				ExpectError: acctest.Message("Unable to update dataflow", "FLOW-1404-412", "request ID r-1", "Another user"),
			},
			{PreConfig: world.ClearFaults, Config: world.Config(acctest.Pipeline(`name = "Shop 3"`))},
		},
	})
}

// The answer to the action is lost after the service acted. The provider reads the state instead of asking again.
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
				Config:            world.Config(acctest.Pipeline(`name = "Shop"`, `state = "disabled"`)),
				ConfigPlanChecks:  acctest.Planned(address, plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{value("state", "disabled")},
			},
		},
	})
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/action"))
}

// The answer to the PATCH is lost after the service acted. What the repetition finds is what it wants, so it is no conflict.
func TestLostAnswerToAChangeOfTheMapping(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	remapped := strings.Replace(acctest.Pipeline(`name = "Shop"`), "data.identifiers.email", "data.email_address", 1)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(acctest.Pipeline(`name = "Shop"`))},
			{
				PreConfig: func() {
					world.AddFault(simulator.Fault{Method: http.MethodPatch, Path: "*/flows/*", Times: 1, Do: simulator.FaultResetAfter})
				},
				Config:            world.Config(remapped),
				ConfigPlanChecks:  acctest.Planned(address, plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(address, tfjsonpath.New("mapping_version"), knownvalue.Int64Exact(1))},
			},
		},
	})
	require.Greater(t, world.CallsTo(http.MethodPatch, "/flows/"), 1)
}

// The PATCH succeeds and the action does not. The state says so, and the next apply does only what is left.
func TestRefusedActionAfterAPatch(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	changed := world.Config(acctest.Pipeline(`name = "Shop EU"`, `state = "disabled"`))
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
				ExpectError: acctest.Message("Unable to update dataflow", "FLOW-2118-403", "request ID r-403", "Manage Sources"),
			},
			{
				PreConfig:         world.ResetCalls,
				Config:            changed,
				ConfigPlanChecks:  acctest.Planned(address, plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{value("name", "Shop EU"), value("state", "disabled")},
			},
		},
	})
	require.Zero(t, world.CallsTo(http.MethodPatch, "/flows/"), "the name was changed by the first apply")
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/action"))
}
