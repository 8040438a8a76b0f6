import {
  to = customerio_dataflow.this
  identity = {
    id           = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
    sandbox_name = "dev"
  }
}
