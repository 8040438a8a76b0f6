data "customerio_sender_ip_addresses" "this" {}

# For a firewall in front of your own endpoint.
output "allowed_sources" {
  value = [for address in data.customerio_sender_ip_addresses.this.ip_addresses : "${address}/32"]
}
