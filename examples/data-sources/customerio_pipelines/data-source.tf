data "customerio_pipelines" "all" {}

# Everything that the sandbox has comes under Terraform: one import for each object, and one resource for each kind. Remove the import blocks and the
# data source afterwards, and write the names and mappings in place of those that were found. A part that several pipelines share, such as one mapping
# set for two dataflows, needs a resource of its own: two resources for one object undo each other's changes.
locals {
  pipelines = {
    for key, found in data.customerio_pipelines.all.pipelines : key => found
    if found.target_connection != null && found.mapping_set != null && found.schema != null # whole ones
  }
  fed = { for key, found in local.pipelines : key => found if try(length(found.webhooks), 0) == 1 }
}

import {
  for_each = local.pipelines
  to       = customerio_source_connection.this[each.key]
  id       = each.value.source_connection.id
}

resource "customerio_source_connection" "this" {
  for_each    = local.pipelines
  name        = each.value.source_connection.name
  description = each.value.source_connection.description
}

import {
  for_each = local.pipelines
  to       = customerio_target_connection.this[each.key]
  id       = each.value.target_connection.id
}

resource "customerio_target_connection" "this" {
  for_each    = local.pipelines
  name        = each.value.target_connection.name
  description = each.value.target_connection.description
  dataset_id  = each.value.dataset.id
}

import {
  for_each = local.pipelines
  to       = customerio_mapping_set.this[each.key]
  id       = each.value.mapping_set.id
}

resource "customerio_mapping_set" "this" {
  for_each  = local.pipelines
  name      = each.value.mapping_set.name
  schema_id = each.value.schema.id
  mappings  = each.value.mapping_set.mappings
}

import {
  for_each = local.pipelines
  to       = customerio_dataflow.this[each.key]
  id       = each.value.dataflow.id
}

resource "customerio_dataflow" "this" {
  for_each             = local.pipelines
  name                 = each.value.dataflow.name
  description          = each.value.dataflow.description
  state                = each.value.dataflow.state
  source_connection_id = customerio_source_connection.this[each.key].id
  target_connection_id = customerio_target_connection.this[each.key].id
  mapping_set_id       = customerio_mapping_set.this[each.key].id
  mapping_version      = customerio_mapping_set.this[each.key].version
}

import {
  for_each = local.fed
  to       = customerio_reporting_webhook.this[each.key]
  id       = each.value.webhooks[0].id
}

resource "customerio_reporting_webhook" "this" {
  for_each        = local.fed
  name            = each.value.webhooks[0].name
  endpoint        = customerio_dataflow.this[each.key].webhook_url
  events          = each.value.webhooks[0].events
  disabled        = each.value.webhooks[0].disabled
  full_resolution = each.value.webhooks[0].full_resolution
  with_content    = each.value.webhooks[0].with_content
}
