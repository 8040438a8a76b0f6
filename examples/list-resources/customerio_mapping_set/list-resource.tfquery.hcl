list "customerio_mapping_set" "all" {
  provider = customerio
  limit    = 1000
}
