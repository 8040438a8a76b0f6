package mappingset_test

import (
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
	return config(append(attributes, `schema_id = "SCHEMA_ID"`, mapped(mappings))...)
}

// config is a mapping set with exactly the given attributes.
func config(attributes ...string) string {
	return acctest.Resource("customerio_mapping_set", attributes...)
}

func mapped(mappings ...string) string {
	return `
  mappings = {
    ` + strings.Join(mappings, "\n") + `
  }`
}

const (
	email = `"_acme.email" = { source = "data.identifiers.email" }`
	// all has a mapping of each source type, and one with everything that a mapping can have.
	all = `
    "_acme.email"       = { source = "data.identifiers.email", name = "Email", description = "As known to Customer.io" }
    "_acme.metric"      = { source = "metric", source_type = "ATTRIBUTE" }
    "_acme.timestamp"   = { source = "$${timestamp} * 1000", source_type = "EXPRESSION" }
    "_acme.object_type" = { source = " Customer.io ", source_type = "STATIC" }
`
)

func subject(world *acctest.World) acctest.Subject {
	return acctest.Subject{
		World: world, Address: address, Kind: simulator.KindMappingSet, Collection: collection,
		Config: world.Config(with(email)),
		Arguments: func(*testing.T) map[string]any {
			return map[string]any{
				"schema_id": world.SchemaID, "mappings": map[string]any{"_acme.email": map[string]any{"source": "data.identifiers.email"}},
			}
		},
		Change:  func(body map[string]any) { body["name"] = "By hand" },
		Missing: "59c0e53a2dc84f7791ecc1b3d6e51d5e", Malformed: "../schemas", Message: "must be 32 hexadecimal digits",
	}
}

func TestStories(t *testing.T) { acctest.TellStories(t, subject) }

func version(number int64) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New("version"), knownvalue.Int64Exact(number))
}

// onBothReadings runs a test twice, since the documents contradict each other on what a read without a version returns.
func onBothReadings(t *testing.T, test func(t *testing.T, world *acctest.World)) {
	t.Parallel()
	for _, reading := range []simulator.MappingSetVersion{simulator.MappingSetLatest, simulator.MappingSetZero} {
		t.Run(string(reading), func(t *testing.T) {
			t.Parallel()
			test(t, acctest.New(t, simulator.Options{MappingSetDefaultVersion: reading}))
		})
	}
}

// The service answers with media types in place of source types, in another order, with old and new names side by side, and
// with a space in the schema's media type.
func TestSurvivesTheServicesRewriting(t *testing.T) {
	onBothReadings(t, func(t *testing.T, world *acctest.World) {
		mapping := func(destination, source, sourceType string) statecheck.StateCheck {
			return statecheck.ExpectKnownValue(address, tfjsonpath.New("mappings").AtMapKey(destination), knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"source": knownvalue.StringExact(source), "source_type": knownvalue.StringExact(sourceType),
			}))
		}
		changed := strings.Replace(all, "1000", "1", 1)
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.Factories,
			CheckDestroy:             world.NothingLeft,
			Steps: []resource.TestStep{
				{
					Config:           world.Config(with(all, `name = "Shop"`)),
					ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionCreate),
					ConfigStateChecks: append(acctest.InState(address, map[string]string{
						"name": "Shop", "schema_id": world.SchemaID, "schema_version": "application/vnd.adobe.xed-full+json;version=1",
					}),
						version(0),
						mapping("_acme.email", "data.identifiers.email", "ATTRIBUTE"),
						mapping("_acme.metric", "metric", "ATTRIBUTE"),
						mapping("_acme.timestamp", "${timestamp} * 1000", "EXPRESSION"),
						mapping("_acme.object_type", " Customer.io ", "STATIC"),
					),
					Check: func(state *terraform.State) error {
						require.Regexp(t, `^[0-9a-f]{32}$`, acctest.ID(state, address))
						return nil
					},
				},
				{ResourceName: address, ImportState: true, ImportStateVerify: true},
				{
					Config:            world.Config(with(changed, `name = "Shop"`)),
					ConfigPlanChecks:  acctest.Planned(address, plancheck.ResourceActionUpdate),
					ConfigStateChecks: []statecheck.StateCheck{version(1), mapping("_acme.timestamp", "${timestamp} * 1", "EXPRESSION")},
				},
				{ResourceName: address, ImportState: true, ImportStateVerify: true},
				acctest.NothingPlanned(world.Config(with(changed, `name = "Shop"`, `schema_version = "application/vnd.adobe.xed-full+json; version=1"`))),
			},
		})
	})
}

func TestIsSentInTheNewerSyntax(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps:                    []resource.TestStep{{Config: world.Config(with(all, `name = "Shop"`))}},
	})
	require.JSONEq(t, `{"name":"Shop","outputSchema":{"schemaRef":{"id":"`+world.SchemaID+`","contentType":"application/vnd.adobe.xed-full+json;version=1"}},
		"mappings":[
			{"destination":"_acme.email","source":"data.identifiers.email","sourceType":"ATTRIBUTE","name":"Email","description":"As known to Customer.io"},
			{"destination":"_acme.metric","source":"metric","sourceType":"ATTRIBUTE"},
			{"destination":"_acme.object_type","source":" Customer.io ","sourceType":"STATIC"},
			{"destination":"_acme.timestamp","source":"${timestamp} * 1000","sourceType":"EXPRESSION"}]}`, subject(world).RequestBody(t, http.MethodPost))
}

// The service knows nothing of timeouts, and no dataflow has to follow.
func TestATimeoutMakesNoNewVersion(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with(email))},
			{
				Config:            world.Config(with(email, `timeouts = { delete = "1m" }`)),
				ConfigPlanChecks:  acctest.Planned(address, plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{version(0)},
			},
		},
	})
	require.Zero(t, world.CallsTo(http.MethodPut, collection))
}

// A set that was created with the space is not written again when the space goes.
func TestSpacesInTheSchemaVersionDoNotCount(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:           world.Config(with(email, `schema_version = "application/vnd.adobe.xed-full+json; version=1"`)),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionCreate),
			},
			acctest.NothingPlanned(world.Config(with(email))),
		},
	})
	require.Zero(t, world.CallsTo(http.MethodPut, collection))
}

// A PUT may be repeated: that creates one more version, and the state has the newest.
func TestLostAnswerToAChange(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with(email))},
			{
				PreConfig: func() {
					world.AddFault(simulator.Fault{Method: http.MethodPut, Path: "*" + collection + "/*", Do: simulator.FaultResetAfter, Times: 1})
				},
				Config:            world.Config(with(email, `name = "Shop"`)),
				ConfigPlanChecks:  acctest.Planned(address, plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{version(2)},
			},
		},
	})
}
