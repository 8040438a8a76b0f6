package prep

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/expression"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
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
		return parsed, errors.New("the destination is missing")
	case parsed.source == "" && parsed.sourceType != sourceStatic:
		return parsed, fmt.Errorf("the source of %s is missing", parsed.destination)
	case utf8.RuneCountInString(parsed.source) > maxExpressionLength:
		return parsed, fmt.Errorf("the source of %s is longer than %d characters", parsed.destination, maxExpressionLength)
	}
	return parsed, nil
}

// refuseMissing refuses a destination that is no field of the schema.
func (m mapping) refuseMissing(schema map[string]any) error {
	if lacks(schema, expression.ParsePath(m.destination)) {
		return fmt.Errorf("the schema has no field %s", m.destination)
	}
	return nil
}

func sourceTypeOf(entry map[string]any) string {
	sent := document.Text(entry, "sourceType")
	for name, mediaType := range sourceMediaTypes {
		if sent == mediaType {
			return name
		}
	}
	switch {
	case sent != "":
		return sent
	case document.Text(entry, "sourceExpression") != "":
		return sourceExpression
	default:
		return sourceAttribute
	}
}

func firstText(entry map[string]any, keys ...string) string {
	for _, key := range keys {
		if text := document.Text(entry, key); text != "" {
			return text
		}
	}
	return ""
}

// parseChecked is parseMapping with a check of the expression.
func parseChecked(entry map[string]any) (mapping, error) {
	parsed, err := parseMapping(entry)
	if err != nil || parsed.sourceType != sourceExpression {
		return parsed, err
	}
	if err := expression.Check(parsed.source); err != nil {
		return parsed, fmt.Errorf("the expression of %s is invalid: %w", parsed.destination, err)
	}
	return parsed, nil
}

// mappingsOf reads the mappings of a request.
func mappingsOf(request map[string]any, parse func(map[string]any) (mapping, error)) (mappings []mapping, err error) {
	entries, err := entriesOf(request)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		parsed, err := parse(entry)
		if err != nil {
			return nil, web.BadRequest("Invalid mapping set: %s.", err)
		}
		mappings = append(mappings, parsed)
	}
	return mappings, nil
}

func entriesOf(set map[string]any) ([]map[string]any, error) {
	entries, areObjects := document.Objects(document.List(set, "mappings"))
	if !areObjects || len(entries) == 0 {
		return nil, web.BadRequest("Invalid mapping set: mappings must be a list of at least one object.")
	}
	return entries, nil
}

// validateSet answers 200 whatever it finds, with one result per mapping in the order of the request. That a destination has to be a field of
// the schema is inferred: the documents do not say what is validated.
func (s *Service) validateSet(r *web.Request, request map[string]any) (*web.Answer, error) {
	entries, err := entriesOf(request)
	if err != nil {
		return nil, err
	}
	schema, _, found := s.Schema(r.Sandbox, schemaOf(request))
	results := []any{}
	for _, entry := range entries {
		parsed, err := parseChecked(entry)
		if err == nil && found {
			err = parsed.refuseMissing(schema)
		}
		result := map[string]any{"status": "SUCCESS", "errors": nil}
		if err != nil {
			result = map[string]any{"status": "FAILED", "errors": []any{mappingError{parsed, err}.present()}}
		}
		results = append(results, result)
	}
	return web.OK(map[string]any{"validationResponse": results})
}
