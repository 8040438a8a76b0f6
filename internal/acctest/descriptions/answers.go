package descriptions

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// Completed is the answer to a GET of a path with all members that its description has: those that the answer lacks are empty, or null if there
// is no such form of their type. Of what is within them, and within schemas of JSON, nothing is added. It tells whether there is a description.
func Completed(documents []Document, path string, answer any) (any, bool) {
	for _, spelling := range Spellings {
		request := httptest.NewRequest(http.MethodGet, "http://service"+spelling(path), http.NoBody)
		for _, document := range documents {
			route, _, err := document.Router.FindRoute(request)
			if err != nil {
				continue
			}
			for _, content := range route.Operation.Responses.Status(http.StatusOK).Value.Content {
				return completed(content.Schema, answer), true
			}
		}
	}
	return answer, false
}

func completed(described *openapi3.SchemaRef, value any) any {
	if described == nil || described.Value == nil {
		return value
	}
	schema := described.Value
	switch value := value.(type) {
	case map[string]any:
		whole := maps.Clone(value)
		for _, part := range schema.AllOf {
			whole, _ = completed(part, whole).(map[string]any)
		}
		for name, member := range schema.Properties {
			if present, has := whole[name]; !has {
				whole[name] = empty(member.Value)
			} else if name != "jsonSchema" {
				whole[name] = completed(member, present)
			}
		}
		for name, member := range value {
			if schema.Properties[name] == nil {
				whole[name] = completed(schema.AdditionalProperties.Schema, member)
			}
		}
		return whole
	case []any:
		whole := slices.Clone(value)
		for i := range whole {
			whole[i] = completed(schema.Items, whole[i])
		}
		return whole
	}
	return value
}

func empty(schema *openapi3.Schema) any {
	switch {
	case schema.Type.Is(openapi3.TypeString):
		return ""
	case schema.Type.Is(openapi3.TypeArray):
		return []any{}
	case schema.Type.Is(openapi3.TypeObject):
		return map[string]any{}
	}
	return nil
}
