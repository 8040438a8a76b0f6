terraform {
  required_version = ">= 1.7"
  required_providers {
    customerio = {
      source = "customerio-source/customerio"
    }
  }
}
