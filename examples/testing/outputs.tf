output "dataflow_id" {
  description = "ID of the dataflow."
  value       = customerio_dataflow.this.id
}

output "mapping_set_id" {
  description = "ID of the mapping set."
  value       = customerio_mapping_set.this.id
}

output "mapping_version" {
  description = "Version of the mapping set that the dataflow uses."
  value       = customerio_dataflow.this.mapping_version
}

output "tenant_namespace" {
  description = "Tenant namespace, with which the paths of the schema's fields begin."
  value       = customerio_target_schema.this.tenant_namespace
}
