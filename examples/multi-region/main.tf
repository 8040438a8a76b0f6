# One module call for each region, because all instances of a module call have the same providers. for_each creates the streams.
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
  description = "IDs of all dataflows, by region and stream."
  value = {
    us = { for stream, pipeline in module.us : stream => pipeline.dataflow_id }
    eu = { for stream, pipeline in module.eu : stream => pipeline.dataflow_id }
  }
}
