package targetschema_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestLookupByIDAndByTitle(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := world.Config(with(`
  title             = "Shop"
  description       = "Events"
  event_fields      = ["email", "machine"]
  additional_fields = { seen = { type = "date-time" } }
`) + `
data "customerio_target_schema" "by_id" {
  id = customerio_target_schema.this.id
}
data "customerio_target_schema" "by_title" {
  title      = "Shop"
  depends_on = [customerio_target_schema.this]
}
`)
	var checks []statecheck.StateCheck
	for _, data := range []string{"data.customerio_target_schema.by_id", "data.customerio_target_schema.by_title"} {
		checks = append(checks, acctest.InState(data, map[string]string{
			"title": "Shop", "description": "Events", "version": "1.0", "tenant_namespace": "_acme",
			"content_type": "application/vnd.adobe.xed-full+json;version=1",
		})...)
		checks = append(checks,
			statecheck.ExpectKnownValue(data, tfjsonpath.New("fields"), knownvalue.MapExact(map[string]knownvalue.Check{
				"email": knownvalue.StringExact("string"), "machine": knownvalue.StringExact("boolean"), "seen": knownvalue.StringExact("date-time"),
			})),
			statecheck.ExpectKnownValue(data, tfjsonpath.New("field_group_ids"), knownvalue.ListSizeExact(1)),
			statecheck.ExpectKnownValue(data, tfjsonpath.New("profile_enabled"), knownvalue.Bool(false)),
		)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{{
			Config: config, ConfigStateChecks: checks,
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		}},
	})
}

// Adobe's own field groups are in another container. Their fields are not the organization's.
func TestLookupOfASchemaThatUsesAdobesFieldGroups(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	const adobes = "https://ns.adobe.com/xdm/context/experienceevent-web"
	require.NoError(t, world.Update(simulator.KindSchema, world.SchemaID, func(body map[string]any) {
		body["allOf"] = append([]any{map[string]any{"$ref": adobes}}, body["allOf"].([]any)...)
	}))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: world.Config(acctest.Data("customerio_target_schema", `title = "Customer.io events"`)),
			Check: func(state *terraform.State) error {
				for _, found := range state.RootModule().Resources {
					require.Equal(t, "2", found.Primary.Attributes["field_group_ids.#"])
					require.Equal(t, adobes, found.Primary.Attributes["field_group_ids.0"])
					require.Equal(t, "7", found.Primary.Attributes["fields.%"])
				}
				return nil
			},
		}},
	})
}

func TestLookupRefuses(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	failures := map[string]acctest.Failure{}
	for arguments, message := range map[string]string{
		`title = "customer.io events"`:               `There is no schema with the title "customer.io events"`, // the world's has a capital
		`id = "https://ns.adobe.com/acme/schemas/1"`: "Schema not found",
		`id = "1234"`: "must be an absolute",
		``:            "Neither is set",
		`
  id    = "https://ns.adobe.com/acme/schemas/1"
  title = "a"
`: "Both are set",
	} {
		failures[arguments] = acctest.Failure{Config: world.Config(acctest.Data("customerio_target_schema", arguments)), Message: []string{message}}
	}
	acctest.PlansFail(t, failures)
}
