package registry

import "github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"

// Seed creates an ExperienceEvent schema with a field group that has the fields which Adobe's guide to the Customer.io
// source calls mandatory.
func (s *Service) Seed(sb *store.Sandbox, title string) *store.Object {
	fields := map[string]any{
		"timestamp": map[string]any{"type": "integer", "title": "timestamp", "meta:xdmType": "long"},
	}
	for _, name := range []string{"cio_id", "id", "email", "event_id", "metric", "object_type"} {
		fields[name] = map[string]any{"type": "string", "title": name, "meta:xdmType": "string"}
	}
	fieldGroup := s.add(sb, fieldGroupType, map[string]any{
		"type":                  "object",
		"title":                 title + " fields",
		"meta:intendedToExtend": []any{classExperienceEvent},
		"definitions": map[string]any{
			"customFields": map[string]any{"properties": map[string]any{
				s.Store.Account.TenantField(): map[string]any{"type": "object", "properties": fields},
			}},
		},
		"allOf": []any{map[string]any{"$ref": "#/definitions/customFields"}},
	})
	return s.add(sb, schemaType, map[string]any{
		"type":        "object",
		"title":       title,
		"description": "Events of Customer.io",
		"allOf": []any{
			map[string]any{"$ref": classExperienceEvent},
			map[string]any{"$ref": fieldGroup.ID},
		},
	})
}
