resource "customerio_target_schema" "this" {
  title = "Shop events"
  additional_fields = {
    channel = { type = "string" }
  }
}

resource "customerio_mapping_set" "this" {
  schema_id = customerio_target_schema.this.id

  # The mandatory fields and a custom one.
  mappings = merge(
    provider::customerio::event_mappings(customerio_target_schema.this.tenant_namespace),
    {
      "${customerio_target_schema.this.tenant_namespace}.channel" = {
        source      = "upper(object_type)"
        source_type = "EXPRESSION"
      }
    },
  )
}
