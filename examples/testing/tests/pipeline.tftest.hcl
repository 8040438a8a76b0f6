run "plans_without_an_account" {
  command = plan

  assert {
    condition     = length(customerio_reporting_webhook.this.events) == 14
    error_message = "All 14 email events should be reported."
  }
}

run "refuses_webhook_events" {
  command = plan
  variables {
    categories = ["webhook"]
  }
  expect_failures = [var.categories]
}

run "builds_the_pipeline" {
  assert {
    condition     = customerio_dataflow.this.state == "enabled"
    error_message = "The dataflow should be enabled."
  }
  assert {
    condition     = customerio_dataflow.this.mapping_version == customerio_mapping_set.this.version
    error_message = "The dataflow should follow the mapping set."
  }
  assert {
    condition     = endswith(customerio_reporting_webhook.this.endpoint, "x-adobe-flow-id=${customerio_dataflow.this.id}")
    error_message = "The webhook should name the dataflow."
  }
}

run "a_further_field_changes_in_place" {
  variables {
    fields = ["email", "metric", "event_id", "timestamp", "subject"]
    before = run.builds_the_pipeline
  }

  assert {
    condition     = customerio_dataflow.this.id == var.before.dataflow_id
    error_message = "The dataflow should not be replaced."
  }
  assert {
    condition     = customerio_dataflow.this.mapping_version > var.before.mapping_version
    error_message = "The dataflow should follow the new version of the mapping set."
  }
}
