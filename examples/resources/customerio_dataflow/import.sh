# By ID.
terraform import customerio_dataflow.this 4982698b-e6b3-48c2-8dcf-040e20121fd2
