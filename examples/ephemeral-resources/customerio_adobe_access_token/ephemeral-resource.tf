ephemeral "customerio_adobe_access_token" "this" {}

# Another provider configuration uses the token and needs no secret of its own.
provider "customerio" {
  alias = "stage"
  adobe = {
    access_token = ephemeral.customerio_adobe_access_token.this.access_token
    client_id    = ephemeral.customerio_adobe_access_token.this.client_id
    org_id       = ephemeral.customerio_adobe_access_token.this.org_id
    sandbox_name = "stage"
  }
}

resource "customerio_source_connection" "stage" {
  provider = customerio.stage
  name     = "Customer.io"
}
