# Sample data for the Experience Platform UI or for a test.
output "sample" {
  value = provider::customerio::sample_event("email_clicked")
}

output "link" {
  value = jsondecode(provider::customerio::sample_event("email_clicked")).data.href
}

# Outputs:
# link = "https://docs.customer.io"
