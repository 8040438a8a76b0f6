data "customerio_sender_ip_addresses" "this" {}

# For the firewall in front of an endpoint of your own.
output "allowed_sources" {
  value = [for address in data.customerio_sender_ip_addresses.this.ip_addresses : "${address}/32"]
}
