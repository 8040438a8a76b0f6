package senderipaddresses_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const config = `data "customerio_sender_ip_addresses" "this" {}`

func TestMain(m *testing.M) { acctest.Main(m) }

func holds(addresses ...string) []statecheck.StateCheck {
	var checks []knownvalue.Check
	for _, address := range addresses {
		checks = append(checks, knownvalue.StringExact(address))
	}
	return []statecheck.StateCheck{
		statecheck.ExpectKnownValue("data.customerio_sender_ip_addresses.this", tfjsonpath.New("ip_addresses"), knownvalue.SetExact(checks)),
	}
}

func answer(world *acctest.World, status int, body string) {
	world.AddFault(simulator.Fault{Path: "/v1/info/ip_addresses", Do: simulator.FaultAnswer, Status: status, Body: body})
}

// The service lists them in no order.
func TestAddressesOfTheRegion(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config:           world.Config(config),
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			ConfigStateChecks: holds("104.154.144.51", "104.154.232.87", "104.197.210.12", "104.197.27.15", "104.198.177.219", "104.198.221.24",
				"130.211.229.195", "35.188.196.183", "35.194.9.154", "35.225.6.73"),
		}},
	})
}

func TestAddressesAreListedOnce(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	answer(world, http.StatusOK, `{"ip_addresses":["35.225.6.73","34.10.127.179","35.225.6.73"],"more":1}`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps:                    []resource.TestStep{{Config: world.Config(config), ConfigStateChecks: holds("34.10.127.179", "35.225.6.73")}},
	})
}

// An empty list would close a firewall to Customer.io.
func TestErrors(t *testing.T) {
	t.Parallel()
	failures := map[string]acctest.Failure{}
	for name, test := range map[string]struct {
		status        int
		body, message string
	}{
		"no addresses":     {http.StatusOK, `{"ip_addresses":null}`, "it holds no addresses"},
		"something else":   {http.StatusOK, `{}`, "it holds no addresses"},
		"a refusal":        {http.StatusForbidden, `{"errors":[{"detail":"not now"}]}`, "not now"},
		"the other region": {http.StatusMovedPermanently, `{"errors":[{"detail":"wrong datacenter"}]}`, "Set `customerio.region`"},
	} {
		world := acctest.New(t, simulator.Options{})
		answer(world, test.status, test.body)
		failures[name] = acctest.Failure{Config: world.Config(config), Message: []string{"Unable to read sender IP addresses", test.message}}
	}
	acctest.PlansFail(t, failures)
}
