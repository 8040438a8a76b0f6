package acctest

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Pipeline is the configuration of everything that a dataflow needs, and the dataflow "this" with the given attributes.
func Pipeline(dataflow ...string) string {
	return strings.Replace(`
resource "customerio_source_connection" "this" {
  name = "Source"
}
resource "customerio_target_connection" "this" {
  name       = "Target"
  schema_id  = "SCHEMA_ID"
  dataset_id = "DATASET_ID"
}
resource "customerio_mapping_set" "this" {
  schema_id = "SCHEMA_ID"
  mappings = {
    "_acme.email"  = { source = "data.identifiers.email" }
    "_acme.metric" = { source = "metric" }
  }
}
resource "customerio_dataflow" "this" {
  source_connection_id = customerio_source_connection.this.id
  target_connection_id = customerio_target_connection.this.id
  mapping_set_id       = customerio_mapping_set.this.id
  mapping_version      = customerio_mapping_set.this.version
  ATTRIBUTES
}
`, "ATTRIBUTES", strings.Join(dataflow, "\n  "), 1)
}

// WholePipeline is [Pipeline] from a schema and a dataset of its own, which nothing protects, to a webhook.
func WholePipeline() string {
	own := strings.NewReplacer(`"SCHEMA_ID"`, "customerio_target_schema.this.id", `"DATASET_ID"`, "customerio_target_dataset.this.id")
	return `
resource "customerio_target_schema" "this" {
  title        = "Events"
  event_fields = ["email", "metric"]
}
resource "customerio_target_dataset" "this" {
  name                = "Events"
  schema_id           = customerio_target_schema.this.id
  deletion_protection = false
}
` + own.Replace(Pipeline(`name = "Shop"`)) + `
resource "customerio_reporting_webhook" "this" {
  name     = "Shop"
  endpoint = customerio_dataflow.this.webhook_url
  events   = ["email_sent"]
}
`
}

// With is a configuration with another value of an argument in the resource "this" of a type.
func With(t *testing.T, config, typeName, argument, value string) string {
	t.Helper()
	head := `resource "customerio_` + typeName + `" "this" {` + "\n"
	before, after, found := strings.Cut(config, head)
	require.True(t, found, head)
	arguments, rest, _ := strings.Cut(after, "\n}\n")
	one := regexp.MustCompile(`(?m)^  ` + argument + ` += (\{\n(    .*\n)*  \}|.*)\n`)
	return before + head + one.ReplaceAllString(arguments+"\n", "") + "  " + argument + " = " + value + "\n}\n" + rest
}
