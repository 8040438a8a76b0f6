resource "customerio_target_schema" "this" {
  title = "Shop events"
}

resource "customerio_target_dataset" "this" {
  name           = "Shop events"
  schema_id      = customerio_target_schema.this.id
  schema_version = customerio_target_schema.this.content_type
  tags           = { owner = ["crm"] }

  # The default. A destroy then leaves the dataset and its data alone.
  deletion_protection = true
}
