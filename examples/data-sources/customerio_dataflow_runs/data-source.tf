data "customerio_dataflow_runs" "shop" {
  dataflow_id = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
  limit       = 24
}

# Warns in every plan and apply if records failed. Keep the data source outside the block; inside it, no plan would be empty.
check "events_arrive" {
  assert {
    condition     = data.customerio_dataflow_runs.shop.failed_runs == 0 && data.customerio_dataflow_runs.shop.records_failed == 0
    error_message = "${data.customerio_dataflow_runs.shop.records_failed} records failed in the last ${length(data.customerio_dataflow_runs.shop.runs)} runs."
  }
}
