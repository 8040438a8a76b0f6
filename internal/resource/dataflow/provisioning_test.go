package dataflow_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// exactlyOneFlow fails where a repeated create left a second dataflow.
func exactlyOneFlow(t *testing.T, world *acctest.World) resource.TestCheckFunc {
	return func(*terraform.State) error {
		require.Len(t, world.Alive(simulator.KindFlow), 1)
		return nil
	}
}

func TestCreateThatTimesOutKeepsTheDataflowInState(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: 4 * time.Second})
	config := world.Config(acctest.Pipeline(`name = "Shop"`, `timeouts = { create = "1s" }`))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config: config,
				ExpectError: acctest.Message("Unable to provision dataflow", "gave up waiting", `the dataflow is "initializing"`,
					"Terraform replaces the dataflow", "raise `timeouts.create`"),
			},
			acctest.OnlyPlanned(config, address, plancheck.ResourceActionReplace), // it is in the state, so there is no second create
		},
	})
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/flowservice/flows"))
}

// noReads makes every read of a dataflow fail.
var noReads = simulator.Fault{
	Method: http.MethodGet, Path: "*/flows/*", Do: simulator.FaultAnswer, Status: http.StatusInternalServerError,
	Body: `{"type":"https://ns.adobe.com/aep/errors/FLOW-2200-500","title":"Internal Server Error","status":500,` +
		`"report":{"detailed-message":"The storage cannot be reached.","request-id":"r-500"}}`,
}

// A dataflow that was created and cannot be read is not replaced. What needs its endpoint waits for the next apply.
func TestCreateWhoseReadsFailIsFinishedByTheNextApply(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := world.ConfigWith("max_retries = 0", acctest.Pipeline(`name = "Shop"`)+`
resource "customerio_reporting_webhook" "this" {
  name     = "Shop"
  endpoint = customerio_dataflow.this.webhook_url
  events   = ["email_sent"]
}
`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				PreConfig:   func() { world.AddFault(noReads) },
				Config:      config,
				ExpectError: acctest.Message("Missing endpoint", "endpoint = customerio_dataflow.this.webhook_url", "apply again"),
			},
			{
				PreConfig: func() {
					require.Zero(t, world.CallsTo(http.MethodPost, "/reporting_webhooks"))
					world.ClearFaults()
				},
				Config:           config,
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionNoop),
				Check:            exactlyOneFlow(t, world),
			},
		},
	})
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/flowservice/flows"))
}

// A dataflow that could not be disabled yet is not replaced either.
func TestCreateThatCannotDisableIsFinishedByTheNextApply(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*/action", Do: simulator.FaultAnswer, Status: http.StatusForbidden, Times: 1})
	config := world.Config(acctest.Pipeline(`name = "Shop"`, `state = "disabled"`))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: config, ExpectNonEmptyPlan: true},
			{Config: config, ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate), Check: exactlyOneFlow(t, world)},
		},
	})
}

// A service that is down when a dataflow is to be disabled costs a warning and no more: nothing is waited for once all attempts are
// refused, and the dataflow is as good as any. A create that waited would end with its timeout, which is an error.
func TestCreateWhoseDisablingIsRefusedToTheEndIsFinishedByTheNextApply(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	arguments := subject(world).Arguments(t)
	arguments["state"], arguments["timeouts"] = "disabled", map[string]any{"create": "1m"}
	settings := acctest.Settings(world.URL)
	settings["max_retries"] = 2
	terraform, i := core.New(t, settings), &core.Instance{Type: "customerio_dataflow"}
	world.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*/action", Do: simulator.FaultAnswer, Status: http.StatusServiceUnavailable})

	found := terraform.Apply(t.Context(), i, arguments)
	require.NoError(t, found.Err())
	require.Len(t, found, 1)
	require.Equal(t, "Dataflow created, but not finished", found[0].Summary)
	require.Contains(t, found[0].Detail, "503 (Service Unavailable)")
	require.Equal(t, 3, world.CallsTo(http.MethodPost, "/action"), "one attempt and two retries")
	require.Equal(t, []string{i.Text("id")}, world.Alive(simulator.KindFlow))
	require.False(t, i.Tainted)

	world.ClearFaults()
	acctest.Applied(t, terraform, i, core.Update, arguments)
	require.Equal(t, 4, world.CallsTo(http.MethodPost, "/action"))
	require.Equal(t, []string{i.Text("id")}, world.Alive(simulator.KindFlow))
	require.Equal(t, "disabled", i.Text("state"))
}

// With retries the timeout ends the create. The error still says what the service answered.
func TestTimeoutDuringRetriesReportsTheLastAnswer(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				PreConfig:   func() { world.AddFault(noReads) },
				Config:      world.Config(acctest.Pipeline(`name = "Shop"`, `timeouts = { create = "1s" }`)),
				ExpectError: acctest.Message("Unable to provision dataflow", "time ran out", "FLOW-2200-500", "r-500"),
			},
			{ // the destroy needs no read
				PreConfig: world.ClearFaults,
				Config:    world.Config(acctest.Pipeline(`name = "Shop"`, `timeouts = { create = "1s" }`)), Destroy: true,
			},
		},
	})
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/flowservice/flows"))
}

func TestRightAfterTheCreateTheDataflowMayNotBeFound(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(simulator.Fault{
		Method: http.MethodGet, Path: "*/flows/*", Times: 2, Do: simulator.FaultAnswer, Status: http.StatusNotFound,
		Body: `{"type":"https://ns.adobe.com/aep/errors/FLOW-1439-404","title":"Resource not found","status":404,` +
			`"report":{"detailed-message":"The requested flows resource is not found.","request-id":"r-404"}}`,
	})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{{
			Config:            world.Config(acctest.Pipeline(`name = "Shop"`)),
			ConfigPlanChecks:  acctest.Planned(address, plancheck.ResourceActionCreate),
			ConfigStateChecks: []statecheck.StateCheck{value("state", "enabled")},
			Check:             exactlyOneFlow(t, world),
		}},
	})
}
