package mappingset_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func lookedUp(t *testing.T, options simulator.Options) acctest.LookedUp {
	t.Helper()
	world := acctest.New(t, options)
	return acctest.LookedUp{
		World: world, Type: "customerio_mapping_set", Object: "mapping set", Collection: "/conversion/mappingSets",
		Make:    world.MakeMappingSet,
		Missing: strings.Repeat("0", 32), Malformed: "..", Message: "must be 32 hexadecimal digits",
	}
}

func TestLookupByIDAndName(t *testing.T) {
	t.Parallel()
	lookedUp(t, simulator.Options{}).IsFoundByIDAndName(t)
}

func TestLookupOfNoneAndSeveral(t *testing.T) {
	t.Parallel()
	lookedUp(t, simulator.Options{}).FailsOnNoneAndOnSeveral(t)
}

func TestLookupWantsIDOrName(t *testing.T) {
	t.Parallel()
	lookedUp(t, simulator.Options{}).WantsIDOrName(t)
}

func TestLookupByAwkwardName(t *testing.T) {
	t.Parallel()
	lookedUp(t, simulator.Options{}).IsFoundByAwkwardName(t)
}

func TestLookupOnAnyPage(t *testing.T) {
	t.Parallel()
	lookedUp(t, simulator.Options{}).IsFoundOnAnyPage(t)
}

// Without a version the newest one is read, whichever the service answers by default.
func TestLookupOfVersions(t *testing.T) {
	t.Parallel()
	for _, ofService := range []simulator.MappingSetVersion{simulator.MappingSetLatest, simulator.MappingSetZero} {
		t.Run(string(ofService), func(t *testing.T) {
			t.Parallel()
			lookup := lookedUp(t, simulator.Options{MappingSetDefaultVersion: ofService})
			id := lookup.Make(t, "Shop")
			for _, source := range []string{"object_type", "metric"} {
				require.NoError(t, lookup.World.Update(simulator.KindMappingSet, id, func(set map[string]any) {
					set["mappings"].([]any)[0].(map[string]any)["source"] = source
				}))
			}
			reads := func(arguments string, version int64, source string) resource.TestStep {
				const at = "data.customerio_mapping_set.this"
				return resource.TestStep{
					Config: lookup.With(arguments),
					ConfigStateChecks: append(acctest.InState(at, map[string]string{
						"id": id, "name": "Shop", "schema_id": lookup.World.SchemaID,
						"schema_version": "application/vnd.adobe.xed-full+json;version=1",
					}),
						statecheck.ExpectKnownValue(at, tfjsonpath.New("version"), knownvalue.Int64Exact(version)),
						statecheck.ExpectKnownValue(at, tfjsonpath.New("mappings"), knownvalue.MapExact(map[string]knownvalue.Check{
							"_acme.metric": knownvalue.ObjectExact(map[string]knownvalue.Check{
								"source": knownvalue.StringExact(source), "source_type": knownvalue.StringExact("ATTRIBUTE"),
								"name": knownvalue.Null(), "description": knownvalue.Null(),
							}),
						})),
					),
				}
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				Steps: []resource.TestStep{
					reads(`id = "`+id+`"`, 2, "metric"),
					reads(`name = "Shop"`, 2, "metric"),
					reads(`
  name    = "Shop"
  version = 2
`, 2, "metric"),
					reads(`
  name    = "Shop"
  version = 1
`, 1, "object_type"),
					reads(`
  id      = "`+id+`"
  version = 0
`, 0, "metric"),
					{Config: lookup.With(`name = "Shop"`, `version = -1`), ExpectError: acctest.Message("version = -1", "must be at least 0")},
					{
						Config:      lookup.With(`name = "Shop"`, `version = 3`),
						ExpectError: acctest.Message("No such version", "version = 3", id+" has no version 3", "newest version is 2"),
					},
				},
			})
		})
	}
}

// An answer with another version than the one asked for is an error.
func TestLookupOfAVersionThatTheServiceIgnores(t *testing.T) {
	t.Parallel()
	lookup := lookedUp(t, simulator.Options{})
	id := lookup.Make(t, "Shop")
	lookup.World.AddFault(simulator.Fault{
		Method: http.MethodGet, Path: "*/mappingSets/" + id, Do: simulator.FaultAnswer, Status: http.StatusOK,
		Body: `{"id":"` + id + `","version":4,"name":"Shop","mappings":null}`,
	})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config:      lookup.With(`id = "`+id+`"`, `version = 3`),
			ExpectError: acctest.Message("Unable to read mapping set", id, "it is of version 4, and version 3 was asked for"),
		}},
	})
}
