import {
  to = customerio_target_dataset.this
  identity = {
    id           = "63ec807d3f5ce91bd2d06c65"
    sandbox_name = "dev"
  }
}
