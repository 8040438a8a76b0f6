package simulator

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxExpressionLength is the documented limit of a calculated field.
const maxExpressionLength = 4096

// The source types of mappings as clients send them.
const (
	sourceAttribute  = "ATTRIBUTE"
	sourceExpression = "EXPRESSION"
	sourceStatic     = "STATIC"
)

// sourceMediaTypes are the names under which the service answers the source types.
var sourceMediaTypes = map[string]string{
	sourceAttribute:  "text/x.schema-path",
	sourceExpression: "text/x.aep-xl",
	sourceStatic:     "text/plain",
}

// mapping is one entry of a mapping set, in the newer of the two documented syntaxes.
type mapping struct {
	// sourceType is ATTRIBUTE, EXPRESSION or STATIC.
	sourceType          string
	source, destination string
}

func storedMapping(entry map[string]any) mapping {
	return mapping{
		sourceType:  stringMember(entry, "sourceType"),
		source:      stringMember(entry, "source"),
		destination: stringMember(entry, "destination"),
	}
}

// parseMapping understands both documented syntaxes: source and destination with a source type, and the older
// sourceAttribute or sourceExpression with destinationXdmPath.
func parseMapping(entry map[string]any) (mapping, error) {
	parsed := mapping{
		sourceType:  sourceTypeOf(entry),
		source:      firstText(entry, "source", "sourceAttribute", "sourceExpression"),
		destination: firstText(entry, "destination", "destinationXdmPath"),
	}
	if parsed.sourceType == sourceExpression {
		parsed.source = firstText(entry, "source", "sourceExpression", "sourceAttribute")
	}
	switch {
	case sourceMediaTypes[parsed.sourceType] == "":
		return parsed, fmt.Errorf("the source type %s is unknown", parsed.sourceType)
	case parsed.destination == "":
		return parsed, fmt.Errorf("the destination is missing")
	case parsed.source == "" && parsed.sourceType != sourceStatic:
		return parsed, fmt.Errorf("the source of %s is missing", parsed.destination)
	case utf8.RuneCountInString(parsed.source) > maxExpressionLength:
		return parsed, fmt.Errorf("the source of %s is longer than %d characters", parsed.destination, maxExpressionLength)
	}
	return parsed, nil
}

func sourceTypeOf(entry map[string]any) string {
	sent := stringMember(entry, "sourceType")
	for name, mediaType := range sourceMediaTypes {
		if sent == mediaType {
			return name
		}
	}
	if sent == "" && stringMember(entry, "sourceExpression") != "" {
		return sourceExpression
	}
	return orDefault(sent, sourceAttribute)
}

func firstText(entry map[string]any, keys ...string) string {
	for _, key := range keys {
		if text := stringMember(entry, key); text != "" {
			return text
		}
	}
	return ""
}

// readMappingSet reads and checks the body of a create or replace, and brings it into the stored form.
func readMappingSet(r *http.Request) (map[string]any, *problem) {
	request, refusal := decodeObject(r)
	if refusal != nil {
		return nil, refusal
	}
	schemaRef, refusal := outputSchemaRef(request)
	if refusal != nil {
		return nil, refusal
	}
	entries, refusal := mappingEntries(request)
	if refusal != nil {
		return nil, refusal
	}
	content := map[string]any{"outputSchema": map[string]any{"schemaRef": schemaRef}, "mappings": []any{}}
	for _, key := range []string{"name", "inputSchema", "tags", "allowNullValues"} {
		if value, sent := request[key]; sent {
			content[key] = value
		}
	}
	stored := make([]any, 0, len(entries))
	validating := isTrue(r.URL.Query().Get("validate"))
	for _, entry := range entries {
		parsed, err := parseMapping(entry)
		if err == nil && validating {
			err = parsed.check()
		}
		if err != nil {
			return nil, placeholderProblem(http.StatusBadRequest, "Invalid mapping set: "+err.Error()+".")
		}
		stored = append(stored, parsed.store(entry))
	}
	content["mappings"] = stored
	return content, nil
}

// outputSchemaRef takes the target schema from outputSchema, or from the older xdmSchema.
func outputSchemaRef(request map[string]any) (map[string]any, *problem) {
	id := stringMember(request, "outputSchema", "schemaRef", "id")
	contentType := stringMember(request, "outputSchema", "schemaRef", "contentType")
	if id == "" {
		id = stringMember(request, "xdmSchema")
	}
	if id == "" {
		return nil, placeholderProblem(http.StatusBadRequest, "Invalid mapping set: outputSchema.schemaRef is missing.")
	}
	contentType = orDefault(contentType, "application/vnd.adobe.xed-full+json;version=1")
	return map[string]any{"id": id, "contentType": contentType}, nil
}

func mappingEntries(request map[string]any) ([]map[string]any, *problem) {
	list, _ := request["mappings"].([]any)
	if len(list) == 0 {
		return nil, placeholderProblem(http.StatusBadRequest, "Invalid mapping set: mappings are missing.")
	}
	entries := make([]map[string]any, 0, len(list))
	for _, element := range list {
		entry, isObject := element.(map[string]any)
		if !isObject {
			return nil, placeholderProblem(http.StatusBadRequest, "Invalid mapping set: a mapping is not an object.")
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

// store keeps the newer syntax only; the older one is derived from it in every answer.
func (m mapping) store(entry map[string]any) map[string]any {
	stored := map[string]any{"sourceType": m.sourceType, "source": m.source, "destination": m.destination}
	for _, key := range []string{"name", "description", "identity", "identityGroup", "namespaceCode"} {
		if value, sent := entry[key]; sent {
			stored[key] = value
		}
	}
	return stored
}

// presentMappingSet is a version of a mapping set as it is answered: with both syntaxes, other names of source
// types, rounded dates, content types spelled with a space, and mappings in another order.
func presentMappingSet(stored map[string]any) map[string]any {
	shown := cloneJSON(stored)
	schemaRef := map[string]any{
		"id":          stringMember(stored, "outputSchema", "schemaRef", "id"),
		"contentType": spacedContentType(stringMember(stored, "outputSchema", "schemaRef", "contentType")),
	}
	created := roundedToSeconds(stored["createdDate"])
	modified := roundedToSeconds(stored["modifiedDate"])
	shown["createdDate"], shown["modifiedDate"] = created, modified
	shown["supportVersion"] = "1.1"
	shown["status"] = "DRAFT"
	shown["strictMapping"] = false
	shown["allowNullValues"] = member(stored, "allowNullValues") == true
	shown["schemaRef"] = schemaRef
	shown["xdmSchema"] = schemaRef["id"]
	shown["xdmVersion"] = schemaRef["contentType"]
	shown["outputSchema"] = map[string]any{
		"id": shown["id"], "version": 0, "schemaRef": schemaRef, "jsonSchema": mappedJSONSchema(stored, schemaRef["id"]),
	}
	entries := shown["mappings"].([]any)
	for _, entry := range entries {
		presentMapping(entry.(map[string]any), shown)
	}
	slices.Reverse(entries)
	return shown
}

func presentMapping(entry, set map[string]any) {
	stored := storedMapping(entry)
	entry["sourceType"] = sourceMediaTypes[stored.sourceType]
	entry["destinationXdmPath"] = stored.destination
	if stored.sourceType == sourceExpression {
		entry["sourceExpression"] = stored.source
	} else {
		entry["sourceAttribute"] = stored.source
	}
	for _, key := range []string{"version", "createdDate", "modifiedDate", "createdBy", "modifiedBy"} {
		entry[key] = set[key]
	}
	entry["identity"] = member(entry, "identity") == true
	entry["primaryIdentity"] = false
	entry["matchScore"] = 0.0
	entry["functionVersion"] = 1
}

// mappedJSONSchema stands for the full JSON schema that the service adds: the mapped fields, as strings.
func mappedJSONSchema(stored map[string]any, id any) map[string]any {
	root := map[string]any{}
	for _, entry := range stored["mappings"].([]any) {
		properties := root
		for _, segment := range strings.Split(storedMapping(entry.(map[string]any)).destination, ".") {
			field, known := properties[segment].(map[string]any)
			if !known {
				field = map[string]any{"type": "object", "properties": map[string]any{}}
				properties[segment] = field
			}
			properties = field["properties"].(map[string]any)
		}
	}
	return map[string]any{"id": id, "type": "object", "properties": root}
}

func spacedContentType(contentType string) string {
	main, version, hasVersion := strings.Cut(contentType, ";")
	if !hasVersion {
		return contentType
	}
	return main + "; " + strings.TrimSpace(version)
}

func roundedToSeconds(milliseconds any) int64 {
	exact, _ := milliseconds.(int64)
	return (exact + 500) / 1000 * 1000
}
