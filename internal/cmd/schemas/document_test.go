package main

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"
)

func TestDocument(t *testing.T) {
	t.Parallel()
	block := &tfprotov6.Schema{Version: 1, Block: &tfprotov6.SchemaBlock{Description: "A shop.", DescriptionKind: tfprotov6.StringKindMarkdown, Attributes: []*tfprotov6.SchemaAttribute{
		{Name: "tags", Type: tftypes.Map{ElementType: tftypes.List{ElementType: tftypes.String}}, Optional: true, Sensitive: true},
		{Name: "spec", Required: true, NestedType: &tfprotov6.SchemaObject{
			Nesting: tfprotov6.SchemaObjectNestingModeSingle, Attributes: []*tfprotov6.SchemaAttribute{{Name: "id", Type: tftypes.Number, Computed: true, WriteOnly: true}},
		}},
	}}}
	schemas := &tfprotov6.GetProviderSchemaResponse{
		Provider: block, ListResourceSchemas: map[string]*tfprotov6.Schema{"customerio_shop": block},
		Functions: map[string]*tfprotov6.Function{"open": {
			Summary: "Opens.", Return: &tfprotov6.FunctionReturn{Type: tftypes.Bool},
			Parameters:        []*tfprotov6.FunctionParameter{{Name: "at", Type: tftypes.Object{AttributeTypes: map[string]tftypes.Type{"hour": tftypes.Number}}, AllowNullValue: true}},
			VariadicParameter: &tfprotov6.FunctionParameter{Name: "others", Type: tftypes.DynamicPseudoType},
		}},
	}
	identities := &tfprotov6.GetResourceIdentitySchemasResponse{IdentitySchemas: map[string]*tfprotov6.ResourceIdentitySchema{"customerio_shop": {
		IdentityAttributes: []*tfprotov6.ResourceIdentitySchemaAttribute{{Name: "id", Type: tftypes.String, Description: "ID.", RequiredForImport: true}},
	}}}
	encoded, err := json.Marshal(document(schemas, identities))
	require.NoError(t, err)
	const shop = `{"version": 1, "block": {"description": "A shop.", "description_kind": "markdown", "attributes": {
		"tags": {"type": ["map", ["list", "string"]], "optional": true, "sensitive": true, "required": false, "computed": false, "write_only": false, "deprecated": false,
			"description": "", "description_kind": "plain"},
		"spec": {"required": true, "optional": false, "sensitive": false, "computed": false, "write_only": false, "deprecated": false, "description": "",
			"description_kind": "plain", "nested_type": {"nesting_mode": "single", "attributes": {
				"id": {"type": "number", "computed": true, "write_only": true, "required": false, "optional": false, "sensitive": false, "deprecated": false,
					"description": "", "description_kind": "plain"}}}}}}}`
	require.JSONEq(t, `{"format_version": "1.0", "provider_schemas": {"customerio": {
		"provider": `+shop+`, "list_resource_schemas": {"customerio_shop": `+shop+`}, "resource_schemas": {}, "data_source_schemas": {}, "ephemeral_resource_schemas": {},
		"functions": {"open": {"summary": "Opens.", "description": "", "return_type": "bool",
			"parameters": [{"name": "at", "description": "", "is_nullable": true, "type": ["object", {"hour": "number"}]}],
			"variadic_parameter": {"name": "others", "description": "", "is_nullable": false, "type": "dynamic"}}},
		"resource_identity_schemas": {"customerio_shop": {"version": 0, "attributes": {
			"id": {"type": "string", "description": "ID.", "required_for_import": true, "optional_for_import": false}}}}}}}`, string(encoded))
}
