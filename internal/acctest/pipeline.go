package acctest

import "strings"

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
