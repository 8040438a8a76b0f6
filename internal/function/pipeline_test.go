package function_test

import (
	"crypto/sha256"
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
				Config: world.Config(everything("local.fields...")),
				Check: func(state *terraform.State) error {
					dataset := acctest.ID(state, "customerio_target_dataset.this")
					for _, event := range customerio.Events() {
						requireRow(t, world, dataset, event)
					}
					return nil
				},
			},
			acctest.NothingPlanned(world.Config(everything("local.fields..."))),
		},
	})
}

// everything is a pipeline for all events and all fields, with mappings of the chosen fields.
func everything(chosen string) string {
	var names, quoted []string
	for _, field := range customerio.EventFields() {
		names = append(names, field.Name)
	}
	for _, category := range customerio.EventCategories() {
		quoted = append(quoted, fmt.Sprintf("%q", category))
	}
	fields, _ := json.Marshal(names) // strings
	return strings.NewReplacer("CHOSEN", chosen, "FIELDS", string(fields), "CATEGORIES", strings.Join(quoted, ", ")).Replace(`
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
  mappings       = provider::customerio::event_mappings(customerio_target_schema.this.tenant_namespace, CHOSEN)
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

// What an event holds of a person becomes its hash, and what it does not hold becomes nothing.
func TestHashedFields(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := world.Config(everything(`"+hash:email", "+hash:recipient", "+hash:id", "+hash:push_device_id", "-cio_id", "-event_id"`))
	hash := func(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config: config,
				Check: func(state *terraform.State) error {
					emitted := map[string]string{
						"email_sent": `{"identifiers":{"id":" Jane42","email":"\tJane.Doe@Example.com "},"recipient":"Jane.Doe@Example.com"}`,
						"push_sent":  `{"identifiers":{"id":"","email":" "},"recipients":[{"device_id":"eeC2XC"},{"device_id":"other"}]}`,
						"sms_sent":   `{"identifiers":{"id":null},"recipient":"+15551234567"}`,
					}
					for event, data := range emitted {
						object, metric, _ := strings.Cut(event, "_")
						payload := map[string]any{"event_id": event, "object_type": object, "metric": metric, "timestamp": 1613063089, "data": json.RawMessage(data)}
						_, err := world.Emit(t.Context(), event, payload)
						require.NoError(t, err)
					}
					rows := map[any]any{}
					for _, row := range world.Rows(acctest.ID(state, "customerio_target_dataset.this")) {
						rows[row["_id"]] = row["_acme"]
					}
					always := func(object string, more map[string]any) map[string]any {
						maps.Copy(more, map[string]any{"object_type": object, "metric": "sent", "timestamp": 1613063089.0})
						return more
					}
					require.Equal(t, map[any]any{
						"email_sent": always("email", map[string]any{
							"id": hash("Jane42"), "email": hash("jane.doe@example.com"), "recipient": hash("jane.doe@example.com"),
						}),
						"push_sent": always("push", map[string]any{"push_device_id": hash("eeC2XC")}),
						"sms_sent":  always("sms", map[string]any{"recipient": hash("+15551234567")}),
					}, rows)
					return nil
				},
			},
			acctest.NothingPlanned(config),
		},
	})
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
		case []any: // the devices of a push, of which the first has fields
			for member, value := range value[0].(map[string]any) {
				values[map[string]string{
					"device_id": "push_device_id", "device_platform": "push_platform", "failure_message": "push_failure_message",
				}[member]] = value
			}
		default:
			values[name] = value
		}
	}
	return values
}
