package clicked

import (
	"context"
	"slices"
)

const (
	experienceEvent = "https://ns.adobe.com/xdm/context/experienceevent"
	contentType     = "application/vnd.adobe.xed-full+json;version=1"
)

// dataset is one that several pipelines write to.
type dataset struct{ id, schema string }

// The datasets, by their place in the list.
const (
	events = iota
	rawEvents
	messages
	commerce
)

// group is a field group as it is made by hand: each field with its XDM type.
type group struct {
	title  string
	fields [][2]string
}

// guided are the fields that Adobe's guide to the source calls mandatory.
var guided = [][2]string{
	{"cio_id", "string"}, {"email", "string"}, {"event_id", "string"}, {"id", "string"}, {"metric", "string"}, {"object_type", "string"}, {"timestamp", "long"},
}

// library is every schema with its field groups and its datasets.
var library = []struct {
	title, description string
	groups             []group
	// identity is a field that the schema has as its primary identity, and inProfile whether it is part of the profile.
	identity  string
	inProfile bool
	datasets  []object
}{
	{
		title: "Customer.io events", description: "Message events from Customer.io",
		groups: []group{{"Customer.io events fields", guided}}, identity: "email",
		datasets: []object{
			{"name": "Customer.io events", "description": "All brands", "enableErrorDiagnostics": true},
			{"name": "Customer.io events (raw)", "tags": object{"team": []any{"crm"}, "acp_validationContext": []any{"enabled"}}},
		},
	},
	{
		title: "Message events",
		groups: []group{
			{"Message events: people", guided},
			{"Message events: delivery", [][2]string{{"campaign_id", "long"}, {"delivery_id", "string"}, {"recipient", "string"}, {"subject", "string"}, {"channel", "string"}}},
		},
		datasets: []object{{"name": "Message events", "fileDescription": object{"persisted": true, "containerFormat": "parquet", "format": "parquet"}}},
	},
	{
		title: "Commerce events 2024", description: "", inProfile: true,
		groups: []group{{"Commerce", slices.Concat(guided, [][2]string{{"brand", "string"}, {"received_at", "date-time"}})}},
		datasets: []object{
			{"name": "Commerce events 2024", "tags": object{"unifiedProfile": []any{"enabled:true"}, "unifiedIdentity": []any{"enabled:true"}}},
		},
	},
	{title: "Playground", groups: []group{{"Playground fields", guided[:2]}}, datasets: []object{{"name": "test do not use"}}},
}

// makeDatasets makes the schemas with their field groups, and the datasets.
func (b *browser) makeDatasets(ctx context.Context, _ *Made) error {
	for _, one := range library {
		parts := []any{object{"$ref": experienceEvent}}
		for _, group := range one.groups {
			id, err := b.make(ctx, fieldGroups, b.fieldGroup(group))
			if err != nil {
				return err
			}
			parts = append(parts, object{"$ref": id})
		}
		body := object{"title": one.title, "type": "object", "description": one.description, "allOf": parts}
		if one.inProfile {
			body["meta:immutableTags"] = []any{"union"}
		}
		schema, err := b.make(ctx, schemas, body)
		if err != nil {
			return err
		}
		if err := b.identify(ctx, schema, one.identity); err != nil {
			return err
		}
		for _, body := range one.datasets {
			body = with(body, object{"schemaRef": object{"id": schema, "contentType": contentType}})
			id, err := b.make(ctx, datasets, body)
			if err != nil {
				return err
			}
			b.datasets = append(b.datasets, dataset{id, schema})
		}
	}
	return nil
}

func (b *browser) fieldGroup(group group) object {
	fields := object{}
	for _, field := range group.fields {
		definition := object{"title": field[0], "type": "string", "meta:xdmType": field[1]}
		switch field[1] {
		case "long":
			definition["type"] = "integer"
		case "date-time":
			definition["format"] = "date-time"
		}
		fields[field[0]] = definition
	}
	return object{
		"title": group.title, "type": "object", "meta:intendedToExtend": []any{experienceEvent},
		"definitions": object{"customFields": object{"type": "object", "properties": object{b.tenant: object{"type": "object", "properties": fields}}}},
		"allOf":       []any{object{"$ref": "#/definitions/customFields"}},
	}
}

// identify makes a field the primary identity of a schema, if there is to be one.
func (b *browser) identify(ctx context.Context, schema, field string) error {
	if field == "" {
		return nil
	}
	_, err := b.make(ctx, descriptors, object{
		"@type": "xdm:descriptorIdentity", "xdm:sourceSchema": schema, "xdm:sourceVersion": 1, "xdm:sourceProperty": "/" + b.tenant + "/" + field,
		"xdm:namespace": "Email", "xdm:property": "xdm:code", "xdm:isPrimary": true,
	})
	return err
}
