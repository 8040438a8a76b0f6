# By ID.
terraform import customerio_target_connection.this da8b75ad-f6ee-4991-95df-291e62936e98
