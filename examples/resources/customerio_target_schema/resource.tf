# The seven fields that Adobe's guide calls mandatory, and two more of the events.
resource "customerio_target_schema" "this" {
  title        = "Shop events"
  description  = "What Customer.io reports about messages"
  event_fields = ["object_type", "id", "email", "event_id", "cio_id", "metric", "timestamp", "subject", "campaign_id"]

  additional_fields = {
    channel = { type = "string", description = "What a mapping makes of object_type" }
  }

  primary_identity = {
    field     = "email"
    namespace = "Email"
  }
}
