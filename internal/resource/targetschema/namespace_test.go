package targetschema_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const stats = "/schemaregistry/stats"

// Two schemas are planned with the tenant namespace, which is asked for once by the plan and once by the apply.
func TestTheTenantNamespaceIsPlanned(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	planned := func(name string) plancheck.PlanCheck {
		return plancheck.ExpectKnownValue("customerio_target_schema."+name, tfjsonpath.New("tenant_namespace"), knownvalue.StringExact("_acme"))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{{
			Config: world.Config(`
resource "customerio_target_schema" "one" { title = "One" }
resource "customerio_target_schema" "other" { title = "Other" }
`),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				planned("one"), planned("other"),
				acctest.During(func() { require.Equal(t, 1, world.CallsTo(http.MethodGet, stats)) }),
			}},
		}},
	})
	require.Equal(t, 2, world.CallsTo(http.MethodGet, stats))
}

// Without the tenant namespace, no schema could be created, and the plan says so.
func TestATenantNamespaceThatCannotBeRead(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	world.AddFault(simulator.Fault{
		Path: "*" + stats, Do: simulator.FaultAnswer, Status: http.StatusForbidden, Body: `{"error_code":"403025","message":"Profile is not valid"}`,
	})
	_, found := world.Core(t).Plan(t.Context(), &core.Instance{Type: "customerio_target_schema"}, map[string]any{"title": "Events"})
	require.Len(t, found, 1)
	require.ErrorContains(t, found.Err(), "Unable to create schema")
	require.ErrorContains(t, found.Err(), "has no product profile for Experience Platform")
}
