list "customerio_dataflow" "shop" {
  provider = customerio

  config {
    name_pattern = "^Shop "
    state        = "enabled"
  }
}
