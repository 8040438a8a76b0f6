variable "name" {
  description = "Prefix of the names of all objects."
  type        = string
  default     = "Customer.io"
}

variable "event_categories" {
  description = "Categories of events that Customer.io reports."
  type        = list(string)
  default     = ["customer", "email", "sms", "push", "in_app", "slack", "webhook", "whatsapp"]
}

variable "event_fields" {
  description = "Event fields to store: the ones that Adobe's guide calls mandatory, and the ones that identify a message."
  type        = list(string)
  default = [
    "event_id", "object_type", "metric", "timestamp", "id", "email", "cio_id",
    "delivery_id", "campaign_id", "newsletter_id", "recipient", "subject", "href", "failure_message",
  ]
}

variable "email_source" {
  description = "Event field with the customer's email address."
  type        = string
  default     = "data.identifiers.email"
}

variable "dataflow_state" {
  description = "State of the dataflow: enabled or disabled."
  type        = string
  default     = "enabled"
}

variable "deletion_protection" {
  description = "Whether to protect the dataset from deletion."
  type        = bool
  default     = true
}
