# The Customer.io source does not allow a base connection. This one is for Adobe's HTTP API source.
variable "connection_params" {
  type      = string
  ephemeral = true # keeps the value out of the plan file
  sensitive = true
}

resource "customerio_base_connection" "this" {
  name        = "Shop"
  description = "HTTP API of the shop"
  connection_spec = {
    id = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
  }
  auth = {
    spec_name         = "Streaming Connection"
    params_wo         = var.connection_params # in neither the plan nor the state
    params_wo_version = 1                     # change it whenever params_wo changes
  }
}
