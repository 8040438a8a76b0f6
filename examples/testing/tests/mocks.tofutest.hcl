# For OpenTofu, which reads this file in place of mocks.tftest.hcl. Its mock_provider has no argument "source", so the defaults stand here, without
# those that the configuration sets.
mock_provider "customerio" {
  mock_resource "customerio_target_schema" {
    defaults = {
      id               = "https://ns.adobe.com/acme/schemas/945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
      tenant_namespace = "_acme"
    }
  }

  mock_resource "customerio_target_dataset" {
    defaults = {
      id = "63ec807d3f5ce91bd2d06c65"
    }
  }

  mock_resource "customerio_source_connection" {
    defaults = {
      id = "133bb51f-f310-4b4a-b8b2-731aef1e223c"
    }
  }

  mock_resource "customerio_target_connection" {
    defaults = {
      id = "da8b75ad-f6ee-4991-95df-291e62936e98"
    }
  }

  mock_resource "customerio_mapping_set" {
    defaults = {
      id      = "59c0e53a2dc84f7791ecc1b3d6e51d5e"
      version = 0
    }
  }

  mock_resource "customerio_dataflow" {
    defaults = {
      id          = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
      webhook_url = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80b145566f52ed74d570505bd2e82463f3?x-adobe-flow-id=4982698b-e6b3-48c2-8dcf-040e20121fd2"
    }
  }
}

run "plans" {
  command = plan

  assert {
    condition     = length(customerio_reporting_webhook.this.events) == 14
    error_message = "All 14 email events should be reported."
  }
}

run "refuses_webhook_events" {
  command = plan
  variables {
    categories = ["webhook"]
  }
  expect_failures = [var.categories]
}

run "applies" {
  assert {
    condition     = toset(keys(customerio_mapping_set.this.mappings)) == toset(["_id", "timestamp", "_acme.email", "_acme.metric", "_acme.event_id", "_acme.timestamp"])
    error_message = "Each field of the events should be mapped."
  }
  assert {
    condition     = endswith(customerio_reporting_webhook.this.endpoint, "x-adobe-flow-id=${output.dataflow_id}")
    error_message = "The webhook should name the dataflow."
  }
}
