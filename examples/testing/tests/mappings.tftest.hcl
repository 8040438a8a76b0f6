# Mappings as tested code: what sample events become, field by field.

# A preview needs the schema and the mapping set, and no dataflow. Terraform warns that this is not the whole configuration.
run "mappings" {
  plan_options {
    target = [customerio_mapping_set.this]
  }
}

run "email_clicked" {
  module {
    source = "./tests/preview"
  }

  variables {
    mapping_set_id = run.mappings.mapping_set_id
    event          = "email_clicked"
    expected = {
      "_id"                                        = "01E4C4CT6YDC7Y5M7FE1GWWPQJ"
      "timestamp"                                  = "2021-02-11T17:04:49.000Z"
      "${run.mappings.tenant_namespace}.email"     = "test@example.com"
      "${run.mappings.tenant_namespace}.metric"    = "clicked"
      "${run.mappings.tenant_namespace}.event_id"  = "01E4C4CT6YDC7Y5M7FE1GWWPQJ"
      "${run.mappings.tenant_namespace}.timestamp" = "1613063089"
    }
  }

  assert {
    condition     = length(output.wrong) == 0
    error_message = join("\n", output.wrong)
  }
  assert {
    condition     = length(output.lost) == 0
    error_message = join("\n", output.lost)
  }
}

run "customer_unsubscribed" {
  module {
    source = "./tests/preview"
  }

  variables {
    mapping_set_id = run.mappings.mapping_set_id
    event          = "customer_unsubscribed"
    expected = {
      "${run.mappings.tenant_namespace}.email"  = "test@example.com"
      "${run.mappings.tenant_namespace}.metric" = "unsubscribed"
    }
  }

  assert {
    condition     = length(output.wrong) == 0
    error_message = join("\n", output.wrong)
  }
  assert {
    condition     = length(output.lost) == 0
    error_message = join("\n", output.lost)
  }
}
