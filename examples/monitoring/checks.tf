# Copy this file into the folder of a pipeline, such as examples/pipeline. It watches customerio_dataflow.this and
# customerio_reporting_webhook.this. What somebody disabled, changed or deleted needs no check: the plan shows it.

variable "longest_gap" {
  description = "Longest usual time between two runs of the dataflow, such as 6h."
  type        = string
  default     = "24h"
}

data "customerio_dataflow_runs" "this" {
  dataflow_id = customerio_dataflow.this.id
  limit       = 100
}

data "customerio_reporting_webhook_errors" "this" {
  webhook_id = customerio_reporting_webhook.this.id
}

# Since when the dataflow is watched, for as long as it has no runs.
resource "terraform_data" "watched_since" {
  triggers_replace = customerio_dataflow.this.id
  input            = plantimestamp()

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  now   = plantimestamp()
  since = timeadd(local.now, "-25h") # a little longer than the time between two scheduled checks

  # A run that goes on has not completed yet.
  runs        = [for run in data.customerio_dataflow_runs.this.runs : merge(run, { at = coalesce(run.completed_at, run.started_at, local.now) })]
  recent_runs = [for run in local.runs : run if timecmp(run.at, local.since) >= 0]
  bad_runs = [for run in local.recent_runs : run
  if contains(["failed", "partialsuccess"], lower(coalesce(run.status, "unknown"))) || coalesce(run.records_failed, 0) > 0]
  last_run = length(local.runs) > 0 ? local.runs[0].at : terraform_data.watched_since.output

  # Null if Customer.io does not record them for this webhook.
  delivery_errors = data.customerio_reporting_webhook_errors.this.errors == null ? [] : data.customerio_reporting_webhook_errors.this.errors
  recent_errors   = [for error in local.delivery_errors : error if timecmp(coalesce(error.occurred_at, local.now), local.since) >= 0]
}

check "events_are_stored" {
  assert {
    condition     = length(local.bad_runs) == 0
    error_message = "In the last 25 hours, ${length(local.bad_runs)} of ${length(local.recent_runs)} runs failed or stored only some of their records. ${sum(concat([0], [for run in local.bad_runs : coalesce(run.records_failed, 0)]))} records failed."
  }
}

check "events_arrive" {
  assert {
    condition     = customerio_dataflow.this.state == "disabled" || timecmp(timeadd(local.last_run, var.longest_gap), local.now) >= 0
    error_message = "No run for longer than ${var.longest_gap}: ${length(local.runs) > 0 ? "the last one was at" : "there is none since"} ${local.last_run}."
  }
}

check "events_are_delivered" {
  assert {
    condition     = length(local.recent_errors) == 0
    error_message = "In the last 25 hours, Customer.io recorded ${length(local.recent_errors)} failed deliveries. HTTP status: ${join(", ", distinct([for error in local.recent_errors : error.status == null ? "none" : tostring(error.status)]))}."
  }
}
