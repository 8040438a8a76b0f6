terraform {
  required_version = ">= 1.8" # for the provider's functions
  required_providers {
    customerio = {
      source = "customerio-source/customerio"
    }
  }
}

# Credentials and addresses come from the environment: ADOBE_…, CUSTOMERIO_….
provider "customerio" {}
