resource "customerio_source_connection" "this" {
  name = "Customer.io"
}

resource "customerio_target_connection" "this" {
  name       = "Customer.io events"
  dataset_id = "63ec807d3f5ce91bd2d06c65"
  schema_id  = "https://ns.adobe.com/acme/schemas/945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
}

resource "customerio_mapping_set" "this" {
  schema_id = "https://ns.adobe.com/acme/schemas/945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
  mappings = {
    "_acme.email"  = { source = "data.identifiers.email" }
    "_acme.metric" = { source = "metric" }
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
