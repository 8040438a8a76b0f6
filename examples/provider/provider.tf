terraform {
  required_providers {
    customerio = {
      source = "customerio-source/customerio"
    }
  }
}

variable "adobe_client_secret" {
  type      = string
  sensitive = true
}

variable "customerio_app_api_key" {
  type      = string
  sensitive = true
}

provider "customerio" {
  adobe = {
    org_id        = "0A1B2C3D4E5F60718293A4B5@AdobeOrg"
    client_id     = "6f1d0b7c5e2a4938b1c7d5e9f0a3b264"
    client_secret = var.adobe_client_secret # or the environment variable ADOBE_CLIENT_SECRET
    sandbox_name  = "prod"
  }
  customerio = {
    app_api_key = var.customerio_app_api_key # or the environment variable CUSTOMERIO_APP_API_KEY
    region      = "eu"
  }
}
