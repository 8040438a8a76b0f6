terraform {
  required_providers {
    customerio = {
      source = "customerio-source/customerio"
    }
  }
}

variable "first" { type = number }
variable "n" { type = number }
variable "revision" { type = number }
variable "schema_id" { type = string }
variable "dataset_id" { type = string }

locals {
  pipelines = { for i in range(var.first, var.first + var.n) : format("%04d", i) => "${format("%04d", i)}, revision ${var.revision}" }
  mappings  = provider::customerio::event_mappings("_acme")
  events    = provider::customerio::events("email")
}

resource "customerio_source_connection" "this" {
  for_each = local.pipelines
  name     = "Source ${each.value}"
}

resource "customerio_target_connection" "this" {
  for_each   = local.pipelines
  name       = "Target ${each.value}"
  schema_id  = var.schema_id
  dataset_id = var.dataset_id
}

resource "customerio_mapping_set" "this" {
  for_each  = local.pipelines
  name      = "Mappings ${each.value}"
  schema_id = var.schema_id
  mappings  = local.mappings
}

resource "customerio_dataflow" "this" {
  for_each             = local.pipelines
  name                 = "Dataflow ${each.value}"
  source_connection_id = customerio_source_connection.this[each.key].id
  target_connection_id = customerio_target_connection.this[each.key].id
  mapping_set_id       = customerio_mapping_set.this[each.key].id
  mapping_version      = customerio_mapping_set.this[each.key].version
}

resource "customerio_reporting_webhook" "this" {
  for_each = local.pipelines
  name     = "Webhook ${each.value}"
  endpoint = customerio_dataflow.this[each.key].webhook_url
  events   = local.events
}
