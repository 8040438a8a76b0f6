terraform {
  required_providers {
    customerio = {
      source = "customerio-source/customerio"
    }
  }
}

variable "name" {
  description = "Prefix of the names of all objects. Must be unique in the sandbox, because titles of schemas are."
  type        = string
}

variable "event_categories" {
  description = "Categories of events that Customer.io reports."
  type        = list(string)
}

variable "deletion_protection" {
  description = "Whether to protect the dataset from deletion."
  type        = bool
}

resource "customerio_target_schema" "this" {
  title = "${var.name} events"
}

resource "customerio_target_dataset" "this" {
  name                = "${var.name} events"
  schema_id           = customerio_target_schema.this.id
  deletion_protection = var.deletion_protection
}

resource "customerio_source_connection" "this" {
  name = "${var.name} source"
}

resource "customerio_target_connection" "this" {
  name       = "${var.name} target"
  dataset_id = customerio_target_dataset.this.id
}

resource "customerio_mapping_set" "this" {
  name      = "${var.name} mapping"
  schema_id = customerio_target_schema.this.id
  mappings  = provider::customerio::event_mappings(customerio_target_schema.this.tenant_namespace)
}

resource "customerio_dataflow" "this" {
  name                 = "${var.name} dataflow"
  source_connection_id = customerio_source_connection.this.id
  target_connection_id = customerio_target_connection.this.id
  mapping_set_id       = customerio_mapping_set.this.id
  mapping_version      = customerio_mapping_set.this.version
}

resource "customerio_reporting_webhook" "this" {
  name     = "${var.name} to Adobe Experience Platform"
  endpoint = customerio_dataflow.this.webhook_url
  events   = provider::customerio::events(var.event_categories...)
}

output "dataflow_id" {
  description = "ID of the dataflow."
  value       = customerio_dataflow.this.id
}
