# A source connection that is managed elsewhere or was created by hand.
data "customerio_source_connection" "shop" {
  name = "Customer.io"
}

resource "customerio_dataflow" "shop" {
  name                 = "Customer.io"
  source_connection_id = data.customerio_source_connection.shop.id
  target_connection_id = "da8b75ad-f6ee-4991-95df-291e62936e98"
  mapping_set_id       = "e7c80e4c0d8f4a98a7d400b4e178b635"
  mapping_version      = 0
}
