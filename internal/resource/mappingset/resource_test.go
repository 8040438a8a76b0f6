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
    "_acme.timestamp"   = { source = "timestamp * 1000", source_type = "EXPRESSION" }
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
		Missing: "59c0e53a2dc84f7791ecc1b3d6e51d5e", Malformed: "../schemas", Message: "must be an ID: letters, digits",
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
						mapping("_acme.timestamp", "timestamp * 1000", "EXPRESSION"),
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
					ConfigStateChecks: []statecheck.StateCheck{version(1), mapping("_acme.timestamp", "timestamp * 1", "EXPRESSION")},
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
			{"destination":"_acme.timestamp","source":"timestamp * 1000","sourceType":"EXPRESSION"}]}`, subject(world).RequestBody(t, http.MethodPost))
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

// Data Prep documents no way to delete a mapping set.
func TestDestroyWhereTheServiceCannotDelete(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{MappingSetDelete: simulator.MappingSetDeleteRefused})
	config := world.Config(with(email))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			{Config: config},
			{Config: config, Destroy: true},
			acctest.OnlyPlanned(config, address, plancheck.ResourceActionCreate), // it is no longer in the state
		},
	})
	require.Equal(t, 1, world.CallsTo(http.MethodDelete, collection))
	require.Len(t, world.Alive(simulator.KindMappingSet), 1)
}

// A refusal of the credentials says nothing about the delete, so the set stays in the state.
func TestDestroyWithoutPermission(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := world.Config(with(email, `name = "Shop"`))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig: func() {
					world.AddFault(simulator.Fault{
						Method: http.MethodDelete, Path: "*" + collection + "/*", Do: simulator.FaultAnswer, Status: http.StatusForbidden,
						Body: `{"error_code":"403025","message":"Profile is not valid"}`,
					})
				},
				Config: config, Destroy: true,
				ExpectError: acctest.Message("Unable to delete mapping set", `Mapping set "Shop":`, "code 403025", "has no product profile for Experience Platform"),
			},
			{PreConfig: world.ClearFaults, Config: config, ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionNoop)},
		},
	})
}

// Each mapping that the service would refuse is one error on its own key. Nothing is created or changed.
func TestInvalidMappingsAreFoundBeforehand(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	invalid := world.Config(with(`
    "_acme.email"       = { source = "data.identifiers.email" }
    "_acme.metric"      = { source = "nosuchfunction(metric)", source_type = "EXPRESSION" }
    "_acme.object_type" = { source = "metric +", source_type = "EXPRESSION" }
`))
	refused := resource.TestStep{
		PreConfig: world.ResetCalls, Config: invalid, ExpectError: acctest.Message("Invalid mapping", `"_acme.metric"`, "Data Prep does not accept the mapping into",
			"nosuchfunction", "This mapping set was not changed", "Invalid mapping", `"_acme.object_type"`, "This mapping set was not changed"),
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			refused,
			{
				PreConfig: func() { require.Zero(t, world.CallsTo(http.MethodPost, collection)) },
				Config:    world.Config(with(email)),
			},
			refused,
			{
				PreConfig: func() { require.Zero(t, world.CallsTo(http.MethodPut, collection)) },
				Config:    world.Config(with(email)), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionNoop),
			},
		},
	})
}

// If the service does not offer the validation, the write is refused.
func TestRefusalsWithoutValidation(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(simulator.Fault{Path: "*" + collection + "/validate", Do: simulator.FaultAnswer, Status: http.StatusMethodNotAllowed})
	long := world.Config(with(`"_acme.email" = { source = "`+strings.Repeat("x", 4097)+`" }`, `name = "Shop"`))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config: long,
				ExpectError: acctest.Message("Unable to create mapping set", `Mapping set "Shop": Adobe Data Prep answered POST /mappingSets with 400 (Bad Request)`,
					"the source of _acme.email is longer than 4096 characters", "(request ID"),
			},
			{Config: world.Config(with(email, `name = "Shop"`))},
			{
				Config: long,
				ExpectError: acctest.Message("Unable to update mapping set", `answered PUT /mappingSets/`, "400 (Bad Request)",
					"the source of _acme.email is longer than 4096 characters", "(request ID"),
			},
		},
	})
}

func TestTheLongestExpression(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{{ // counted in characters, not bytes
			Config:           world.Config(with(`"_acme.email" = { source_type = "EXPRESSION", source = "'` + strings.Repeat("ü", 4094) + `'" }`)),
			ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionCreate),
		}},
	})
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	const trimmed = "must not be empty, nor begin or end with white space"
	bad := func(line, message string) acctest.BadInput {
		return acctest.BadInput{Config: with(email, line), Line: line, Message: message}
	}
	// Terraform quotes no line within a map, so only the message names the mapping.
	mapping := func(mapping, message string) acctest.BadInput {
		return acctest.BadInput{Config: with(mapping), Line: "with " + address, Message: message}
	}
	twice := func(mapping, message string) acctest.BadInput {
		return acctest.BadInput{Config: config(`schema_id = "SCHEMA_ID"`, mapped(email, mapping)), Line: "with " + address, Message: message}
	}
	exactly := func(line, message string, attributes ...string) acctest.BadInput {
		return acctest.BadInput{Config: config(attributes...), Line: line, Message: message}
	}
	const block = `resource "customerio_mapping_set" "this"`
	acctest.New(t, simulator.Options{}).Refuses(t, map[string]acctest.BadInput{
		"nothing":         exactly(block, `The argument "mappings" is required`),
		"no schema":       exactly(block, `The argument "schema_id" is required`, mapped(email)),
		"no mapping":      exactly("mappings = {}", "Attribute mappings map must contain at least 1 elements", `schema_id = "SCHEMA_ID"`, `mappings = {}`),
		"empty name":      bad(`name = ""`, "Attribute name "+trimmed),
		"padded name":     bad(`name = "Shop "`, "Attribute name "+trimmed),
		"schema no URI":   exactly(`schema_id = "945546112b74"`, "Attribute schema_id must be an absolute", `schema_id = "945546112b74"`, mapped(email)),
		"version no type": bad(`schema_version = "1"`, "Attribute schema_version must be a media type with a version"),

		"duplicate, padded":       twice(`" _acme.email" = { source = "email" }`, `The mappings " _acme.email" and "_acme.email" fill the same field, _acme.email`),
		"duplicate, as a pointer": twice(`"/_acme.email" = { source = "email" }`, `The mappings "/_acme.email" and "_acme.email" fill the same field, _acme.email`),
		"duplicate, with spaces":  twice(`"_acme. email" = { source = "email" }`, `The mappings "_acme. email" and "_acme.email" fill the same field, _acme.email`),
		"padded destination":      mapping(`"_acme.email " = { source = "email" }`, `"_acme.email " is not an XDM path`),
		"leading dot":             mapping(`"._acme.email" = { source = "email" }`, `"._acme.email" is not an XDM path`),
		"trailing dot":            mapping(`"_acme." = { source = "email" }`, `"_acme." is not an XDM path`),
		"two dots":                mapping(`"_acme..email" = { source = "email" }`, `"_acme..email" is not an XDM path`),
		"empty destination":       mapping(`"" = { source = "email" }`, `"" is not an XDM path`),

		"no source":        {Config: with(`"_acme.email" = { name = "Email" }`), Line: "mappings = {", Message: `attribute "source" is required`},
		"empty source":     mapping(`"_acme.email" = { source = "" }`, `mappings["_acme.email"].source string length must be at least 1`),
		"blank source":     mapping(`"_acme.email" = { source = " " }`, "A path must not be blank, nor begin or end with white space"),
		"padded source":    mapping(`"_acme.email" = { source = "email " }`, "A path must not be blank, nor begin or end with white space"),
		"blank expression": mapping(`"_acme.email" = { source = " ", source_type = "EXPRESSION" }`, "An expression must not be blank"),
		"empty literal":    mapping(`"_acme.email" = { source = "", source_type = "STATIC" }`, `mappings["_acme.email"].source string length must be at least 1`),
		"unknown type":     mapping(`"_acme.email" = { source = "email", source_type = "text/x.schema-path" }`, `mappings["_acme.email"].source_type value must be one of: ["ATTRIBUTE" "EXPRESSION" "STATIC"]`),
		"lower-case type":  mapping(`"_acme.email" = { source = "email", source_type = "attribute" }`, `mappings["_acme.email"].source_type value must be one of`),
		"empty text":       mapping(`"_acme.email" = { source = "email", description = "" }`, `mappings["_acme.email"].description `+trimmed),
		"padded text":      mapping(`"_acme.email" = { source = "email", name = " Email" }`, `mappings["_acme.email"].name `+trimmed),
		"endless expression": mapping(`"_acme.email" = { source = "`+strings.Repeat("x", 4097)+`", source_type = "EXPRESSION" }`,
			"The expression has 4097 characters, and Data Prep takes at most 4096"),
	})
}
