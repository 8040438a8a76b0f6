# The newest version of a mapping set that is edited in the Experience Platform UI. The next apply updates the dataflow.
data "customerio_mapping_set" "events" {
  name = "Customer.io events"
}

resource "customerio_dataflow" "shop" {
  name                 = "Customer.io"
  source_connection_id = "133bb51f-f310-4b4a-b8b2-731aef1e223c"
  target_connection_id = "da8b75ad-f6ee-4991-95df-291e62936e98"
  mapping_set_id       = data.customerio_mapping_set.events.id
  mapping_version      = data.customerio_mapping_set.events.version
}

# A specific version.
data "customerio_mapping_set" "first" {
  name    = "Customer.io events"
  version = 0
}
