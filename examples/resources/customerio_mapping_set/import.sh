# By ID, which a dataflow has as mapping_set_id.
terraform import customerio_mapping_set.this 59c0e53a2dc84f7791ecc1b3d6e51d5e
