import {
  to = customerio_target_connection.this
  identity = {
    id           = "da8b75ad-f6ee-4991-95df-291e62936e98"
    sandbox_name = "dev"
  }
}
