package prep

import (
	"encoding/json"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// createSchema takes a JSON schema, the ID of a sample, or a reference to an XDM schema.
func (s *Service) createSchema(r *web.Request) (*web.Answer, error) {
	request, err := r.Object()
	if err != nil {
		return nil, err
	}
	content, err := s.schemaFrom(r.Sandbox, request)
	if err != nil {
		return nil, err
	}
	if name := document.Text(request, "name"); name != "" {
		content["name"] = name
	}
	schema := r.Sandbox.Add(store.KindMapperSchema, newID(), content)
	content["id"], content["version"] = schema.ID, 0
	return web.OK(content)
}

func (s *Service) schemaFrom(sb *store.Sandbox, request map[string]any) (map[string]any, error) {
	sampleID, reference := document.Text(request, "sampleId"), document.Object(request, "schemaRef")
	schema := document.Object(request, "jsonSchema")
	switch {
	case sampleID != "":
		return schemaOfSample(sb, sampleID)
	case reference != nil:
		return s.schemaOfReference(sb, reference)
	case schema != nil:
		return map[string]any{"jsonSchema": schema}, nil
	default:
		return nil, web.BadRequest("One of jsonSchema, sampleId and schemaRef is required.")
	}
}

func schemaOfSample(sb *store.Sandbox, id string) (map[string]any, error) {
	sample := sb.Find(store.KindSample, id)
	if sample == nil {
		return nil, web.BadRequest("The sample %s is not found.", id)
	}
	var data any
	if err := json.Unmarshal([]byte(document.Text(sample.Body, "sampleData")), &data); err != nil {
		return nil, web.BadRequest("The sample %s is not JSON.", id)
	}
	return map[string]any{"sampleId": id, "jsonSchema": inferred("SampleSchema:"+id, data)}, nil
}

// inferred describes the shape of a value, each field titled with its name.
func inferred(title string, value any) map[string]any {
	schema := map[string]any{"title": title, "type": "string"}
	switch value := value.(type) {
	case map[string]any:
		properties := map[string]any{}
		for name, member := range value {
			properties[name] = inferred(name, member)
		}
		schema["type"], schema["properties"] = "object", properties
	case []any:
		schema["type"] = "array"
		if len(value) > 0 {
			schema["items"] = inferred(title, value[0])
		}
	case float64:
		schema["type"] = "number"
	case bool:
		schema["type"] = "boolean"
	}
	return schema
}

// schemaOfReference answers the XDM schema as a text, as the documented example does.
func (s *Service) schemaOfReference(sb *store.Sandbox, reference map[string]any) (map[string]any, error) {
	schema, _, found := s.Schema(sb, document.Text(reference, "id"))
	if !found {
		return nil, web.BadRequest("The schema %s is not found.", document.Text(reference, "id"))
	}
	return map[string]any{"schemaRef": reference, "jsonSchema": document.String(schema)}, nil
}

func (s *Service) getSchema(_ *web.Request, schema *store.Object) (*web.Answer, error) {
	return web.OK(presentSchema(schema))
}

// presentSchema has the schema as an object, whatever the create answered.
func presentSchema(schema *store.Object) map[string]any {
	shown := document.Clone(schema.Body)
	var decoded map[string]any
	if text := document.Text(shown, "jsonSchema"); text != "" && json.Unmarshal([]byte(text), &decoded) == nil {
		shown["jsonSchema"] = decoded
	}
	return shown
}

func (s *Service) listSchemas(r *web.Request) (*web.Answer, error) {
	return answerPage(r, store.KindMapperSchema, presentSchema)
}
