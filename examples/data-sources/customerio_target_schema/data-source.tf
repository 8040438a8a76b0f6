data "customerio_target_schema" "this" {
  title = "Customer.io events"
}

output "missing_fields" {
  description = "Fields that a mapping needs but the schema lacks."
  value       = setsubtract(["email", "metric"], keys(data.customerio_target_schema.this.fields))
}
