import {
  to = customerio_reporting_webhook.this
  identity = {
    id     = "4"
    region = "us"
  }
}
