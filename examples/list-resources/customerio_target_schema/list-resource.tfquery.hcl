list "customerio_target_schema" "events" {
  provider = customerio

  config {
    title = "Customer.io events"
  }
}
