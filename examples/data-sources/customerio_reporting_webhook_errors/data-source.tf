data "customerio_reporting_webhook_errors" "shop" {
  webhook_id = "42"
}

# Warns in every plan and apply while Customer.io reports failed deliveries, or keeps none to report.
check "events_are_delivered" {
  assert {
    condition     = data.customerio_reporting_webhook_errors.shop.error_count == 0
    error_message = "Customer.io reports failed deliveries, or does not tell them."
  }
}
