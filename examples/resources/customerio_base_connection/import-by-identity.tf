import {
  to = customerio_base_connection.this
  identity = {
    id           = "fd9f7455-1e23-4831-9283-7717e20bee40"
    sandbox_name = "dev"
  }
}
