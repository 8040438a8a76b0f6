package sourcespecification_test

import (
	"net/http"
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

const (
	address = "data.customerio_source_specification.this"

	customerIOSpec   = "96479064-7b8a-4d69-b9ed-21c5683837ea"
	httpAPISpec      = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
	genericFlowSpec  = "e77fde5a-22a8-11ed-861d-0242ac120002"
	mappedFlowSpec   = "c1a19761-d2c7-4702-b9fa-fe91f0613e81"
	unmappedFlowSpec = "d8a6f005-7eaf-4153-983e-e8574508b877"
	unknownSpec      = "00000000-0000-4000-8000-000000000000"
)

func TestMain(m *testing.M) { acctest.Main(m) }

func with(arguments ...string) string {
	return acctest.Data("customerio_source_specification", arguments...)
}

func value(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), want)
}

func ids(texts ...string) knownvalue.Check {
	var checks []knownvalue.Check
	for _, text := range texts {
		checks = append(checks, knownvalue.StringExact(text))
	}
	return knownvalue.SetExact(checks)
}

func TestAvailableSources(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{PageSize: 1})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			{ // Customer.io, unless another is named
				Config:           world.Config(with()),
				ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
				ConfigStateChecks: append(acctest.InState(address, map[string]string{
					"id": customerIOSpec, "name": "customerio-webhook", "version": "1.0", "provider_id": "521eee4d-8cbe-4906-bb48-fb6bd4450033",
				}), value("available", knownvalue.Bool(true)), value("flow_spec_ids", ids(genericFlowSpec))),
			},
			{
				Config: world.Config(with(`id = "` + httpAPISpec + `"`)),
				ConfigStateChecks: []statecheck.StateCheck{
					value("available", knownvalue.Bool(true)), value("flow_spec_ids", ids(mappedFlowSpec, unmappedFlowSpec)),
				},
			},
		},
	})
}

// Neither a specification that does not exist nor one that the organization may not use is an error.
func TestUnavailableSources(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]*simulator.Fault{
		"unknown":      nil,
		"not entitled": {Status: http.StatusBadRequest, Body: `{"type":"https://ns.adobe.com/aep/errors/FLOW-1100-400","title":"Not entitled"}`},
		"not valid":    {Status: http.StatusBadRequest, Body: `{"type":"https://ns.adobe.com/aep/errors/FLOW-1413-400","title":"Invalid spec id"}`},
		"empty list":   {Status: http.StatusOK, Body: `{"items":[]}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			if fault != nil {
				fault.Path, fault.Do = "*/connectionSpecs/*", simulator.FaultAnswer
				world.AddFault(*fault)
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				Steps: []resource.TestStep{{
					Config: world.Config(with(`id = "` + unknownSpec + `"`)),
					ConfigStateChecks: []statecheck.StateCheck{
						value("id", knownvalue.StringExact(unknownSpec)), value("available", knownvalue.Bool(false)), value("name", knownvalue.Null()),
						value("version", knownvalue.Null()), value("provider_id", knownvalue.Null()), value("flow_spec_ids", ids()),
					},
				}},
			})
			require.Zero(t, world.CallsTo(http.MethodGet, "/flowSpecs"))
		})
	}
}

// Answers that say nothing about the specification are errors.
func TestErrors(t *testing.T) {
	acctest.CountsReads(t)
	t.Parallel()
	failures := map[string]acctest.Failure{}
	for name, test := range map[string]struct {
		status        int
		path, body    string
		first, advice string
	}{
		"unknown sandbox": {
			http.StatusNotFound, "*/connectionSpecs/*", `{"type":"https://ns.adobe.com/aep/errors/FLOW-2100-404","title":"Sandbox not found"}`,
			"FLOW-2100-404", "Check `adobe.sandbox_name`",
		},
		"no permission": {
			http.StatusForbidden, "*/connectionSpecs/*", `{"type":"https://ns.adobe.com/aep/errors/FLOW-2120-403","title":"Forbidden"}`,
			"FLOW-2120-403", "lacks a permission",
		},
		"no profile": {http.StatusForbidden, "*/connectionSpecs/*", `{"error_code":"403025","message":"Profile is not valid"}`, "403025", "product profile"},
		"a proxy's page": {
			http.StatusNotFound, "*/connectionSpecs/*", `<html>not here</html>`, "404", "A gateway or proxy answered instead of Flow Service",
		},
		"list of flow specifications": {http.StatusForbidden, "*/flowSpecs", `{"message":"not now"}`, "not now", "lacks a permission"},
	} {
		world := acctest.New(t, simulator.Options{})
		world.AddFault(simulator.Fault{Path: test.path, Do: simulator.FaultAnswer, Status: test.status, Body: test.body})
		failures[name] = acctest.Failure{
			Config: world.Config(with()), Message: []string{"Unable to read source specification", customerIOSpec, test.first, test.advice},
		}
	}
	acctest.PlansFail(t, failures)
}

// A precondition stops the plan before anything is created.
func TestAsAPrecondition(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{{
			Config: world.Config(with(`id = "`+unknownSpec+`"`) + `
resource "customerio_source_connection" "this" {
  name            = "Shop"
  connection_spec = { id = data.customerio_source_specification.this.id }
  lifecycle {
    precondition {
      condition     = data.customerio_source_specification.this.available
      error_message = "Adobe has not enabled the source."
    }
  }
}
`),
			ExpectError: acctest.Message("Resource precondition failed", "Adobe has not enabled the source."),
		}},
	})
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	acctest.New(t, simulator.Options{}).Refuses(t, map[string]acctest.BadInput{
		"ID that is no UUID": {Config: with(`id = "customerio"`), Line: `id = "customerio"`, Message: "must be a UUID"},
	})
}
