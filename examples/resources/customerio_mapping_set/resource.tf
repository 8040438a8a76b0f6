# The schema exists already. For one of the same configuration, use customerio_target_schema.….id instead.
data "customerio_target_schema" "events" {
  title = "Customer.io events"
}

resource "customerio_mapping_set" "this" {
  name      = "Customer.io events"
  schema_id = data.customerio_target_schema.events.id
  mappings = {
    "_acme.email"  = { source = "data.identifiers.email" }
    "_acme.cio_id" = { source = "data.identifiers.cio_id" }
    "_acme.metric" = { source = "metric" }
    "_acme.origin" = { source = "customer.io", source_type = "STATIC" }
    "_id"          = { source = "event_id" }
    # Customer.io sends seconds; dformat expects milliseconds.
    "timestamp" = {
      source      = "dformat($${timestamp} * 1000, \"yyyy-MM-dd'T'HH:mm:ss.SSSX\")"
      source_type = "EXPRESSION"
    }
  }
}
