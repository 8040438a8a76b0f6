terraform {
  required_providers {
    customerio = {
      source = "customerio-source/customerio"
    }
  }
}

variable "secret" {
  type = string
}

resource "customerio_base_connection" "this" {
  name            = "Website"
  description     = "Of another source"
  connection_spec = { id = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb" }
  auth = {
    spec_name = "Streaming Connection"
    params    = var.secret
  }
}

resource "customerio_target_schema" "this" {
  title            = "Events"
  description      = "Message events"
  event_fields     = ["email", "metric", "timestamp"]
  primary_identity = { field = "email", namespace = "Email" }
  additional_fields = {
    brand = { type = "string", title = "Brand", description = "Which shop" }
  }
}

resource "customerio_target_dataset" "this" {
  name              = "Events"
  schema_id         = customerio_target_schema.this.id
  error_diagnostics = true
  tags              = { team = ["crm"] }
}

resource "customerio_source_connection" "this" {
  name         = "Events"
  sandbox_name = "dev"
}

resource "customerio_target_connection" "this" {
  name       = "Events"
  dataset_id = customerio_target_dataset.this.id
}

resource "customerio_mapping_set" "this" {
  name      = "Events"
  schema_id = customerio_target_schema.this.id
  mappings = {
    "_acme.email"     = { source = "data.identifiers.email", name = "Email", description = "Of the person" }
    "_acme.metric"    = { source = "upper(metric)", source_type = "EXPRESSION" }
    "_acme.brand"     = { source = "Shop", source_type = "STATIC" }
    "_acme.timestamp" = { source = "timestamp" }
  }
}

resource "customerio_dataflow" "this" {
  name                 = "Events"
  state                = "disabled"
  source_connection_id = customerio_source_connection.this.id
  target_connection_id = customerio_target_connection.this.id
  mapping_set_id       = customerio_mapping_set.this.id
  mapping_version      = customerio_mapping_set.this.version
  timeouts             = { create = "5m" }
}

resource "customerio_reporting_webhook" "this" {
  name            = "Events"
  endpoint        = customerio_dataflow.this.webhook_url
  events          = ["email_sent", "email_opened"]
  full_resolution = true
}
