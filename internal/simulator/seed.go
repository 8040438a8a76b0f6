package simulator

import (
	"fmt"
	"net/http"
)

// SeedDataset makes what a pipeline presupposes: a field group with the fields that Adobe's guide to the Customer.io
// source calls mandatory, an ExperienceEvent schema with it, and a dataset. It panics if there is no such sandbox.
func (s *Simulator) SeedDataset(sandboxName, name string) (schemaID, datasetID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sb, known := s.sandboxes[sandboxName]
	if !known {
		panic(fmt.Sprintf("simulator: there is no sandbox %q", sandboxName))
	}
	return s.seedDataset(sb, name)
}

func (s *Simulator) seedDataset(sb *sandbox, name string) (schemaID, datasetID string) {
	fieldGroup := s.addResource(sb, fieldGroupType, s.eventFieldGroup(name+" fields"))
	schema := s.addResource(sb, schemaType, map[string]any{
		"type":        "object",
		"title":       name,
		"description": "Events of Customer.io",
		"allOf": []any{
			map[string]any{"$ref": classExperienceEvent},
			map[string]any{"$ref": fieldGroup.id},
		},
	})
	dataset := s.addDataset(sb, map[string]any{
		"name": name,
		"schemaRef": map[string]any{
			"id":          schema.id,
			"contentType": "application/vnd.adobe.xed-full+json;version=1",
		},
	})
	return schema.id, dataset.id
}

func (s *Simulator) eventFieldGroup(title string) map[string]any {
	fields := map[string]any{
		"timestamp": map[string]any{"type": "integer", "title": "timestamp", "meta:xdmType": "long"},
	}
	for _, name := range []string{"cio_id", "id", "email", "event_id", "metric", "object_type"} {
		fields[name] = stringField(name, "")
	}
	return map[string]any{
		"type":                  "object",
		"title":                 title,
		"meta:intendedToExtend": []any{classExperienceEvent},
		"definitions": map[string]any{
			"customFields": map[string]any{"properties": map[string]any{
				s.tenantNamespace(): map[string]any{"type": "object", "properties": fields},
			}},
		},
		"allOf": []any{map[string]any{"$ref": "#/definitions/customFields"}},
	}
}

// seedOverHTTP is SeedDataset for those outside this process: POST ?sandbox=&name=.
func (s *Simulator) seedOverHTTP(w http.ResponseWriter, r *http.Request) {
	sandboxName := orDefault(r.URL.Query().Get("sandbox"), DefaultSandbox)
	sb, known := s.sandboxes[sandboxName]
	if !known {
		writeProblem(w, placeholderProblem(http.StatusNotFound, "There is no sandbox "+sandboxName+"."))
		return
	}
	schemaID, datasetID := s.seedDataset(sb, orDefault(r.URL.Query().Get("name"), "Customer.io events"))
	writeJSON(w, http.StatusCreated, map[string]any{"schema_id": schemaID, "dataset_id": datasetID})
}
