# The same module for every stream of every region. Terraform gives all instances of one module call the same providers, so each
# region has a call of its own, and for_each makes its streams.
module "us" {
  source    = "./pipeline"
  for_each  = var.regions["us"].streams
  providers = { customerio = customerio.us }

  name                = "Customer.io US ${each.key}"
  event_categories    = each.value
  deletion_protection = var.deletion_protection
}

module "eu" {
  source    = "./pipeline"
  for_each  = var.regions["eu"].streams
  providers = { customerio = customerio.eu }

  name                = "Customer.io EU ${each.key}"
  event_categories    = each.value
  deletion_protection = var.deletion_protection
}

output "dataflows" {
  description = "Ids of all dataflows, by region and stream."
  value = {
    us = { for stream, pipeline in module.us : stream => pipeline.dataflow_id }
    eu = { for stream, pipeline in module.eu : stream => pipeline.dataflow_id }
  }
}
