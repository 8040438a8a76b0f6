# By ID.
terraform import customerio_target_dataset.this 63ec807d3f5ce91bd2d06c65
