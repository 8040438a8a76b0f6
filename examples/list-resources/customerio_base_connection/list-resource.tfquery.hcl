list "customerio_base_connection" "all" {
  provider = customerio

  config {
    include_unrelated = true
  }
}
