data "customerio_pipelines" "all" {}

# Imports every dataflow of the sandbox with its connections, mappings and webhooks: one import for each object, and one resource for each kind. Parts that
# several pipelines share are imported once, under the first of their keys. Datasets and schemas stay as they are. Afterwards, remove the import blocks and
# the data source, and write the names and mappings into the configuration.
locals {
  pipelines = {
    for key, found in data.customerio_pipelines.all.pipelines : key => found
    if found.target_connection != null && found.mapping_set != null && found.schema != null # whole ones
  }
  # The keys of the pipelines that each object is part of.
  sources = { for key, found in local.pipelines : found.source_connection.id => key... }
  targets = { for key, found in local.pipelines : found.target_connection.id => key... }
  sets    = { for key, found in local.pipelines : found.mapping_set.id => key... }
  webhooks = merge([
    for key, found in local.pipelines : {
      for i, webhook in found.webhooks != null ? found.webhooks : [] : (i == 0 ? key : "${key}_${webhook.id}") => merge(webhook, { pipeline = key })
    }
  ]...)
}

import {
  for_each = { for id, keys in local.sources : keys[0] => id }
  to       = customerio_source_connection.this[each.key]
  id       = each.value
}

resource "customerio_source_connection" "this" {
  for_each    = { for id, keys in local.sources : keys[0] => local.pipelines[keys[0]].source_connection }
  name        = each.value.name
  description = each.value.description
}

import {
  for_each = { for id, keys in local.targets : keys[0] => id }
  to       = customerio_target_connection.this[each.key]
  id       = each.value
}

resource "customerio_target_connection" "this" {
  for_each    = { for id, keys in local.targets : keys[0] => local.pipelines[keys[0]] }
  name        = each.value.target_connection.name
  description = each.value.target_connection.description
  format      = each.value.target_connection.format
  dataset_id  = each.value.dataset.id
}

import {
  for_each = { for id, keys in local.sets : keys[0] => id }
  to       = customerio_mapping_set.this[each.key]
  id       = each.value
}

# A resource has the newest version of its mappings, which a dataflow need not use.
resource "customerio_mapping_set" "this" {
  for_each  = { for id, keys in local.sets : keys[0] => local.pipelines[keys[0]] }
  name      = each.value.mapping_set.newest != null ? each.value.mapping_set.newest.name : each.value.mapping_set.name
  schema_id = each.value.schema.id
  mappings  = each.value.mapping_set.newest != null ? each.value.mapping_set.newest.mappings : each.value.mapping_set.mappings
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
  source_connection_id = customerio_source_connection.this[local.sources[each.value.source_connection.id][0]].id
  target_connection_id = customerio_target_connection.this[local.targets[each.value.target_connection.id][0]].id
  mapping_set_id       = customerio_mapping_set.this[local.sets[each.value.mapping_set.id][0]].id
  # The newest version. If the dataflow uses an older one, it keeps that version.
  mapping_version = each.value.mapping_set.newest != null ? each.value.dataflow.mapping_version : customerio_mapping_set.this[local.sets[each.value.mapping_set.id][0]].version
}

import {
  for_each = local.webhooks
  to       = customerio_reporting_webhook.this[each.key]
  id       = each.value.id
}

resource "customerio_reporting_webhook" "this" {
  for_each        = local.webhooks
  name            = each.value.name
  endpoint        = customerio_dataflow.this[each.value.pipeline].webhook_url
  events          = each.value.events
  disabled        = each.value.disabled
  full_resolution = each.value.full_resolution
  with_content    = each.value.with_content
}
