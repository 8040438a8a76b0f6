terraform {
  required_version = ">= 1.8"
  required_providers {
    customerio = {
      source = "customerio-source/customerio"
    }
  }
}

provider "customerio" {} # credentials come from the environment

resource "customerio_target_schema" "this" {
  title = "Customer.io events"
}

resource "customerio_target_dataset" "this" {
  name      = "Customer.io events"
  schema_id = customerio_target_schema.this.id
}

resource "customerio_source_connection" "this" {
  name = "Customer.io source"
}

resource "customerio_target_connection" "this" {
  name       = "Customer.io target"
  dataset_id = customerio_target_dataset.this.id
}

resource "customerio_mapping_set" "this" {
  name      = "Customer.io mapping"
  schema_id = customerio_target_schema.this.id
  mappings  = provider::customerio::event_mappings(customerio_target_schema.this.tenant_namespace)
}

resource "customerio_dataflow" "this" {
  name                 = "Customer.io dataflow"
  source_connection_id = customerio_source_connection.this.id
  target_connection_id = customerio_target_connection.this.id
  mapping_set_id       = customerio_mapping_set.this.id
  mapping_version      = customerio_mapping_set.this.version # follows each change of the mappings
}

resource "customerio_reporting_webhook" "this" {
  name     = "Customer.io to Adobe Experience Platform"
  endpoint = customerio_dataflow.this.webhook_url
  events   = provider::customerio::events("customer", "email", "sms", "push", "in_app", "slack", "webhook")
}

output "dataset_id" {
  value = customerio_target_dataset.this.id
}
