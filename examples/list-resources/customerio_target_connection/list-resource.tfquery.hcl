list "customerio_target_connection" "events" {
  provider = customerio

  config {
    dataset_id = "63ec807d3f5ce91bd2d06c65"
  }
}
