variable "webhook_url" {
  description = "URL of a webhook that was created by hand."
  type        = string
  sensitive   = true
  default     = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80b145566f52ed74d570505bd2e82463f3?x-adobe-flow-id=4982698b-e6b3-48c2-8dcf-040e20121fd2"
}

# The dataflow that receives the events.
output "dataflow_id" {
  value = nonsensitive(provider::customerio::parse_webhook_url(var.webhook_url).dataflow_id)
}

# Outputs:
# dataflow_id = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
