package main

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
)

// object is a JSON object.
type object = map[string]any

// document is in the form of terraform/internal/command/jsonprovider. Blocks in schemas, of which this provider has none, are left out.
func document(schemas *tfprotov6.GetProviderSchemaResponse, identities *tfprotov6.GetResourceIdentitySchemasResponse) object {
	return object{
		"format_version": "1.0",
		"provider_schemas": object{provider.TypeName: object{
			"provider":                   schema(schemas.Provider),
			"resource_schemas":           each(schemas.ResourceSchemas, schema),
			"data_source_schemas":        each(schemas.DataSourceSchemas, schema),
			"ephemeral_resource_schemas": each(schemas.EphemeralResourceSchemas, schema),
			"list_resource_schemas":      each(schemas.ListResourceSchemas, schema),
			"functions":                  each(schemas.Functions, function),
			"resource_identity_schemas":  each(identities.IdentitySchemas, identity),
		}},
	}
}

func each[T any](values map[string]T, convert func(T) object) object {
	converted := object{}
	for name, value := range values {
		converted[name] = convert(value)
	}
	return converted
}

func schema(of *tfprotov6.Schema) object {
	return object{"version": of.Version, "block": object{
		"attributes": attributes(of.Block.Attributes), "description": of.Block.Description, "description_kind": kind(of.Block.DescriptionKind),
	}}
}

func attributes(all []*tfprotov6.SchemaAttribute) object {
	converted := object{}
	for _, one := range all {
		attribute := object{
			"description": one.Description, "description_kind": kind(one.DescriptionKind), "required": one.Required, "optional": one.Optional,
			"computed": one.Computed, "sensitive": one.Sensitive, "write_only": one.WriteOnly, "deprecated": one.Deprecated,
		}
		if one.NestedType != nil {
			attribute["nested_type"] = object{
				"attributes": attributes(one.NestedType.Attributes), "nesting_mode": strings.ToLower(one.NestedType.Nesting.String()),
			}
		} else {
			attribute["type"] = typeOf(one.Type)
		}
		converted[one.Name] = attribute
	}
	return converted
}

func kind(of tfprotov6.StringKind) string { return strings.ToLower(of.String()) }

// typeOf is a type as the language's library writes it: a name, or a name with what it consists of.
func typeOf(one tftypes.Type) any {
	switch one := one.(type) {
	case tftypes.List:
		return []any{"list", typeOf(one.ElementType)}
	case tftypes.Set:
		return []any{"set", typeOf(one.ElementType)}
	case tftypes.Map:
		return []any{"map", typeOf(one.ElementType)}
	case tftypes.Object:
		members := object{}
		for name, member := range one.AttributeTypes {
			members[name] = typeOf(member)
		}
		return []any{"object", members}
	}
	switch {
	case one.Is(tftypes.String):
		return "string"
	case one.Is(tftypes.Number):
		return "number"
	case one.Is(tftypes.Bool):
		return "bool"
	default:
		return "dynamic"
	}
}

func function(of *tfprotov6.Function) object {
	converted := object{"summary": of.Summary, "description": of.Description, "return_type": typeOf(of.Return.Type)}
	var parameters []any
	for _, one := range of.Parameters {
		parameters = append(parameters, parameter(one))
	}
	if len(parameters) > 0 {
		converted["parameters"] = parameters
	}
	if of.VariadicParameter != nil {
		converted["variadic_parameter"] = parameter(of.VariadicParameter)
	}
	return converted
}

func parameter(of *tfprotov6.FunctionParameter) object {
	return object{"name": of.Name, "description": of.Description, "type": typeOf(of.Type), "is_nullable": of.AllowNullValue}
}

func identity(of *tfprotov6.ResourceIdentitySchema) object {
	all := object{}
	for _, one := range of.IdentityAttributes {
		all[one.Name] = object{
			"type": typeOf(one.Type), "description": one.Description,
			"required_for_import": one.RequiredForImport, "optional_for_import": one.OptionalForImport,
		}
	}
	return object{"version": of.Version, "attributes": all}
}
