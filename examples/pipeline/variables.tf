variable "name" {
  description = "Begins the names of all objects."
  type        = string
  default     = "Customer.io"
}

variable "event_categories" {
  description = "Categories of events that Customer.io reports."
  type        = list(string)
  default     = ["customer", "email", "sms", "push", "in_app", "slack", "webhook", "whatsapp"]
}

variable "event_fields" {
  description = "Fields of the events to store: those that Adobe's guide calls mandatory, and what tells messages apart."
  type        = list(string)
  default = [
    "event_id", "object_type", "metric", "timestamp", "id", "email", "cio_id",
    "delivery_id", "campaign_id", "newsletter_id", "recipient", "subject", "href", "failure_message",
  ]
}

variable "email_source" {
  description = "Field of the event that holds the customer's e-mail address."
  type        = string
  default     = "data.identifiers.email"
}

variable "dataflow_state" {
  description = "Whether events are stored: enabled or disabled."
  type        = string
  default     = "enabled"
}

variable "deletion_protection" {
  description = "Whether a destroy leaves the dataset, with its data and its schema, alone."
  type        = bool
  default     = true
}
