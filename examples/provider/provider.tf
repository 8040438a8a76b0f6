terraform {
  required_providers {
    customerio = {
      source = "customerio-source/customerio"
    }
  }
}

provider "customerio" {} # credentials come from the environment

resource "customerio_source_connection" "this" {
  name = "Customer.io"
}
