import {
  to = customerio_reporting_webhook.this
  id = "4"
}
