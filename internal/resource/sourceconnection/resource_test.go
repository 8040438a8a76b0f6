package sourceconnection_test

import (
	"net/http"
	"regexp"
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

const address = "customerio_source_connection.this"

func TestMain(m *testing.M) { acctest.Main(m) }

func named(name string) string {
	return `resource "customerio_source_connection" "this" {
  name        = "` + name + `"
  description = "Events of the shop"
}`
}

func TestCreateReadUpdateImport(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config: world.Config(named("Shop")),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, tfjsonpath.New("name"), knownvalue.StringExact("Shop")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("format"), knownvalue.StringExact("json")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("connection_spec").AtMapKey("id"),
						knownvalue.StringExact("96479064-7b8a-4d69-b9ed-21c5683837ea")),
				},
			},
			{ResourceName: address, ImportState: true, ImportStateVerify: true},
			{
				Config: world.Config(`resource "customerio_source_connection" "this" { name = "Shop EU" }`),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
				}},
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, tfjsonpath.New("description"), knownvalue.Null()),
				},
			},
		},
	})
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/sourceConnections"))
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	for name, test := range map[string]struct{ attributes, message string }{
		"empty name": {`name = ""`, `(?s)name must not be empty`},
	} {
		t.Run(name, func(t *testing.T) {
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				Steps: []resource.TestStep{{
					Config:      world.Config(`resource "customerio_source_connection" "this" { ` + test.attributes + ` }`),
					ExpectError: regexp.MustCompile(test.message),
				}},
			})
		})
	}
}
