list "customerio_reporting_webhook" "shop" {
  provider = customerio

  config {
    name_pattern = "(?i)shop"
  }
}
