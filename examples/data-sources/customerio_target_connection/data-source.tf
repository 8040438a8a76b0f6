# If several target connections share a name, use the ID.
data "customerio_target_connection" "events" {
  id = "da8b75ad-f6ee-4991-95df-291e62936e98"
}

output "dataset_id" {
  value = data.customerio_target_connection.events.dataset_id
}
