package mappingset_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

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

// The plan could not know the fields of a schema that the same apply creates.
func TestTheApplyNamesTheNearestField(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{{
			Config: world.Config(growing(`["email", "subject"]`, "subjct")),
			ExpectError: acctest.Message("Invalid mapping", `Data Prep does not accept the mapping into "_acme.subjct": the schema has no field _acme.subjct`,
				`The nearest is "_acme.subject"`, "Correct the key", "This mapping set was not changed"),
		}},
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
		"blank name":      bad(`name = " "`, "Attribute name "+trimmed),
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
		"blank text":       mapping(`"_acme.email" = { source = "email", description = " " }`, `mappings["_acme.email"].description `+trimmed),
		"padded text":      mapping(`"_acme.email" = { source = "email", name = " Email" }`, `mappings["_acme.email"].name `+trimmed),
		"endless expression": mapping(`"_acme.email" = { source = "`+strings.Repeat("x", 4097)+`", source_type = "EXPRESSION" }`,
			"The expression has 4097 characters, and Data Prep takes at most 4096"),
	})
}
