resource "customerio_target_schema" "this" {
  title = "Shop events"
}

resource "customerio_target_dataset" "this" {
  name           = "Shop events"
  schema_id      = customerio_target_schema.this.id
  schema_version = customerio_target_schema.this.content_type
  tags           = { owner = ["crm"] }

  # The default: the dataset and its data cannot be deleted.
  deletion_protection = true
}
