terraform {
  required_version = ">= 1.8"
  required_providers {
    customerio = {
      source = "customerio-source/customerio"
    }
  }
}

# One provider configuration for each region. The App API key selects the workspace. Common settings come from the environment:
# ADOBE_ORG_ID, ADOBE_CLIENT_ID, ADOBE_CLIENT_SECRET.
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
