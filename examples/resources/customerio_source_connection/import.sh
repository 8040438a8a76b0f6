# By ID.
terraform import customerio_source_connection.this 133bb51f-f310-4b4a-b8b2-731aef1e223c
