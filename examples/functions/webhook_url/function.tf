variable "streaming_endpoint_url" {
  description = "Streaming endpoint of a dataflow that was created in the Experience Platform UI."
  type        = string
  sensitive   = true
  default     = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80b145566f52ed74d570505bd2e82463f3"
}

resource "customerio_reporting_webhook" "this" {
  name     = "To Adobe Experience Platform"
  endpoint = provider::customerio::webhook_url(var.streaming_endpoint_url, "4982698b-e6b3-48c2-8dcf-040e20121fd2")
  events   = ["email_sent"]
}

# Sensitive if the endpoint is. Here it is only a sample.
output "webhook_url" {
  value = provider::customerio::webhook_url("https://dcs.adobedc.net/collection/e75d", "4982698b-e6b3-48c2-8dcf-040e20121fd2")
}

# Outputs:
# webhook_url = "https://dcs.adobedc.net/collection/e75d?x-adobe-flow-id=4982698b-e6b3-48c2-8dcf-040e20121fd2"
