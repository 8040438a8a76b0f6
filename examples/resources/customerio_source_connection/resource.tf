resource "customerio_source_connection" "this" {
  name        = "Customer.io"
  description = "Message events of the shop's workspace"
}
