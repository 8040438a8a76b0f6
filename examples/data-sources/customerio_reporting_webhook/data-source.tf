data "customerio_reporting_webhook" "shop" {
  name = "Shop to Adobe Experience Platform"
}

# Warns in every plan while the webhook is disabled.
check "webhook_reports" {
  assert {
    condition     = !data.customerio_reporting_webhook.shop.disabled
    error_message = "The webhook is disabled."
  }
}
