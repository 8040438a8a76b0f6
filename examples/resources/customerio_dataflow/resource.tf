# The dataset exists already. For one of the same configuration, use customerio_target_dataset.….id instead.
data "customerio_target_dataset" "events" {
  name = "Customer.io events"
}

resource "customerio_source_connection" "this" {
  name = "Customer.io"
}

resource "customerio_target_connection" "this" {
  name       = "Customer.io events"
  dataset_id = data.customerio_target_dataset.events.id
}

resource "customerio_mapping_set" "this" {
  schema_id = data.customerio_target_dataset.events.schema_id
  mappings = {
    "_acme.email"  = { source = "data.identifiers.email" }
    "_acme.metric" = { source = "metric" }
    # Required: a record without them is not stored.
    "_id" = { source = "event_id" }
    "timestamp" = {
      source      = "dformat($${timestamp} * 1000, \"yyyy-MM-dd'T'HH:mm:ss.SSSX\")"
      source_type = "EXPRESSION"
    }
  }
}

resource "customerio_dataflow" "this" {
  name                 = "Customer.io"
  source_connection_id = customerio_source_connection.this.id
  target_connection_id = customerio_target_connection.this.id
  mapping_set_id       = customerio_mapping_set.this.id
  mapping_version      = customerio_mapping_set.this.version # follows each change of the mappings

  timeouts = {
    create = "15m"
  }
}
