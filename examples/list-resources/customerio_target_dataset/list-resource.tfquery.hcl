list "customerio_target_dataset" "stage" {
  provider = customerio

  config {
    sandbox_name = "stage"
  }
}
