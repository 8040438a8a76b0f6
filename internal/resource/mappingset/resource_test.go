package mappingset_test

import (
	"fmt"
	"net/http"
	"strings"
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

const (
	address    = "customerio_mapping_set.this"
	collection = "/conversion/mappingSets"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// with is a mapping set into the world's schema with the given mappings, one a line, and further attributes.
func with(mappings string, attributes ...string) string {
	return "resource \"customerio_mapping_set\" \"this\" {\nschema_id = \"SCHEMA_ID\"\n" + strings.Join(attributes, "\n") +
		"\nmappings = {\n" + mappings + "\n}\n}\n"
}

// all has a mapping of each source type, and one with all that a mapping can have.
const all = `"_acme.email"       = { source = "data.identifiers.email", name = "Email", description = "As known to Customer.io" }
"_acme.metric"      = { source = "metric", source_type = "ATTRIBUTE" }
"_acme.timestamp"   = { source = "timestamp * 1000", source_type = "EXPRESSION" }
"_acme.object_type" = { source = " from Customer.io ", source_type = "STATIC" }`

const one = `"_acme.email" = { source = "data.identifiers.email" }`

func subject(world *acctest.World) acctest.Subject {
	return acctest.Subject{
		World: world, Address: address, Config: world.Config(with(one)), Kind: simulator.KindMappingSet, Collection: collection,
	}
}

func version(number int64) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New("version"), knownvalue.Int64Exact(number))
}

// onBothReadings runs a test against both of the contradictory statements on what a read without a version returns.
func onBothReadings(t *testing.T, test func(t *testing.T, world *acctest.World)) {
	t.Parallel()
	for _, reading := range []simulator.MappingSetVersion{simulator.MappingSetLatest, simulator.MappingSetZero} {
		t.Run(string(reading), func(t *testing.T) {
			t.Parallel()
			test(t, acctest.New(t, simulator.Options{MappingSetDefaultVersion: reading}))
		})
	}
}

// The service answers with media types in place of source types, another order, old and new names, and spaces.
func TestSurvivesTheServicesRewriting(t *testing.T) {
	onBothReadings(t, func(t *testing.T, world *acctest.World) {
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.Factories,
			CheckDestroy:             world.NothingLeft,
			Steps: []resource.TestStep{
				{
					Config:           world.Config(with(all, `name = "Shop"`)),
					ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionCreate),
					ConfigStateChecks: append(acctest.InState(address, map[string]string{
						"name": "Shop", "schema_id": world.SchemaID, "schema_version": "application/vnd.adobe.xed-full+json;version=1",
						"mappings._acme_email": "",
					})[:3], version(0)),
					Check: func(state *terraform.State) error {
						require.Regexp(t, `^[0-9a-f]{32}$`, acctest.ID(state, address))
						return nil
					},
				},
				{ResourceName: address, ImportState: true, ImportStateVerify: true},
				{
					Config:            world.Config(with(strings.Replace(all, "1000", "1", 1), `name = "Shop"`)),
					ConfigPlanChecks:  acctest.Planned(address, plancheck.ResourceActionUpdate),
					ConfigStateChecks: []statecheck.StateCheck{version(1)},
				},
				{ResourceName: address, ImportState: true, ImportStateVerify: true},
				acctest.NothingPlanned(world.Config(with(strings.Replace(all, "1000", "1", 1), `name = "Shop"`,
					`schema_version = "application/vnd.adobe.xed-full+json; version=1"`))),
			},
		})
	})
}
