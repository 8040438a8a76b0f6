# What Terraform itself costs: as many resources as in the other configurations, with the same references, that exist nowhere but in the state.

variable "first" { type = number }
variable "n" { type = number }
variable "revision" { type = number }
variable "schema_id" { type = string }
variable "dataset_id" { type = string }

locals {
  pipelines = { for i in range(var.first, var.first + var.n) : format("%04d", i) => "${format("%04d", i)}, revision ${var.revision}" }
}

resource "terraform_data" "source_connection" {
  for_each = local.pipelines
  input    = { name = "Source ${each.value}" }
}

resource "terraform_data" "target_connection" {
  for_each = local.pipelines
  input    = { name = "Target ${each.value}", schema_id = var.schema_id, dataset_id = var.dataset_id }
}

resource "terraform_data" "mapping_set" {
  for_each = local.pipelines
  input    = { name = "Mappings ${each.value}", schema_id = var.schema_id }
}

resource "terraform_data" "dataflow" {
  for_each = local.pipelines
  input = {
    name                 = "Dataflow ${each.value}"
    source_connection_id = terraform_data.source_connection[each.key].id
    target_connection_id = terraform_data.target_connection[each.key].id
    mapping_set_id       = terraform_data.mapping_set[each.key].id
  }
}

resource "terraform_data" "reporting_webhook" {
  for_each = local.pipelines
  input    = { name = "Webhook ${each.value}", endpoint = terraform_data.dataflow[each.key].id }
}
