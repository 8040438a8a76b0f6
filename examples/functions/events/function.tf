# All events of the seven categories that Adobe's overview of the source lists.
output "events" {
  value = provider::customerio::events("customer", "email", "sms", "push", "in_app", "slack", "webhook")
}

# Some, picked by what happened.
output "failures" {
  value = [for event in provider::customerio::events("email", "sms") : event if endswith(event, "_failed")]
}
