terraform {
  required_version = ">= 1.8"
  required_providers {
    customerio = {
      source = "customerio-source/customerio"
    }
  }
}

# One provider for each region: a workspace is chosen by its key, a sandbox by its name. What both have in common comes from the
# environment: ADOBE_ORG_ID, ADOBE_CLIENT_ID, ADOBE_CLIENT_SECRET.
provider "customerio" {
  alias = "us"
  adobe = {
    sandbox_name = var.regions["us"].sandbox_name
  }
  customerio = {
    region      = "us"
    app_api_key = var.app_api_keys["us"]
  }
}

provider "customerio" {
  alias = "eu"
  adobe = {
    sandbox_name = var.regions["eu"].sandbox_name
  }
  customerio = {
    region      = "eu"
    app_api_key = var.app_api_keys["eu"]
  }
}
