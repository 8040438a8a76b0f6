# By ID, which the data source of the same name finds.
terraform import customerio_reporting_webhook.this 4
