package mappingset_test

import (
	"fmt"
	"net/http"
	"regexp"
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

const address = "customerio_mapping_set.this"

func TestMain(m *testing.M) { acctest.Main(m) }

func set(more, mappings string) string {
	return fmt.Sprintf("resource \"customerio_mapping_set\" \"this\" {\n schema_id = \"SCHEMA_ID\"\n %s\n mappings = {\n%s\n}\n}\n", more, mappings)
}

const mappings = `
    "_acme.email"     = { source = "data.identifiers.email", name = "E-mail", description = "Of the person" }
    "_acme.metric"    = { source = "email", source_type = "STATIC" }
    "_acme.timestamp" = { source = "timestamp * 1000", source_type = "EXPRESSION" }`

func version(number int64) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New("version"), knownvalue.Int64Exact(number))
}

// newVersion is a change in place that makes a new version, unknown in the plan, and settles.
func newVersion(config string, number int64) resource.TestStep {
	return resource.TestStep{
		Config: config,
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
				plancheck.ExpectUnknownValue(address, tfjsonpath.New("version")),
			},
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
		},
		ConfigStateChecks: []statecheck.StateCheck{version(number)},
	}
}

// TestEveryChangeMakesAVersion runs under both of the contradicting statements about a read without a version.
func TestEveryChangeMakesAVersion(t *testing.T) {
	t.Parallel()
	for _, reads := range []simulator.MappingSetVersion{simulator.MappingSetLatest, simulator.MappingSetZero} {
		t.Run(string(reads), func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{MappingSetDefaultVersion: reads})
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				CheckDestroy:             world.NothingLeft,
				Steps: []resource.TestStep{
					{
						Config:            world.Config(set("", mappings)),
						ConfigPlanChecks:  resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
						ConfigStateChecks: []statecheck.StateCheck{version(0)},
					},
					{ResourceName: address, ImportState: true, ImportStateVerify: true},
					newVersion(world.Config(set("", strings.Replace(mappings, "data.identifiers.email", "data.email_address", 1))), 1),
					newVersion(world.Config(set("", mappings+"\n\"_acme.event_id\" = { source = \"event_id\" }")), 2),
					newVersion(world.Config(set(`name = "Shop"`, mappings)), 3),
					newVersion(world.Config(set(`schema_version = "application/vnd.adobe.xed+json;version=1"`, mappings)), 4),
					{ // spaces mean nothing
						Config:   world.Config(set(`schema_version = "application/vnd.adobe.xed+json; version=1"`, mappings)),
						PlanOnly: true,
					},
				},
			})
		})
	}
}

func TestDriftIsSeenAndRepaired(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	each := func(do func(id string) error) func() {
		return func() {
			for _, id := range world.Alive(simulator.KindMappingSet) {
				require.NoError(t, do(id))
			}
		}
	}
	remove := each(func(id string) error { return world.Delete(simulator.KindMappingSet, id) })
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(set("", mappings))},
			{ // as the console does, a change makes a new version
				PreConfig: each(func(id string) error {
					return world.Update(simulator.KindMappingSet, id, func(body map[string]any) {
						body["mappings"] = []any{map[string]any{"sourceType": "ATTRIBUTE", "source": "metric", "destination": "_acme.metric"}}
					})
				}),
				Config: world.Config(set("", mappings)),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate)},
					PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
				},
			},
			{
				PreConfig: remove, Config: world.Config(set("", mappings)),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate)}},
			},
			{PreConfig: remove, Config: world.Config(set("", mappings)), Destroy: true},
		},
	})
}

func TestDestroyWhereTheServiceCannotDelete(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{MappingSetDelete: simulator.MappingSetDeleteRefused})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps:                    []resource.TestStep{{Config: world.Config(set("", mappings))}},
	})
	require.Equal(t, 1, world.CallsTo(http.MethodDelete, "/mappingSets/"))
	require.Len(t, world.Alive(simulator.KindMappingSet), 1, "forgotten with a warning, not an error")
}

func TestAThousandMappingsAreTwoReads(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	var many strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&many, "\"_acme.field%d\" = { source = \"data.field%d\" }\n", i, i)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(set("", many.String()))},
			{PreConfig: world.ResetCalls, RefreshState: true},
		},
	})
	require.LessOrEqual(t, world.CallsTo(http.MethodGet, "/mappingSets/"), 4, "a refresh and the one before the destroy, two reads each")
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	for name, test := range map[string]struct{ config, message string }{
		"no mapping":            {set("", ""), `(?s)Attribute\s+mappings\s+map\s+must\s+contain\s+at\s+least\s+1`},
		"duplicate destination": {set("", `"_acme.a" = { source = "a" }, "/_acme.a" = { source = "b" }`), `(?s)Duplicate destination.*fill\s+the\s+same\s+field,\s+_acme\.a`},
		"padded destination":    {set("", `"_acme.a " = { source = "a" }`), `(?s)Invalid destination.*"_acme\.a\s*"\s+is\s+no\s+XDM\s+path`},
		"unknown source type":   {set("", `"_acme.a" = { source = "a", source_type = "JAVASCRIPT" }`), `(?s)mappings\["_acme\.a"\]\.source_type\s+value\s+must\s+be\s+one\s+of`},
		"empty source":          {set("", `"_acme.a" = { source = "" }`), `(?s)mappings\["_acme\.a"\]\.source\s+string\s+length\s+must\s+be\s+at\s+least\s+1`},
		"over-long expression": {set("", `"_acme.a" = { source_type = "EXPRESSION", source = "`+strings.Repeat("a+", 2048)+`b" }`),
			`(?s)Expression too long.*4097\s+characters`},
		"empty name":          {set(`name = ""`, mappings), `(?s)Attribute\s+name\s+must\s+not\s+be\s+empty`},
		"schema that is none": {strings.Replace(set("", mappings), "SCHEMA_ID", "shop", 1), `(?s)Attribute\s+schema_id\s+must\s+be\s+an\s+absolute`},
		"schema version":      {set(`schema_version = "1"`, mappings), `(?s)Attribute\s+schema_version\s+must\s+be\s+a\s+media\s+type`},
	} {
		t.Run(name, func(t *testing.T) {
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				Steps:                    []resource.TestStep{{Config: world.Config(test.config), PlanOnly: true, ExpectError: regexp.MustCompile(test.message)}},
			})
		})
	}
}
