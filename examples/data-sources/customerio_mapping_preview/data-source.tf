data "customerio_target_schema" "events" {
  title = "Customer.io events"
}

# The row that the mappings of a configuration create from an event. No dataflow uses them yet.
data "customerio_mapping_preview" "clicked" {
  schema_id = data.customerio_target_schema.events.id
  mappings  = provider::customerio::event_mappings(data.customerio_target_schema.events.tenant_namespace)
  event     = provider::customerio::sample_event("email_clicked")
}

check "mappings" {
  assert {
    condition     = data.customerio_mapping_preview.clicked.values["_acme.email"] == "test@example.com"
    error_message = "_acme.email should be the customer's email address."
  }
  assert {
    condition     = length(data.customerio_mapping_preview.clicked.lost) == 0
    error_message = "Mappings without a value: ${jsonencode(data.customerio_mapping_preview.clicked.lost)}"
  }
}

# The row that the newest version of an existing mapping set creates from an event.
data "customerio_mapping_preview" "sent" {
  mapping_set_id = "59c0e53a2dc84f7791ecc1b3d6e51d5e"
  event          = provider::customerio::sample_event("email_sent")
}

output "metric" {
  value = jsondecode(data.customerio_mapping_preview.sent.row)._acme.metric
}
