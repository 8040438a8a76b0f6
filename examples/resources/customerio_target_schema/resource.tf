# The seven fields that Adobe's guide calls mandatory, and two more.
resource "customerio_target_schema" "this" {
  title        = "Shop events"
  description  = "Message events of Customer.io"
  event_fields = ["object_type", "id", "email", "event_id", "cio_id", "metric", "timestamp", "subject", "campaign_id"]

  additional_fields = {
    channel = { type = "string", description = "Object type in uppercase" }
  }

  primary_identity = {
    field     = "email"
    namespace = "Email"
  }
}
