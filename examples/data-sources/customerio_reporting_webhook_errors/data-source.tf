data "customerio_reporting_webhook" "shop" {
  name = "Shop to Adobe Experience Platform"
}

data "customerio_reporting_webhook_errors" "shop" {
  webhook_id = data.customerio_reporting_webhook.shop.id
}

# Warns in every plan and apply while Customer.io reports failed deliveries, or does not record them.
check "events_are_delivered" {
  assert {
    condition     = data.customerio_reporting_webhook_errors.shop.error_count == 0
    error_message = "Customer.io reports failed deliveries, or does not tell them."
  }
}
