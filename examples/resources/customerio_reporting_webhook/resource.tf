variable "dataflow_id" {
  type = string
}

# For a dataflow of the same configuration, use customerio_dataflow.….webhook_url instead.
data "customerio_streaming_endpoint" "this" {
  dataflow_id = var.dataflow_id
}

resource "customerio_reporting_webhook" "this" {
  name            = "Adobe Experience Platform"
  endpoint        = data.customerio_streaming_endpoint.this.webhook_url
  events          = ["customer_subscribed", "customer_unsubscribed", "email_sent", "email_opened"]
  full_resolution = true # every open, not only the first of each message
}
