# What a mocked provider fills in where Adobe and Customer.io would: values in the form of real ones. Terraform's own are eight random
# characters, which are no UUID, URL or tenant namespace, and the provider refuses them as arguments of the next object.
#
# Lists and maps of objects, such as the runs of a dataflow, are always empty under mocks: Terraform takes no default for them.
#
# All objects of a type have the same values. Where a test needs others, it overrides them (override_resource, override_data).

mock_resource "customerio_base_connection" {
  defaults = {
    sandbox_name    = "dev"
    id              = "fd9f7455-1e23-4831-9283-7717e20bee40"
    connection_spec = { id = "96479064-7b8a-4d69-b9ed-21c5683837ea", version = "1.0" }
  }
}

mock_resource "customerio_source_connection" {
  defaults = {
    sandbox_name    = "dev"
    id              = "133bb51f-f310-4b4a-b8b2-731aef1e223c"
    connection_spec = { id = "96479064-7b8a-4d69-b9ed-21c5683837ea", version = "1.0" }
    format          = "json"
    provider_id     = "521eee4d-8cbe-4906-bb48-fb6bd4450033"
  }
}

mock_data "customerio_source_connection" {
  defaults = {
    sandbox_name       = "dev"
    id                 = "133bb51f-f310-4b4a-b8b2-731aef1e223c"
    name               = "Customer.io"
    description        = "Events of Customer.io"
    base_connection_id = "fd9f7455-1e23-4831-9283-7717e20bee40"
    connection_spec    = { id = "96479064-7b8a-4d69-b9ed-21c5683837ea", version = "1.0" }
    format             = "json"
    params             = "{}"
  }
}

mock_resource "customerio_target_schema" {
  defaults = {
    sandbox_name           = "dev"
    id                     = "https://ns.adobe.com/acme/schemas/945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
    alt_id                 = "_acme.schemas.945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
    version                = "1.0"
    content_type           = "application/vnd.adobe.xed-full+json;version=1"
    tenant_namespace       = "_acme"
    field_group_id         = "https://ns.adobe.com/acme/mixins/7b3a0c5e1d2f4a6b8c9d0e1f2a3b4c5d6e7f8091a2b3c4d5"
    identity_descriptor_id = "b7f3c1a09d5e4b2f8a6c7d1e0f9b3a5c7e2d4f6081b3c5d7"
    event_fields           = ["event_id", "object_type", "metric", "timestamp", "id", "email", "cio_id"]
    profile_enabled        = false
    allow_irreversible     = false
  }
}

mock_data "customerio_target_schema" {
  defaults = {
    sandbox_name     = "dev"
    id               = "https://ns.adobe.com/acme/schemas/945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
    alt_id           = "_acme.schemas.945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
    title            = "Customer.io events"
    description      = "Events of Customer.io"
    version          = "1.0"
    content_type     = "application/vnd.adobe.xed-full+json;version=1"
    tenant_namespace = "_acme"
    field_group_ids  = ["https://ns.adobe.com/acme/mixins/7b3a0c5e1d2f4a6b8c9d0e1f2a3b4c5d6e7f8091a2b3c4d5"]
    fields           = { event_id = "string", object_type = "string", metric = "string", timestamp = "long", id = "string", email = "string", cio_id = "string" }
    profile_enabled  = false
  }
}

mock_resource "customerio_target_dataset" {
  defaults = {
    sandbox_name        = "dev"
    id                  = "63ec807d3f5ce91bd2d06c65"
    schema_version      = "application/vnd.adobe.xed-full+json;version=1"
    profile_enabled     = false
    error_diagnostics   = false
    deletion_protection = true
  }
}

mock_data "customerio_target_dataset" {
  defaults = {
    sandbox_name      = "dev"
    id                = "63ec807d3f5ce91bd2d06c65"
    name              = "Customer.io events"
    description       = "Events of Customer.io"
    schema_id         = "https://ns.adobe.com/acme/schemas/945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
    schema_version    = "application/vnd.adobe.xed-full+json;version=1"
    profile_enabled   = false
    error_diagnostics = false
    tags              = {}
  }
}

mock_resource "customerio_target_connection" {
  defaults = {
    sandbox_name    = "dev"
    id              = "da8b75ad-f6ee-4991-95df-291e62936e98"
    schema_id       = "https://ns.adobe.com/acme/schemas/945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
    schema_version  = "application/vnd.adobe.xed-full+json;version=1"
    connection_spec = { id = "c604ff05-7f1a-43c0-8e18-33bf874cb11c", version = "1.0" }
    format          = "json"
  }
}

mock_data "customerio_target_connection" {
  defaults = {
    sandbox_name    = "dev"
    id              = "da8b75ad-f6ee-4991-95df-291e62936e98"
    name            = "Customer.io events"
    description     = "Events of Customer.io"
    dataset_id      = "63ec807d3f5ce91bd2d06c65"
    schema_id       = "https://ns.adobe.com/acme/schemas/945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
    schema_version  = "application/vnd.adobe.xed-full+json;version=1"
    connection_spec = { id = "c604ff05-7f1a-43c0-8e18-33bf874cb11c", version = "1.0" }
    format          = "json"
  }
}

mock_resource "customerio_mapping_set" {
  defaults = {
    sandbox_name   = "dev"
    id             = "59c0e53a2dc84f7791ecc1b3d6e51d5e"
    version        = 0
    schema_version = "application/vnd.adobe.xed-full+json;version=1"
  }
}

mock_data "customerio_mapping_set" {
  defaults = {
    sandbox_name   = "dev"
    id             = "59c0e53a2dc84f7791ecc1b3d6e51d5e"
    name           = "Customer.io events"
    version        = 0
    schema_id      = "https://ns.adobe.com/acme/schemas/945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
    schema_version = "application/vnd.adobe.xed-full+json;version=1"
  }
}

mock_data "customerio_mapping_preview" {
  defaults = {
    sandbox_name    = "dev"
    mapping_version = 0
    schema_version  = "application/vnd.adobe.xed-full+json;version=1"
    row             = "{\"_id\":\"01E4C4CT6YDC7Y5M7FE1GWWPQJ\",\"timestamp\":\"2021-02-11T17:04:49.000Z\",\"_acme\":{\"email\":\"test@example.com\",\"metric\":\"sent\"}}"
    values          = { _id = "01E4C4CT6YDC7Y5M7FE1GWWPQJ", timestamp = "2021-02-11T17:04:49.000Z", "_acme.email" = "test@example.com", "_acme.metric" = "sent" }
    lost            = {}
    errors          = {}
  }
}

mock_resource "customerio_dataflow" {
  defaults = {
    sandbox_name           = "dev"
    id                     = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
    flow_spec              = { id = "e77fde5a-22a8-11ed-861d-0242ac120002", version = "1.0" }
    state                  = "enabled"
    streaming_endpoint_url = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80b145566f52ed74d570505bd2e82463f3"
    webhook_url            = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80b145566f52ed74d570505bd2e82463f3?x-adobe-flow-id=4982698b-e6b3-48c2-8dcf-040e20121fd2"
  }
}

mock_data "customerio_dataflow" {
  defaults = {
    sandbox_name           = "dev"
    id                     = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
    name                   = "Customer.io"
    description            = "Events of Customer.io"
    source_connection_id   = "133bb51f-f310-4b4a-b8b2-731aef1e223c"
    target_connection_id   = "da8b75ad-f6ee-4991-95df-291e62936e98"
    mapping_set_id         = "59c0e53a2dc84f7791ecc1b3d6e51d5e"
    mapping_version        = 0
    flow_spec              = { id = "e77fde5a-22a8-11ed-861d-0242ac120002", version = "1.0" }
    state                  = "enabled"
    streaming_endpoint_url = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80b145566f52ed74d570505bd2e82463f3"
    webhook_url            = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80b145566f52ed74d570505bd2e82463f3?x-adobe-flow-id=4982698b-e6b3-48c2-8dcf-040e20121fd2"
  }
}

mock_data "customerio_streaming_endpoint" {
  defaults = {
    sandbox_name           = "dev"
    state                  = "enabled"
    streaming_endpoint_url = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80b145566f52ed74d570505bd2e82463f3"
    webhook_url            = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80b145566f52ed74d570505bd2e82463f3?x-adobe-flow-id=4982698b-e6b3-48c2-8dcf-040e20121fd2"
  }
}

mock_data "customerio_dataflow_runs" {
  defaults = {
    sandbox_name   = "dev"
    limit          = 10
    failed_runs    = 0
    records_failed = 0
  }
}

mock_data "customerio_source_specification" {
  defaults = {
    sandbox_name  = "dev"
    id            = "96479064-7b8a-4d69-b9ed-21c5683837ea"
    available     = true
    name          = "Customer.io"
    version       = "1.0"
    provider_id   = "521eee4d-8cbe-4906-bb48-fb6bd4450033"
    flow_spec_ids = ["e77fde5a-22a8-11ed-861d-0242ac120002"]
  }
}

mock_resource "customerio_reporting_webhook" {
  defaults = {
    id              = "4"
    type            = "webhook"
    endpoint        = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80b145566f52ed74d570505bd2e82463f3?x-adobe-flow-id=4982698b-e6b3-48c2-8dcf-040e20121fd2"
    dataflow_id     = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
    disabled        = false
    full_resolution = false
    with_content    = false
  }
}

mock_data "customerio_reporting_webhook" {
  defaults = {
    id              = "4"
    name            = "Customer.io to Adobe Experience Platform"
    type            = "webhook"
    endpoint        = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80b145566f52ed74d570505bd2e82463f3?x-adobe-flow-id=4982698b-e6b3-48c2-8dcf-040e20121fd2"
    dataflow_id     = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
    events          = ["email_sent"]
    disabled        = false
    full_resolution = false
    with_content    = false
  }
}

mock_data "customerio_reporting_webhook_errors" {
  defaults = {
    error_count = 0
  }
}

mock_data "customerio_event_catalog" {
  defaults = {
    events             = ["email_sent"]
    events_by_category = { email = ["email_sent"] }
  }
}

mock_data "customerio_sender_ip_addresses" {
  defaults = {
    ip_addresses = ["35.188.196.183"]
  }
}

mock_data "customerio_pipelines" {
  defaults = {
    sandbox_name              = "dev"
    pipelines_without_webhook = []
  }
}
