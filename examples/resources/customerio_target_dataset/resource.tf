resource "customerio_target_schema" "this" {
  title = "Shop events"
}

resource "customerio_target_dataset" "this" {
  name      = "Shop events"
  schema_id = customerio_target_schema.this.id
  tags      = { owner = ["crm"] }

  # The default: the dataset and its data cannot be deleted.
  deletion_protection = true
}
