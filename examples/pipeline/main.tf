# Where the events come from. The Customer.io source needs no credentials, and so no base connection.
resource "customerio_source_connection" "this" {
  name        = "${var.name_prefix} source"
  description = "Message events of Customer.io"
}

# Where they go: a dataset that exists already, with its schema.
resource "customerio_target_connection" "this" {
  name       = "${var.name_prefix} target"
  schema_id  = var.schema_id
  dataset_id = var.dataset_id
}

# Which field of an event fills which field of the schema. The seven fields under the tenant namespace are those that
# Adobe's guide to the source calls mandatory.
resource "customerio_mapping_set" "this" {
  name      = "${var.name_prefix} mapping"
  schema_id = var.schema_id
  mappings = {
    "${var.tenant_namespace}.object_type" = { source = "object_type" }
    "${var.tenant_namespace}.id"          = { source = "data.identifiers.id" }
    "${var.tenant_namespace}.email"       = { source = var.email_source }
    "${var.tenant_namespace}.event_id"    = { source = "event_id" }
    "${var.tenant_namespace}.cio_id"      = { source = "data.identifiers.cio_id" }
    "${var.tenant_namespace}.metric"      = { source = "metric" }
    "${var.tenant_namespace}.timestamp"   = { source = "timestamp" }

    # What the ExperienceEvent class itself requires. Customer.io counts seconds, dformat milliseconds.
    "_id" = { source = "event_id" }
    "timestamp" = {
      source      = "dformat(timestamp * 1000, \"yyyy-MM-dd'T'HH:mm:ss.SSSX\")"
      source_type = "EXPRESSION"
    }
  }
}

# The stream. mapping_version makes it follow each change of the mappings in the same apply.
resource "customerio_dataflow" "this" {
  name                 = "${var.name_prefix} dataflow"
  source_connection_id = customerio_source_connection.this.id
  target_connection_id = customerio_target_connection.this.id
  mapping_set_id       = customerio_mapping_set.this.id
  mapping_version      = customerio_mapping_set.this.version
  state                = var.dataflow_state
}

# What makes Customer.io send events there.
resource "customerio_reporting_webhook" "this" {
  name     = "${var.name_prefix} to Adobe Experience Platform"
  endpoint = customerio_dataflow.this.webhook_url
  events   = var.events
}
