# Whether your organization can use the Customer.io source.
data "customerio_source_specification" "customerio" {}

resource "customerio_source_connection" "this" {
  name = "Customer.io"

  lifecycle {
    precondition {
      condition     = data.customerio_source_specification.customerio.available
      error_message = "The Customer.io source is not enabled for this organization: ask Adobe for access to the beta."
    }
  }
}
