list "customerio_source_connection" "new" {
  provider = customerio

  config {
    created_after = "2026-09-01T00:00:00Z"
  }
}
