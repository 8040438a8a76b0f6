import {
  to = customerio_mapping_set.this
  identity = {
    id           = "59c0e53a2dc84f7791ecc1b3d6e51d5e"
    sandbox_name = "dev"
  }
}
