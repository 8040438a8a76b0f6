# The same objects by a general-purpose REST provider, as well as it can:
#
# - It gets an access token, because it would ask for one before every call.
# - It compares answers with what was sent, and these services answer in other forms. So it is told to ignore them, and notices no drift.
# - Flow Service wants the etag of an object in a header to change it, and all objects of a provider have the same headers. So only the mapping sets
#   and webhooks are changed.
# - It waits for nothing: the webhooks have made-up endpoints, and connections cannot be deleted while their dataflow is being deleted.

terraform {
  required_providers {
    restapi = {
      source = "Mastercard/restapi"
    }
  }
}

variable "first" { type = number }
variable "n" { type = number }
variable "revision" { type = number }
variable "schema_id" { type = string }
variable "dataset_id" { type = string }
variable "url" { type = string }
variable "client_id" { type = string }
variable "org_id" { type = string }
variable "sandbox_name" { type = string }
variable "requests_per_second" { type = number }

variable "access_token" {
  type      = string
  sensitive = true
}

variable "app_api_key" {
  type      = string
  sensitive = true
}

provider "restapi" {
  uri                   = "${var.url}/data/foundation"
  create_returns_object = true
  bearer_token          = var.access_token
  headers = {
    x-api-key       = var.client_id
    x-gw-ims-org-id = var.org_id
    x-sandbox-name  = var.sandbox_name
    Content-Type    = "application/json"
  }
}

provider "restapi" {
  alias                = "app"
  uri                  = "${var.url}/v1"
  write_returns_object = true
  bearer_token         = var.app_api_key
  rate_limit           = var.requests_per_second
  retries {
    max_retries = 20
  }
}

locals {
  keys     = { for i in range(var.first, var.first + var.n) : format("%04d", i) => i }
  revised  = { for key, i in local.keys : key => "${key}, revision ${var.revision}" }
  schema   = { id = var.schema_id, contentType = "application/vnd.adobe.xed-full+json;version=1" }
  mappings = { for field in ["object_type", "event_id", "metric"] : field => "_acme.${field}" }
}

resource "restapi_object" "source_connection" {
  for_each                = local.keys
  path                    = "/flowservice/sourceConnections"
  ignore_server_additions = true
  data = jsonencode({
    name           = "Source ${each.key}"
    providerId     = "521eee4d-8cbe-4906-bb48-fb6bd4450033"
    connectionSpec = { id = "96479064-7b8a-4d69-b9ed-21c5683837ea", version = "1.0" }
    data           = { format = "json" }
  })
}

resource "restapi_object" "target_connection" {
  for_each                = local.keys
  path                    = "/flowservice/targetConnections"
  ignore_server_additions = true
  data = jsonencode({
    name           = "Target ${each.key}"
    connectionSpec = { id = "c604ff05-7f1a-43c0-8e18-33bf874cb11c", version = "1.0" }
    data           = { format = "json", schema = { id = local.schema.id, version = local.schema.contentType } }
    params         = { dataSetId = var.dataset_id }
  })
}

resource "restapi_object" "mapping_set" {
  for_each                = local.revised
  path                    = "/conversion/mappingSets"
  ignore_server_additions = true
  data = jsonencode({
    name         = "Mappings ${each.value}"
    outputSchema = { schemaRef = local.schema }
    mappings = [for source, destination in local.mappings : {
      sourceType = "ATTRIBUTE", source = source, destination = destination
    }]
  })
}

resource "restapi_object" "dataflow" {
  for_each                = local.keys
  path                    = "/flowservice/flows"
  ignore_server_additions = true
  data = jsonencode({
    name                = "Dataflow ${each.key}"
    flowSpec            = { id = "e77fde5a-22a8-11ed-861d-0242ac120002", version = "1.0" }
    sourceConnectionIds = [restapi_object.source_connection[each.key].id]
    targetConnectionIds = [restapi_object.target_connection[each.key].id]
    transformations = [{
      name   = "Mapping"
      params = { mappingId = restapi_object.mapping_set[each.key].id, mappingVersion = 0 }
    }]
  })
}

resource "restapi_object" "reporting_webhook" {
  provider                = restapi.app
  for_each                = local.revised
  path                    = "/reporting_webhooks"
  ignore_server_additions = true
  data = jsonencode({
    name     = "Webhook ${each.value}"
    endpoint = "https://inlet.example.com/?x-adobe-flow-id=${restapi_object.dataflow[each.key].id}"
    events   = ["email_sent", "email_delivered", "email_opened", "email_clicked", "email_bounced"]
  })
}
