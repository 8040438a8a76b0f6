output "dataset_id" {
  description = "ID of the dataset."
  value       = customerio_target_dataset.this.id
}

output "dataflow_id" {
  description = "ID of the dataflow."
  value       = customerio_dataflow.this.id
}

output "mapping_version" {
  description = "Version of the mapping set that the dataflow uses."
  value       = customerio_dataflow.this.mapping_version
}

output "webhook_id" {
  description = "ID of the reporting webhook."
  value       = customerio_reporting_webhook.this.id
}

output "webhook_url" {
  description = "URL that Customer.io posts to. Anyone who knows it can write to the dataset."
  value       = customerio_dataflow.this.webhook_url
  sensitive   = true
}
