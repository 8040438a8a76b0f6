import {
  to = customerio_target_schema.this
  identity = {
    id           = "https://ns.adobe.com/acme/schemas/945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
    sandbox_name = "dev"
  }
}
