# The dataset exists already. For one of the same configuration, use customerio_target_dataset.….id instead.
data "customerio_target_dataset" "events" {
  name = "Customer.io events"
}

resource "customerio_target_connection" "this" {
  name       = "Customer.io events"
  dataset_id = data.customerio_target_dataset.events.id
}
