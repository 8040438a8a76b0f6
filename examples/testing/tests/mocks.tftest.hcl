# Without an account and without simulated services: a mocked provider calls nothing, and fills in what ./mocks says.
mock_provider "customerio" {
  source = "./mocks"
}

run "plans" {
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

run "applies" {
  assert {
    condition     = toset(keys(customerio_mapping_set.this.mappings)) == toset(["_id", "timestamp", "_acme.email", "_acme.metric", "_acme.event_id", "_acme.timestamp"])
    error_message = "Each field of the events should be mapped."
  }
  assert {
    condition     = endswith(customerio_reporting_webhook.this.endpoint, "x-adobe-flow-id=${output.dataflow_id}")
    error_message = "The webhook should name the dataflow."
  }
}
