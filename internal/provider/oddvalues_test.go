package provider_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// odd is a configuration with a value that no service takes.
type odd struct {
	// config has SCHEMA_ID for a schema.
	config string
	// summary and told are what the one error says.
	summary, told string
}

// refusesOdd wants one error from the plan of each configuration, in our words, on a line that has the attribute's name.
func refusesOdd(t *testing.T, cases map[string]odd) {
	t.Helper()
	world := acctest.New(t, simulator.Options{})
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorkspace(t, world.Credentials()...)
			w.Write("main.tf", acctest.Required+world.Config(cases[name].config))
			output, err := w.Try("plan", "-json")
			require.Error(t, err, output)
			found := slices.Compact(told(t, output)) // Terraform validates twice
			require.Len(t, found, 1, "%v", found)
			require.Equal(t, "error", found[0].Severity)
			require.Equal(t, cases[name].summary, found[0].Summary)
			require.Contains(t, found[0].Detail, cases[name].told)
			require.NotRegexp(t, regexp.MustCompile(`(?i)conversion|report this|big\.Float`), found[0].Detail)
		})
	}
	require.Zero(t, world.CallsTo("POST", "/data/foundation"))
}

// with are the arguments of a reporting webhook, of a dataset and of a mapping set, and the one under test.
func webhookWith(argument string) string {
	return acctest.Resource("customerio_reporting_webhook", `name = "Shop"`, `endpoint = "https://example.com/events"`, argument)
}

func datasetWith(argument string) string {
	return acctest.Resource("customerio_target_dataset", `name = "Events"`, `schema_id = "SCHEMA_ID"`, argument)
}

func mappingsWith(argument string) string {
	return acctest.Resource("customerio_mapping_set", `schema_id = "SCHEMA_ID"`, argument)
}

func TestNullElementsAreRefusedInOurWords(t *testing.T) {
	t.Parallel()
	null := func(config, element string) odd {
		return odd{config, "Null element", element + " is null, and every element must have a value."}
	}
	cases := map[string]odd{
		"event":                  null(webhookWith(`events = [null]`), "An element of events"),
		"event among others":     null(webhookWith(`events = ["email_sent", null]`), "An element of events"),
		"values of a tag":        null(datasetWith(`tags = { team = null }`), `Element "team" of tags`),
		"value of a tag":         null(datasetWith(`tags = { team = ["a", null] }`), `Element 1 of tags["team"]`),
		"event field":            null(acctest.Resource("customerio_target_schema", `title = "Shop"`, `event_fields = ["email", null]`), "An element of event_fields"),
		"additional field":       null(acctest.Resource("customerio_target_schema", `title = "Shop"`, `additional_fields = { a = null }`), `Element "a" of additional_fields`),
		"mapping":                null(mappingsWith(`mappings = { "_acme.email" = null }`), `Element "_acme.email" of mappings`),
		"mapping of a preview":   null(acctest.Data("customerio_mapping_preview", `schema_id = "SCHEMA_ID"`, `event = "{}"`, `mappings = { "_acme.email" = null }`), `Element "_acme.email" of mappings`),
		"category of the events": null(acctest.Data("customerio_event_catalog", `categories = [null]`), "An element of categories"),
	}
	refusesOdd(t, cases)
	world := acctest.New(t, simulator.Options{})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Write("main.tf", acctest.Required+strings.Replace(world.Config(mappingsWith(`mappings = { "_acme.email" = { source = "metric" } }`)),
		"adobe = {", "adobe = {\n    scopes = [\"openid\", null]", 1))
	output, err := w.Try("plan", "-json")
	require.Error(t, err)
	require.Contains(t, output, "Element 1 of adobe.scopes is null")
}

func TestControlCharactersAreRefused(t *testing.T) {
	t.Parallel()
	cases := map[string]odd{}
	const name, text = "nor have line breaks or other control characters;", "nor have control characters other than line breaks and tabs;"
	for resource, with := range map[string]func(string) string{
		"source connection": func(argument string) string { return acctest.Resource("customerio_source_connection", argument) },
		"mapping set": func(argument string) string {
			return mappingsWith(`mappings = { "_acme.email" = { source = "metric" } }` + "\n  " + argument)
		},
		"webhook": func(argument string) string {
			return acctest.Resource("customerio_reporting_webhook", `events = ["email_sent"]`, `endpoint = "https://example.com/events"`, argument)
		},
	} {
		for kind, value := range map[string]string{"newline": `Shop\nStore`, "tab": `Shop\tStore`, "NUL": `Shop\u0000`, "escape": `\u001b[1mShop`} {
			cases[resource+" with a "+kind] = odd{with(`name = "` + value + `"`), "Invalid Attribute Value", name}
		}
	}
	cases["description"] = odd{datasetWith(`description = "a\u0000b"`), "Invalid Attribute Value", text}
	cases["title"] = odd{acctest.Resource("customerio_target_schema", `title = "Shop\nStore"`), "Invalid Attribute Value", name}
	cases["title of a field"] = odd{
		acctest.Resource("customerio_target_schema", `title = "Shop"`, `additional_fields = { a = { type = "string", title = "a\nb" } }`), "Invalid Attribute Value", name,
	}
	cases["name of a mapping"] = odd{mappingsWith(`mappings = { "_acme.email" = { source = "metric", name = "a\nb" } }`), "Invalid Attribute Value", name}
	cases["tag"] = odd{datasetWith(`tags = { "a\nb" = ["c"] }`), "Invalid Attribute Value Match", name}
	refusesOdd(t, cases)
}
