# What a mapping set makes of a sample event, compared with what it should. The service maps the event and stores nothing.
terraform {
  required_version = ">= 1.8"
  required_providers {
    customerio = {
      source = "customerio-source/customerio"
    }
  }
}

variable "mapping_set_id" {
  description = "ID of the mapping set."
  type        = string
}

variable "event" {
  description = "Name of the event."
  type        = string
}

variable "expected" {
  description = "Values that the row should have, by target field."
  type        = map(string)
}

# For an event of your own, such as one that was not stored: event = file("${path.module}/event.json").
data "customerio_mapping_preview" "this" {
  mapping_set_id = var.mapping_set_id
  event          = provider::customerio::sample_event(var.event)
}

output "wrong" {
  description = "A sentence for each field that has another value."
  value = [
    for field, value in data.customerio_mapping_preview.this.values : "${field} is ${value}, and should be ${var.expected[field]}."
    if value != lookup(var.expected, field, value)
  ]
}

output "lost" {
  description = "A sentence for each mapping that fills no field."
  value       = [for field, reason in data.customerio_mapping_preview.this.lost : "${field} has no value. ${reason}"]
}
