terraform {
  required_version = ">= 1.5"
  required_providers {
    customerio = {
      source = "customerio-source/customerio"
    }
  }
}

# Credentials and addresses come from the environment: ADOBE_…, CUSTOMERIO_….
provider "customerio" {}
