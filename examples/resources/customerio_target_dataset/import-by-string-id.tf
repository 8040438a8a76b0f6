import {
  to = customerio_target_dataset.this
  id = "63ec807d3f5ce91bd2d06c65"
}
