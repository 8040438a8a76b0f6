variable "schema_id" {
  description = "$id of the XDM schema that the events are mapped to."
  type        = string
}

variable "dataset_id" {
  description = "Id of the dataset that the events are stored in. It must follow the schema."
  type        = string
}

variable "tenant_namespace" {
  description = "Namespace of your organisation's fields in the schema, with its underscore."
  type        = string
  default     = "_acme"
}

variable "name_prefix" {
  description = "Begins the names of all objects."
  type        = string
  default     = "Customer.io"
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

variable "events" {
  description = "Events that Customer.io reports: some of each of the seven categories of the source."
  type        = set(string)
  default = [
    "customer_subscribed", "customer_unsubscribed", "customer_subscription_preferences_changed",
    "email_sent", "email_delivered", "email_opened", "email_clicked", "email_bounced", "email_unsubscribed",
    "sms_sent", "sms_delivered", "sms_clicked", "sms_failed",
    "push_sent", "push_delivered", "push_opened", "push_failed",
    "in_app_sent", "in_app_opened", "in_app_clicked",
    "slack_sent", "slack_clicked", "slack_failed",
    "webhook_sent", "webhook_failed",
  ]
}
