resource "customerio_target_connection" "this" {
  name       = "Customer.io events"
  dataset_id = "63ec807d3f5ce91bd2d06c65"
  schema_id  = "https://ns.adobe.com/acme/schemas/945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
}
