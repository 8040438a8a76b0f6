package prep

import (
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

// presentSet is a version of a mapping set as it is answered: with both syntaxes, other names of source types, rounded
// dates, content types spelled with a space, and mappings in another order.
func presentSet(stored map[string]any) map[string]any {
	shown := document.Clone(stored)
	schemaRef := map[string]any{
		"id":          schemaOf(stored),
		"contentType": spaced(document.Text(stored, "outputSchema", "schemaRef", "contentType")),
	}
	shown["createdDate"], shown["modifiedDate"] = roundedToSeconds(stored["createdDate"]), roundedToSeconds(stored["modifiedDate"])
	shown["supportVersion"] = "1.1"
	shown["status"] = "DRAFT"
	shown["strictMapping"] = false
	shown["allowNullValues"] = stored["allowNullValues"] == true
	shown["schemaRef"] = schemaRef
	shown["xdmSchema"] = schemaRef["id"]
	shown["xdmVersion"] = schemaRef["contentType"]
	shown["outputSchema"] = map[string]any{
		"id": shown["id"], "version": 0, "schemaRef": schemaRef, "jsonSchema": mappedSchema(stored, schemaRef["id"]),
	}
	entries := document.List(shown, "mappings")
	for _, entry := range entries {
		presentMapping(entry.(map[string]any), shown)
	}
	slices.Reverse(entries)
	return shown
}

func presentMapping(entry, set map[string]any) {
	sourceType := document.Text(entry, "sourceType")
	entry["sourceType"] = sourceMediaTypes[sourceType]
	entry["destinationXdmPath"] = entry["destination"]
	if sourceType == sourceExpression {
		entry["sourceExpression"] = entry["source"]
	} else {
		entry["sourceAttribute"] = entry["source"]
	}
	for _, key := range []string{"version", "createdDate", "modifiedDate", "createdBy", "modifiedBy"} {
		entry[key] = set[key]
	}
	entry["identity"] = entry["identity"] == true
	entry["primaryIdentity"] = false
	entry["matchScore"] = 0.0
	entry["functionVersion"] = 1
}

// mappedSchema stands for the full JSON schema that the service adds: the mapped fields, as objects.
func mappedSchema(stored map[string]any, id any) map[string]any {
	root := map[string]any{}
	for _, entry := range document.List(stored, "mappings") {
		properties := root
		for segment := range strings.SplitSeq(document.Text(entry.(map[string]any), "destination"), ".") {
			if properties[segment] == nil {
				properties[segment] = map[string]any{"type": "object", "properties": map[string]any{}}
			}
			properties = document.Object(properties, segment, "properties")
		}
	}
	return map[string]any{"id": id, "type": "object", "properties": root}
}

func spaced(contentType string) string {
	main, version, hasVersion := strings.Cut(contentType, ";")
	if !hasVersion {
		return contentType
	}
	return main + "; " + strings.TrimSpace(version)
}
