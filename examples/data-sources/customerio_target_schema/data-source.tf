data "customerio_target_schema" "this" {
  title = "Customer.io events"
}

output "missing_fields" {
  description = "Fields that a mapping needs and the schema does not have."
  value       = setsubtract(["email", "metric"], keys(data.customerio_target_schema.this.fields))
}
