package simulator

import (
	"encoding/json"
	"net/http"
)

// KindMapperSchema is a schema of Data Prep's own, which only mapping sets use, as their input schema.
const KindMapperSchema = "mapperSchema"

func (s *Simulator) routesMapperSchemas(mux *http.ServeMux) {
	schemas := dataPrepBase + "/schemas"
	mux.HandleFunc("GET "+schemas, s.platform(s.listMapperSchemas))
	mux.HandleFunc("POST "+schemas, s.platform(s.createMapperSchema))
	mux.HandleFunc("GET "+schemas+"/{id}", s.platform(withMapperObject(KindMapperSchema, s.getMapperSchema)))
}

// createMapperSchema takes a JSON schema, the id of a sample, or a reference to an XDM schema.
func (s *Simulator) createMapperSchema(w http.ResponseWriter, r *http.Request, sb *sandbox) {
	request, refusal := decodeObject(r)
	var content map[string]any
	if refusal == nil {
		content, refusal = s.mapperSchemaOf(sb, request)
	}
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	if name := stringMember(request, "name"); name != "" {
		content["name"] = name
	}
	schema := sb.add(KindMapperSchema, newMappingID(), content, s.now())
	content["id"], content["version"] = schema.id, 0
	writeJSON(w, http.StatusOK, content)
}

func (s *Simulator) mapperSchemaOf(sb *sandbox, request map[string]any) (map[string]any, *problem) {
	if sampleID := stringMember(request, "sampleId"); sampleID != "" {
		return schemaOfSample(sb, sampleID)
	}
	if reference, given := request["schemaRef"].(map[string]any); given {
		return s.schemaOfReference(sb, reference)
	}
	if schema, given := request["jsonSchema"].(map[string]any); given {
		return map[string]any{"jsonSchema": schema}, nil
	}
	return nil, placeholderProblem(http.StatusBadRequest, "One of jsonSchema, sampleId and schemaRef is required.")
}

func schemaOfSample(sb *sandbox, id string) (map[string]any, *problem) {
	sample := sb.find(KindSample, id)
	if sample == nil {
		return nil, placeholderProblem(http.StatusBadRequest, "The sample "+id+" is not found.")
	}
	var data any
	if err := json.Unmarshal([]byte(stringMember(sample.body, "sampleData")), &data); err != nil {
		return nil, placeholderProblem(http.StatusBadRequest, "The sample "+id+" is not JSON.")
	}
	schema := inferredSchema("SampleSchema:"+id, data)
	return map[string]any{"sampleId": id, "jsonSchema": schema}, nil
}

// inferredSchema describes the shape of a value, each field titled with its name.
func inferredSchema(title string, value any) map[string]any {
	switch value := value.(type) {
	case map[string]any:
		properties := map[string]any{}
		for name, member := range value {
			properties[name] = inferredSchema(name, member)
		}
		return map[string]any{"title": title, "type": "object", "properties": properties}
	case []any:
		schema := map[string]any{"title": title, "type": "array"}
		if len(value) > 0 {
			schema["items"] = inferredSchema(title, value[0])
		}
		return schema
	case float64:
		return map[string]any{"title": title, "type": "number"}
	case bool:
		return map[string]any{"title": title, "type": "boolean"}
	default:
		return map[string]any{"title": title, "type": "string"}
	}
}

// schemaOfReference answers the XDM schema as a text, as the documented example does.
func (s *Simulator) schemaOfReference(sb *sandbox, reference map[string]any) (map[string]any, *problem) {
	id := stringMember(reference, "id")
	schema, found := s.lookUp(sb, schemaType, containerTenant, id)
	if !found {
		return nil, placeholderProblem(http.StatusBadRequest, "The schema "+id+" is not found.")
	}
	text, err := json.Marshal(s.resolved(sb, schema))
	if err != nil {
		return nil, placeholderProblem(http.StatusInternalServerError, err.Error())
	}
	return map[string]any{"schemaRef": reference, "jsonSchema": string(text)}, nil
}

// getMapperSchema answers the schema as an object, whatever the create answered.
func (s *Simulator) getMapperSchema(w http.ResponseWriter, _ *http.Request, schema *object) {
	writeJSON(w, http.StatusOK, presentMapperSchema(schema))
}

func presentMapperSchema(schema *object) any {
	shown := cloneJSON(schema.body)
	if text, isText := shown["jsonSchema"].(string); isText {
		var decoded map[string]any
		if json.Unmarshal([]byte(text), &decoded) == nil {
			shown["jsonSchema"] = decoded
		}
	}
	return shown
}

func (s *Simulator) listMapperSchemas(w http.ResponseWriter, r *http.Request, sb *sandbox) {
	query := r.URL.Query()
	page, refusal := mapperPageOf(query, "/schemas", withoutOtherNames(sb.all(KindMapperSchema), query))
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	page.write(w, len(page.objects), presentMapperSchema)
}
