package prep

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/expression"
)

// booleans are what is documented to be read as one, and booleans themselves.
var booleans = map[string]bool{
	"y": true, "yes": true, "Y": true, "YES": true, "on": true, "ON": true, "true": true, "TRUE": true,
	"n": false, "no": false, "N": false, "NO": false, "off": false, "OFF": false, "false": false, "FALSE": false,
}

// fieldAt finds the definition of the field at a path, or nil where the schema does not tell.
func fieldAt(fields map[string]any, path []expression.Step) map[string]any {
	field := map[string]any{"properties": fields}
	for _, step := range path {
		var next any
		if step.InArray {
			next = field["items"]
		} else {
			next = document.Member(field, "properties", step.Text)
		}
		field, _ = next.(map[string]any)
	}
	return field
}

// lacks tells whether a schema certainly has nothing at a path: an object has other attributes, or a single value has neither attributes nor
// elements.
func lacks(schema map[string]any, path []expression.Step) bool {
	field := schema
	for _, step := range path {
		properties := document.Object(field, "properties")
		items, _ := field["items"].(map[string]any)
		_, isMap := field["additionalProperties"].(map[string]any)
		next, known := properties[step.Text].(map[string]any)
		switch {
		case isSingle(field):
			return true
		case items != nil && step.InArray:
			next = items
		case step.InArray || isMap || field["type"] == "array":
			return false
		case !known:
			return len(properties) > 0
		}
		field = next
	}
	return false
}

func isSingle(field map[string]any) bool {
	kind, told := field["type"].(string)
	return told && kind != "object" && kind != "array"
}

// unlistedError is a value that is none of those that the field takes. Documented: streaming checks them, and what fails is not ingested.
type unlistedError struct{ value any }

func (e unlistedError) Error() string {
	return "the field does not take " + expression.Describe(e.value) + ", which is not in its enum"
}

// conform is [conformType], and checks the enum of the field.
func conform(value any, field map[string]any) (any, error) {
	conformed, err := conformType(value, field)
	if listed, has := field["enum"].([]any); err != nil || !has || slices.ContainsFunc(listed, func(one any) bool { return document.Same(one, conformed) }) {
		return conformed, err
	}
	return nil, unlistedError{conformed}
}

// conformType brings a value into the form of its field, as far as that is documented: numbers become texts (the example
// of a preview), texts become booleans and numbers (the guide to data formats), and of an object only the attributes are copied
// that the field has too ("object copy"). There is no function that writes an object as a text, so an object in a text
// field is taken for an error.
func conformType(value any, field map[string]any) (any, error) {
	switch field["type"] {
	case "object":
		return conformObject(value, field)
	case "array":
		return conformArray(value, field)
	case "string":
		return conformText(value, field)
	case "boolean":
		return conformBoolean(value)
	case "integer":
		return conformInteger(value)
	case "number":
		return conformNumber(value)
	default:
		return value, nil
	}
}

func conformObject(value any, field map[string]any) (any, error) {
	object, isObject := value.(map[string]any)
	if !isObject {
		return nil, fmt.Errorf("the field is an object, not %s", expression.Describe(value))
	}
	properties, hasProperties := field["properties"].(map[string]any)
	entries, isMap := field["additionalProperties"].(map[string]any)
	copied := map[string]any{}
	for name, attribute := range object {
		definition, known := properties[name].(map[string]any)
		switch {
		case known:
		case isMap:
			definition = entries
		case hasProperties:
			continue
		}
		if attribute == nil {
			continue
		}
		conformed, err := conform(attribute, definition)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		copied[name] = conformed
	}
	return copied, nil
}

func conformArray(value any, field map[string]any) (any, error) {
	elements, isArray := value.([]any)
	if !isArray {
		return nil, fmt.Errorf("the field is an array, not %s", expression.Describe(value))
	}
	items, _ := field["items"].(map[string]any)
	copied := make([]any, 0, len(elements))
	for i, element := range elements {
		conformed, err := conform(element, items)
		if err != nil {
			return nil, fmt.Errorf("element %d: %w", i, err)
		}
		copied = append(copied, conformed)
	}
	return copied, nil
}

func conformText(value any, field map[string]any) (any, error) {
	switch value.(type) {
	case map[string]any, []any:
		return nil, fmt.Errorf("the field is a string, not %s", expression.Describe(value))
	}
	if format, _ := field["format"].(string); dateForms[format] != "" {
		return conformDate(value, format)
	}
	return document.String(value), nil
}

func conformBoolean(value any) (any, error) {
	truth, known := booleans[document.String(value)]
	if !known {
		return nil, fmt.Errorf("the field is a boolean, not %s", expression.Describe(value))
	}
	return truth, nil
}

// conformInteger keeps all digits: a field of the type long has 64 bits.
func conformInteger(value any) (any, error) {
	text := strings.TrimSpace(document.String(value))
	if whole, err := strconv.ParseInt(text, 10, 64); err == nil {
		return document.Whole(whole), nil
	}
	if number, is := document.Number(value); is && number == math.Trunc(number) && math.Abs(number) < math.MaxInt64 {
		return number, nil
	}
	return nil, fmt.Errorf("the field is an integer, not %s", expression.Describe(value))
}

func conformNumber(value any) (any, error) {
	number, is := document.Number(value)
	if !is || math.IsNaN(number) || math.IsInf(number, 0) {
		return nil, fmt.Errorf("the field is a number, not %s", expression.Describe(value))
	}
	return number, nil
}
