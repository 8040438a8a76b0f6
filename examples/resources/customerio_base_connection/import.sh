# By ID. The params of auth cannot be read back.
terraform import customerio_base_connection.this fd9f7455-1e23-4831-9283-7717e20bee40
