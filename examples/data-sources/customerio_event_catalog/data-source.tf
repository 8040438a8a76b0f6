data "customerio_event_catalog" "messages" {
  categories = ["email", "sms"]
}

resource "customerio_reporting_webhook" "this" {
  name     = "Messages"
  endpoint = "https://example.com/webhook"
  events   = data.customerio_event_catalog.messages.events
}
