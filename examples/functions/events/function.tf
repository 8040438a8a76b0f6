# All events in the seven categories that Adobe lists for the source.
output "events" {
  value = provider::customerio::events("customer", "email", "sms", "push", "in_app", "slack", "webhook")
}

# Only failures.
output "failures" {
  value = [for event in provider::customerio::events("email", "sms") : event if endswith(event, "_failed")]
}

# Outputs:
# failures = [
#   "email_failed",
#   "sms_failed",
# ]
