# The smallest complete pipeline.
terraform {
  required_version = ">= 1.8"
  required_providers {
    customerio = {
      source = "customerio-source/customerio"
    }
  }
}

provider "customerio" {}

variable "fields" {
  description = "Fields of the events to store."
  type        = list(string)
  default     = ["email", "metric", "event_id", "timestamp"]
}

variable "categories" {
  description = "Categories of events that Customer.io reports."
  type        = list(string)
  default     = ["email"]

  validation {
    condition     = !contains(var.categories, "webhook")
    error_message = "Webhook events are not for this dataset."
  }
}

resource "customerio_target_schema" "this" {
  title        = "Tested"
  event_fields = var.fields
}

resource "customerio_target_dataset" "this" {
  name                = "Tested"
  schema_id           = customerio_target_schema.this.id
  deletion_protection = false
}

resource "customerio_source_connection" "this" {
  name = "Tested"
}

resource "customerio_target_connection" "this" {
  name       = "Tested"
  dataset_id = customerio_target_dataset.this.id
}

resource "customerio_mapping_set" "this" {
  schema_id = customerio_target_schema.this.id
  mappings  = provider::customerio::event_mappings(customerio_target_schema.this.tenant_namespace, var.fields...)
}

resource "customerio_dataflow" "this" {
  name                 = "Tested"
  source_connection_id = customerio_source_connection.this.id
  target_connection_id = customerio_target_connection.this.id
  mapping_set_id       = customerio_mapping_set.this.id
  mapping_version      = customerio_mapping_set.this.version
}

resource "customerio_reporting_webhook" "this" {
  name     = "Tested"
  endpoint = customerio_dataflow.this.webhook_url
  events   = provider::customerio::events(var.categories...)
}
