output "dataflow_id" {
  description = "ID of the dataflow."
  value       = customerio_dataflow.this.id
}

output "mapping_version" {
  description = "Version of the mapping set that the dataflow uses."
  value       = customerio_dataflow.this.mapping_version
}
