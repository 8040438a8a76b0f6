variable "regions" {
  description = "Sandbox of each region, and its streams with the categories of events of each."
  type = map(object({
    sandbox_name = string
    streams      = map(list(string))
  }))
  default = {
    us = {
      sandbox_name = "prod"
      streams = {
        messages      = ["email", "sms", "push"]
        subscriptions = ["customer"]
      }
    }
    eu = {
      sandbox_name = "stage"
      streams = {
        messages = ["email"]
      }
    }
  }
}

variable "app_api_keys" {
  description = "App API key of the workspace in each region."
  type        = map(string)
  sensitive   = true
}

variable "deletion_protection" {
  description = "Whether to protect the datasets from deletion."
  type        = bool
  default     = true
}
