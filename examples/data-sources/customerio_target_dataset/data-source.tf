data "customerio_target_dataset" "this" {
  name = "Customer.io events"
}

resource "customerio_target_connection" "this" {
  name           = "Customer.io events"
  dataset_id     = data.customerio_target_dataset.this.id
  schema_id      = data.customerio_target_dataset.this.schema_id
  schema_version = data.customerio_target_dataset.this.schema_version
}
