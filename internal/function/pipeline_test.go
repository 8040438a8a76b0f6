package function_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// Every event of the catalog is subscribed by the function events. Its sample goes over the webhook and through the mappings of all
// fields by the function event_mappings, and becomes a row with the values of the sample.
func TestEveryEventBecomesARow(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config: world.Config(everything()),
				Check: func(state *terraform.State) error {
					dataset := acctest.ID(state, "customerio_target_dataset.this")
					for _, event := range customerio.Events() {
						requireRow(t, world, dataset, event)
					}
					return nil
				},
			},
			acctest.NothingPlanned(world.Config(everything())),
		},
	})
}

func everything() string {
	var names, quoted []string
	for _, field := range customerio.EventFields() {
		names = append(names, field.Name)
	}
	for _, category := range customerio.EventCategories() {
		quoted = append(quoted, fmt.Sprintf("%q", category))
	}
	fields, _ := json.Marshal(names) // strings
	return strings.NewReplacer("FIELDS", string(fields), "CATEGORIES", strings.Join(quoted, ", ")).Replace(`
locals {
  fields = FIELDS
}
resource "customerio_target_schema" "this" {
  title        = "All"
  event_fields = local.fields
}
resource "customerio_target_dataset" "this" {
  name                = "All"
  schema_id           = customerio_target_schema.this.id
  schema_version      = customerio_target_schema.this.content_type
  deletion_protection = false
}
resource "customerio_source_connection" "this" {
  name = "All"
}
resource "customerio_target_connection" "this" {
  name           = "All"
  schema_id      = customerio_target_schema.this.id
  schema_version = customerio_target_schema.this.content_type
  dataset_id     = customerio_target_dataset.this.id
}
resource "customerio_mapping_set" "this" {
  schema_id      = customerio_target_schema.this.id
  schema_version = customerio_target_schema.this.content_type
  mappings       = provider::customerio::event_mappings(customerio_target_schema.this.tenant_namespace, local.fields...)
}
resource "customerio_dataflow" "this" {
  name                 = "All"
  source_connection_id = customerio_source_connection.this.id
  target_connection_id = customerio_target_connection.this.id
  mapping_set_id       = customerio_mapping_set.this.id
  mapping_version      = customerio_mapping_set.this.version
}
resource "customerio_reporting_webhook" "this" {
  name     = "All"
  endpoint = provider::customerio::webhook_url(customerio_dataflow.this.streaming_endpoint_url, customerio_dataflow.this.id)
  events   = provider::customerio::events(CATEGORIES)

  # Without these, some fields and all opens and clicks but the first would be missing: the samples share one delivery.
  with_content    = true
  full_resolution = true
}
`)
}

func requireRow(t *testing.T, world *acctest.World, dataset, event string) {
	t.Helper()
	var sample map[string]any
	require.NoError(t, json.Unmarshal([]byte(customerio.SampleEvent(event)), &sample))
	sample["event_id"] = event // tells the rows apart
	deliveries, err := world.Emit(t.Context(), event, sample)
	require.NoError(t, err, event)
	require.Len(t, deliveries, 1, event)
	require.Equal(t, 200, deliveries[0].Status, event)
	for _, row := range world.Rows(dataset) {
		if row["_id"] != event {
			continue
		}
		require.Equal(t, "2021-02-11T17:04:49.000Z", row["timestamp"], event)
		require.Equal(t, singleValues(sample), row["_acme"], event)
		return
	}
	require.Fail(t, "no row", event)
}

// singleValues are those of a sample by their names, which are unique. They are taken from the sample, not by the catalog of
// fields, so that a field with a wrong path is found.
func singleValues(sample map[string]any) map[string]any {
	values := map[string]any{}
	for name, value := range sample {
		switch value := value.(type) {
		case map[string]any:
			if name != "headers" { // a map with free keys
				maps.Copy(values, singleValues(value))
			}
		case []any: // the devices of a push
		default:
			values[name] = value
		}
	}
	return values
}
