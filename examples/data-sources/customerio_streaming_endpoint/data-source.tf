# A dataflow that is managed elsewhere or was created by hand.
data "customerio_streaming_endpoint" "shop" {
  dataflow_id = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
}

resource "customerio_reporting_webhook" "shop" {
  name     = "Shop to Adobe Experience Platform"
  endpoint = data.customerio_streaming_endpoint.shop.webhook_url
  events   = ["email_sent", "email_delivered"]
}
