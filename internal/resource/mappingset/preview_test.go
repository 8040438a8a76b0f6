package mappingset_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const preview = "data.customerio_mapping_preview.this"

func previewOf(arguments ...string) string {
	return acctest.Data("customerio_mapping_preview", arguments...)
}

func previewed(attribute string, want map[string]string) statecheck.StateCheck {
	texts := map[string]knownvalue.Check{}
	for key, text := range want {
		texts[key] = knownvalue.StringExact(text)
	}
	return statecheck.ExpectKnownValue(preview, tfjsonpath.New(attribute), knownvalue.MapExact(texts))
}

// The mappings of a configuration are tried on an event that has no value for one, and a value of the wrong kind for another.
func TestPreviewOfMappings(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := world.Config(previewOf(`schema_id = "SCHEMA_ID"`, `event = jsonencode({ event_id = "01E4", timestamp = "9007199254740993", metric = { name = "sent" }, ok = true })`,
		`mappings = {
			"_id"               = { source = "event_id" }
			"_acme.timestamp"   = { source = "timestamp", source_type = "ATTRIBUTE", name = "Time", description = "In seconds" }
			"_acme.object_type" = { source = "email", source_type = "STATIC" }
			"_acme.metric"      = { source = "metric" }
			"_acme.email"       = { source = "data.identifier.email" }
			"_acme.cio_id"      = { source = "lower(data.cio_id)", source_type = "EXPRESSION" }
			"_acme.id"          = { source = "lower(", source_type = "EXPRESSION" }
			"_acme.event_id"    = { source = "ok" }
		}`))
	notMapped := map[string]string{}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: config,
			Check: func(state *terraform.State) error {
				attributes := state.RootModule().Resources[preview].Primary.Attributes
				require.JSONEq(t, `{"_id":"01E4","_acme":{"timestamp":9007199254740993,"object_type":"email","event_id":"true"}}`, attributes["row"])
				require.Contains(t, attributes["row"], "9007199254740993")
				require.Equal(t, "application/vnd.adobe.xed-full+json;version=1", attributes["schema_version"])
				for name, text := range attributes {
					if destination, is := strings.CutPrefix(name, "errors."); is && destination != "%" {
						notMapped[destination] = text
						require.Equal(t, text, attributes["lost."+destination])
					}
				}
				require.Len(t, notMapped, 2)
				require.Contains(t, notMapped["_acme.metric"], "the field is a string, not")
				require.NotEmpty(t, notMapped["_acme.id"])
				return nil
			},
			ConfigStateChecks: []statecheck.StateCheck{
				previewed("values", map[string]string{"_id": "01E4", "_acme.timestamp": "9007199254740993", "_acme.object_type": "email", "_acme.event_id": "true"}),
				statecheck.ExpectKnownValue(preview, tfjsonpath.New("lost").AtMapKey("_acme.email"), knownvalue.StringExact("The event has no value at data.identifier.email.")),
				statecheck.ExpectKnownValue(preview, tfjsonpath.New("lost").AtMapKey("_acme.cio_id"),
					knownvalue.StringExact("The expression lower(data.cio_id) has no value for this event.")),
				statecheck.ExpectKnownValue(preview, tfjsonpath.New("lost"), knownvalue.MapSizeExact(4)),
			},
		}},
	})
	require.Zero(t, world.CallsTo(http.MethodPost, "/data/foundation"), "a preview writes nothing")
	require.Positive(t, world.CallsTo(http.MethodPost, "/mappingSets/preview"))
}

// What the schema has no field for is lost, whatever Data Prep says of it. The schema is read once for all previews.
func TestPreviewTellsFieldsThatTheSchemaDoesNotHave(t *testing.T) {
	t.Parallel()
	lost := func(world *acctest.World, key, reason string) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(preview, tfjsonpath.New("lost").AtMapKey(key),
			knownvalue.StringExact(fmt.Sprintf("The schema %s has no field %q%s", world.SchemaID, key, reason)))
	}
	for name, answer := range map[string]string{
		"told": "", "left out": `[{"data":{"_acme":{"metric":"sent"}},"errors":null}]`,
		"in the row": `[{"data":{"_acme":{"metric":"sent","emial":"x","email":["x"]}},"errors":null}]`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			world.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if answer == "" || !strings.HasSuffix(r.URL.Path, "/preview") {
					world.ServeHTTP(w, r)
					return
				}
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write([]byte(answer))
			}))
			const mappings = `mappings = {
				"_acme.metric"    = { source = "metric" }
				"_acme.emial"     = { source = "x", source_type = "STATIC" }
				"_acme.email[0]"  = { source = "x", source_type = "STATIC" }
				"_acme.timestamp" = { source = "timestamp * 1000" }
			}`
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				Steps: []resource.TestStep{{
					Config: world.Config(previewOf(`schema_id = "SCHEMA_ID"`, mappings, `event = jsonencode({ metric = "sent" })`)),
					ConfigStateChecks: []statecheck.StateCheck{
						previewed("values", map[string]string{"_acme.metric": "sent"}),
						lost(world, "_acme.emial", `. The nearest is "_acme.email". Correct the key, or add the field to the schema.`),
						lost(world, "_acme.email[0]", `, because "_acme.email" is no array. Remove the index.`),
						statecheck.ExpectKnownValue(preview, tfjsonpath.New("lost").AtMapKey("_acme.timestamp"),
							knownvalue.StringExact(`The event has no value at timestamp * 1000. For an expression, set source_type = "EXPRESSION".`)),
					},
				}},
			})
		})
	}
}

// A preview and a mapping set of the same mappings take the same version. A plan asks for it once, and once for the fields of a version other
// than the first.
func TestPreviewTakesTheVersionOfTheSchema(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	require.NoError(t, world.Update(simulator.KindSchema, world.SchemaID, func(body map[string]any) { body["version"] = "2.3" }))
	const second = "application/vnd.adobe.xed-full+json;version=2"
	mappings := `mappings = { "_acme.metric" = { source = "metric" } }`
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Write("main.tf", acctest.Required+world.Config(acctest.Resource("customerio_mapping_set", `schema_id = "SCHEMA_ID"`, mappings)+
		previewOf(`schema_id = "SCHEMA_ID"`, mappings, `event = jsonencode({ metric = "sent" })`)+`
output "versions" {
  value = [customerio_mapping_set.this.schema_version, data.customerio_mapping_preview.this.schema_version]
}`))
	w.Run("apply", "-auto-approve", "-no-color")
	require.JSONEq(t, `["`+second+`", "`+second+`"]`, w.Run("output", "-json", "versions"))
	world.ResetCalls()
	w.NothingToChange()
	require.Equal(t, 2, world.CallsTo(http.MethodGet, "/tenant/schemas/"))
}

// A mapping set that the same apply creates or changes is previewed as it will be then, and an older version as it was.
func TestPreviewOfAMappingSet(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := func(source string, arguments ...string) string {
		return world.Config(fmt.Sprintf(`
resource "customerio_mapping_set" "this" {
  schema_id = "SCHEMA_ID"
  mappings  = { "_acme.metric" = { source = %q } }
}
`, source) + previewOf(append(arguments, `mapping_set_id = customerio_mapping_set.this.id`, `event = jsonencode({ metric = "sent", object_type = "email" })`)...))
	}
	metric := func(text string, version int64) []statecheck.StateCheck {
		return []statecheck.StateCheck{
			previewed("values", map[string]string{"_acme.metric": text}), previewed("lost", nil), previewed("errors", nil),
			statecheck.ExpectKnownValue(preview, tfjsonpath.New("mapping_version"), knownvalue.Int64Exact(version)),
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: config("metric", `mapping_version = customerio_mapping_set.this.version`), ConfigStateChecks: metric("sent", 0)},
			{Config: config("object_type", `mapping_version = customerio_mapping_set.this.version`), ConfigStateChecks: metric("email", 1)},
			{Config: config("object_type"), ConfigStateChecks: metric("email", 1)},
			{Config: config("object_type", `mapping_version = 0`), ConfigStateChecks: metric("sent", 0)},
			{Config: config("object_type", `mapping_version = 7`), ExpectError: regexp.MustCompile(`has no version 7, or does\s+not exist`)},
		},
	})
}

// A plan reads a mapping set once: for itself if it manages it, or for all previews of it.
func TestPreviewsShareTheirReads(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config string
		reads  int
	}{
		"managed": {`
resource "customerio_mapping_set" "this" {
  schema_id = "SCHEMA_ID"
  mappings  = { "_acme.metric" = { source = "metric" } }
}
data "customerio_mapping_preview" "this" {
  for_each        = toset(["a", "b", "c"])
  mapping_set_id  = customerio_mapping_set.this.id
  mapping_version = each.key == "a" ? null : customerio_mapping_set.this.version
  event           = jsonencode({ metric = each.key })
}`, 2}, // the newest, and whether it is the newest
		"not managed": {`
data "customerio_mapping_preview" "this" {
  for_each        = toset(["a", "b", "c", "d", "e"])
  mapping_set_id  = "SET"
  mapping_version = contains(["a", "b"], each.key) ? null : 0
  event           = jsonencode({ metric = each.key })
}`, 2}, // the newest, and the version that was asked for
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			w := acctest.NewWorkspace(t, world.Credentials()...)
			id := world.MakeMappingSet(t, "Shop")
			require.NoError(t, world.Update(simulator.KindMappingSet, id, func(map[string]any) {})) // its newest version is 1
			w.Write("main.tf", acctest.Required+world.Config(strings.ReplaceAll(test.config, `"SET"`, `"`+id+`"`)))
			w.Run("apply", "-auto-approve", "-no-color")
			world.ResetCalls()
			w.NothingToChange()
			require.Equal(t, test.reads, world.CallsTo(http.MethodGet, "/conversion/mappingSets"))
			require.Equal(t, 1, world.CallsTo(http.MethodGet, "/tenant/schemas/"))
		})
	}
}

// The mappings of a resource and those of the function have the type of the argument.
func TestPreviewTakesMappingsFromWhereTheyAre(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: world.Config(`
resource "customerio_mapping_set" "this" {
  schema_id = "SCHEMA_ID"
  mappings  = provider::customerio::event_mappings("_acme", "email")
}
data "customerio_mapping_preview" "function" {
  schema_id = "SCHEMA_ID"
  mappings  = provider::customerio::event_mappings("_acme", "email")
  event     = provider::customerio::sample_event("email_clicked")
}
` + previewOf(`schema_id = "SCHEMA_ID"`, `mappings = customerio_mapping_set.this.mappings`, `event = provider::customerio::sample_event("email_clicked")`)),
			Check: resource.ComposeAggregateTestCheckFunc(
				resource.TestCheckResourceAttr(preview, "values._acme.email", "test@example.com"),
				resource.TestCheckResourceAttr(preview, "values.timestamp", "2021-02-11T17:04:49.000Z"),
				resource.TestCheckResourceAttr(preview, "lost.%", "0"),
				resource.TestCheckResourceAttrPair(preview, "row", "data.customerio_mapping_preview.function", "row"),
			),
		}},
	})
}

func TestPreviewRefusesAtPlan(t *testing.T) {
	t.Parallel()
	const event, schemaID, mappings = `event = "{}"`, `schema_id = "SCHEMA_ID"`, `mappings = { "_acme.metric" = { source = "metric" } }`
	set := `mapping_set_id = "` + strings.Repeat("0", 32) + `"`
	for name, test := range map[string]struct {
		arguments []string
		message   string
	}{
		"nothing":                {[]string{event}, "Neither is set"},
		"a schema alone":         {[]string{event, schemaID}, "`schema_id` is set, and `mappings` is not"},
		"mappings alone":         {[]string{event, mappings}, "Neither is set"},
		"both":                   {[]string{event, set, schemaID}, "Remove `schema_id`"},
		"a set and mappings":     {[]string{event, set, mappings}, "Remove `mappings`"},
		"a set and a version":    {[]string{event, set, `schema_version = "1.0"`}, "Remove `schema_version`"},
		"a version of no set":    {[]string{event, schemaID, mappings, `mapping_version = 0`}, "Remove `mapping_version`"},
		"no JSON":                {[]string{set, `event = "email_clicked"`}, "must be a JSON object"},
		"a list":                 {[]string{set, `event = "[]"`}, "must be a JSON object"},
		"no media type":          {[]string{event, schemaID, mappings, `schema_version = "one"`}, "must be a media type with a version"},
		"a padded source":        {[]string{event, schemaID, `mappings = { "_acme.metric" = { source = " metric" } }`}, "A path must not be blank"},
		"a padded destination":   {[]string{event, schemaID, `mappings = { " _acme.metric" = { source = "metric" } }`}, "is not an XDM path"},
		"no such set":            {[]string{event, set}, `Mapping set "0{32}": .*Check the ID`},
		"no such schema":         {[]string{event, `schema_id = "https://ns.adobe.com/acme/schemas/none"`, mappings}, "schemas/none is not found.*Check that the schema exists"},
		"no such version of one": {[]string{event, set, `mapping_version = 1`}, "has no version 1, or does not exist"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				Steps: []resource.TestStep{{
					Config: world.Config(previewOf(test.arguments...)), PlanOnly: true,
					ExpectError: regexp.MustCompile("(?s)" + strings.ReplaceAll(test.message, " ", `\s+`)),
				}},
			})
		})
	}
}

// What Data Prep answers in place of a row is told, and a row that lacks a value it had is told too.
func TestPreviewOfForeignAnswers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status  int
		body    string
		lost    map[string]string
		message string
	}{
		"a field that the schema does not have": {200, `{"data":{}}`, map[string]string{
			"_acme.metric": "There is a value, and the row does not have it. The schema may have no such field.",
		}, ""},
		"an error of the whole": {200, `[{"data":null,"errors":[{"exception":"no memory"}]}]`, map[string]string{
			"_acme.metric": "There is a value, and the row does not have it. The schema may have no such field.",
		}, ""},
		"no permission": {403, `{"type":"/placeholder/type/uri","status":403,"title":"ForbiddenError","detail":"no"}`, nil, "Unable to preview mapping set"},
		"no row":        {200, `[]`, nil, "it has 0 rows for one event"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			world.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !strings.HasSuffix(r.URL.Path, "/preview") {
					world.ServeHTTP(w, r)
					return
				}
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.body))
			}))
			step := resource.TestStep{Config: world.Config(previewOf(`schema_id = "SCHEMA_ID"`, `mappings = { "_acme.metric" = { source = "metric" } }`,
				`event = jsonencode({ metric = "sent" })`))}
			if test.message == "" {
				step.ConfigStateChecks = []statecheck.StateCheck{previewed("lost", test.lost)}
			} else {
				step.ExpectError = regexp.MustCompile(strings.ReplaceAll(test.message, " ", `\s+`))
			}
			resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acctest.Factories, Steps: []resource.TestStep{step}})
		})
	}
}
