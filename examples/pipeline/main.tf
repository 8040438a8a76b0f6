# The schema of the records, and the dataset that stores them. A protected dataset is not destroyed.
resource "customerio_target_schema" "this" {
  title        = "${var.name} events"
  event_fields = var.event_fields
}

resource "customerio_target_dataset" "this" {
  name                = "${var.name} events"
  schema_id           = customerio_target_schema.this.id
  deletion_protection = var.deletion_protection
}

# Where events come from and where they go. The Customer.io source needs no credentials and therefore no base connection.
resource "customerio_source_connection" "this" {
  name = "${var.name} source"
}

resource "customerio_target_connection" "this" {
  name       = "${var.name} target"
  dataset_id = customerio_target_dataset.this.id
}

# Maps fields of an event to fields of the schema.
resource "customerio_mapping_set" "this" {
  name      = "${var.name} mapping"
  schema_id = customerio_target_schema.this.id
  mappings = merge(
    provider::customerio::event_mappings(customerio_target_schema.this.tenant_namespace, var.event_fields...),
    contains(customerio_target_schema.this.event_fields, "email") ? {
      "${customerio_target_schema.this.tenant_namespace}.email" = { source = var.email_source, source_type = "ATTRIBUTE" }
    } : {},
  )
}

# Connects all of the above. With mapping_version, it follows each change of the mappings in the same apply.
resource "customerio_dataflow" "this" {
  name                 = "${var.name} dataflow"
  source_connection_id = customerio_source_connection.this.id
  target_connection_id = customerio_target_connection.this.id
  mapping_set_id       = customerio_mapping_set.this.id
  mapping_version      = customerio_mapping_set.this.version
  state                = var.dataflow_state
}

# What makes Customer.io send events there.
resource "customerio_reporting_webhook" "this" {
  name     = "${var.name} to Adobe Experience Platform"
  endpoint = customerio_dataflow.this.webhook_url
  events   = provider::customerio::events(var.event_categories...)
}
