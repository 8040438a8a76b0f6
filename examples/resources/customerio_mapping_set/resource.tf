resource "customerio_mapping_set" "this" {
  name      = "Customer.io events"
  schema_id = "https://ns.adobe.com/acme/schemas/945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
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
