data "customerio_reporting_webhook" "shop" {
  name = "Shop to Adobe Experience Platform"
}

# A warning in every plan while somebody keeps it switched off.
check "webhook_reports" {
  assert {
    condition     = !data.customerio_reporting_webhook.shop.disabled
    error_message = "The webhook is disabled: no events reach Adobe Experience Platform."
  }
}
