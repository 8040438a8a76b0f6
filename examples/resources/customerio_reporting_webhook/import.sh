# By its id, which the address of the webhook in Customer.io's console ends with.
terraform import customerio_reporting_webhook.this 4
