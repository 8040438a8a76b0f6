# A dataflow that is managed elsewhere or was created by hand.
data "customerio_dataflow" "shop" {
  name = "Customer.io"
}

resource "customerio_reporting_webhook" "shop" {
  name     = "Shop to Adobe Experience Platform"
  endpoint = data.customerio_dataflow.shop.webhook_url
  events   = ["email_sent", "email_delivered"]
}
