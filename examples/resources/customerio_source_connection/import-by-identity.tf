import {
  to = customerio_source_connection.this
  identity = {
    id           = "133bb51f-f310-4b4a-b8b2-731aef1e223c"
    sandbox_name = "dev"
  }
}
