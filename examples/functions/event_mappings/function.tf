resource "customerio_target_schema" "this" {
  title = "Shop events"
  event_fields = [
    "object_type", "id", "email", "event_id", "metric", "timestamp", "subject", "push_platform",
  ]
  additional_fields = {
    channel = { type = "string" }
  }
}

resource "customerio_mapping_set" "this" {
  schema_id = customerio_target_schema.this.id

  # The default fields without cio_id, two more, the hash of the email address instead of the
  # address, and a custom field.
  mappings = merge(
    provider::customerio::event_mappings(
      customerio_target_schema.this.tenant_namespace,
      "-cio_id", "+subject", "+push_platform", "+hash:email",
    ),
    {
      "${customerio_target_schema.this.tenant_namespace}.channel" = {
        source      = "upper(object_type)"
        source_type = "EXPRESSION"
      }
    },
  )
}

# Bare names replace the default fields.
output "two_fields" {
  value = provider::customerio::event_mappings("_acme", "email", "subject")
}

# Outputs:
# two_fields = tomap({
#   "_acme.email" = {
#     "source" = "data.identifiers.email"
#     "source_type" = "ATTRIBUTE"
#   }
#   "_acme.subject" = {
#     "source" = "data.subject"
#     "source_type" = "ATTRIBUTE"
#   }
#   "_id" = {
#     "source" = "event_id"
#     "source_type" = "ATTRIBUTE"
#   }
#   "timestamp" = {
#     "source" = "dformat(${timestamp} * 1000, \"yyyy-MM-dd'T'HH:mm:ss.SSSX\")"
#     "source_type" = "EXPRESSION"
#   }
# })
