package export

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/defaults"

	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
)

// kind is one of the resources that a pipeline consists of.
type kind struct {
	typeName, noun string
	// order is the attributes that configurations may have, as a person orders them.
	order []string
	// taken are the ones that the provider takes from another object where a configuration leaves them out.
	taken []string
}

var (
	schemaKind = &kind{typeName: "customerio_target_schema", noun: "schema", order: []string{
		"title", "description", "event_fields", "additional_fields", "primary_identity", "profile_enabled", "allow_irreversible",
	}}
	datasetKind = &kind{typeName: "customerio_target_dataset", noun: "dataset", order: []string{
		"name", "description", "schema_id", "schema_version", "profile_enabled", "tags", "error_diagnostics", "deletion_protection",
	}, taken: []string{"schema_version"}}
	sourceKind = &kind{typeName: "customerio_source_connection", noun: "source connection", order: []string{
		"name", "description", "connection_spec", "provider_id", "base_connection_id", "format", "params",
	}}
	targetKind = &kind{typeName: "customerio_target_connection", noun: "target connection", order: []string{
		"name", "description", "connection_spec", "dataset_id", "schema_id", "schema_version", "format",
	}, taken: []string{"schema_id", "schema_version"}}
	mappingSetKind = &kind{typeName: "customerio_mapping_set", noun: "mapping set", order: []string{
		"name", "schema_id", "schema_version", "mappings",
	}, taken: []string{"schema_version"}}
	flowKind = &kind{typeName: "customerio_dataflow", noun: "dataflow", order: []string{
		"name", "description", "flow_spec", "source_connection_id", "target_connection_id", "mapping_set_id", "mapping_version", "state",
	}}
	webhookKind = &kind{typeName: "customerio_reporting_webhook", noun: "webhook", order: []string{
		"name", "endpoint", "events", "disabled", "full_resolution", "with_content",
	}, taken: []string{"endpoint"}}
)

// fallbacks are the defaults of attributes, by the names of the types.
type fallbacks map[string]map[string]attr.Value

// defaultsOf asks the provider's resources, because the protocol tells no defaults.
func defaultsOf(ctx context.Context, version string) fallbacks {
	found := fallbacks{}
	for _, create := range provider.New(version)().Resources(ctx) {
		one := create()
		var metadata resource.MetadataResponse
		var described resource.SchemaResponse
		one.Metadata(ctx, resource.MetadataRequest{ProviderTypeName: provider.TypeName}, &metadata)
		one.Schema(ctx, resource.SchemaRequest{}, &described)
		found[metadata.TypeName] = map[string]attr.Value{}
		for name, attribute := range described.Schema.Attributes {
			if value := defaultOf(ctx, attribute); value != nil {
				found[metadata.TypeName][name] = value
			}
		}
	}
	return found
}

// defaultOf is nil for an attribute without a default, and for those of types that no attribute with a default has here.
func defaultOf(ctx context.Context, attribute schema.Attribute) attr.Value {
	switch attribute := attribute.(type) {
	case schema.StringAttribute:
		if attribute.Default != nil {
			var answer defaults.StringResponse
			attribute.Default.DefaultString(ctx, defaults.StringRequest{}, &answer)
			return answer.PlanValue
		}
	case schema.BoolAttribute:
		if attribute.Default != nil {
			var answer defaults.BoolResponse
			attribute.Default.DefaultBool(ctx, defaults.BoolRequest{}, &answer)
			return answer.PlanValue
		}
	case schema.SetAttribute:
		if attribute.Default != nil {
			var answer defaults.SetResponse
			attribute.Default.DefaultSet(ctx, defaults.SetRequest{}, &answer)
			return answer.PlanValue
		}
	case schema.SingleNestedAttribute:
		if attribute.Default != nil {
			var answer defaults.ObjectResponse
			attribute.Default.DefaultObject(ctx, defaults.ObjectRequest{}, &answer)
			return answer.PlanValue
		}
	}
	return nil
}
