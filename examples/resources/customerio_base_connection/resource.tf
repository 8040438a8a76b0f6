# Not for the published Customer.io specification, which takes no base connection. This is one for Adobe's HTTP API source.
variable "connection_params" {
  type      = string
  sensitive = true
  default   = "{\"dataType\":\"raw\",\"name\":\"Shop\"}"
}

resource "customerio_base_connection" "this" {
  name        = "Shop"
  description = "HTTP API of the shop"
  connection_spec = {
    id = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
  }
  auth = {
    spec_name         = "Streaming Connection"
    params_wo         = var.connection_params # never in plan or state
    params_wo_version = 1                     # raise it when params_wo changes
  }
}
