package customerio

import (
	_ "embed"
	"slices"
	"strings"
)

// Types of event fields.
const (
	FieldString  = "string"
	FieldInteger = "integer"
	FieldBoolean = "boolean"
)

// EventField is a single value that events carry.
type EventField struct {
	// Name is the last part of Source. No two fields share one.
	Name string `json:"-"`
	// Source is the dotted path in the event, such as "data.identifiers.email".
	Source string `json:"source"`
	// Type is one of the constants above.
	Type string `json:"type"`
	// Description says what the value means and which events have it.
	Description string `json:"description"`
}

// fieldsJSON has all single values in the events of the vendor's description of August 2026. Two members are no single values and so
// not here: data.recipients, a list of devices in push events, and data.headers, a map with free keys in emails. Adobe documents that
// Data Prep does not support maps, and does not document how a mapping of type ATTRIBUTE copies a list of objects.
//
//go:embed fields.json
var fieldsJSON []byte

var eventFields = named(decoded[[]EventField](fieldsJSON))

func named(fields []EventField) []EventField {
	for i, field := range fields {
		fields[i].Name = field.Source[strings.LastIndex(field.Source, ".")+1:]
	}
	return fields
}

// EventFields are all single values that events carry, those of every event first.
func EventFields() []EventField { return slices.Clone(eventFields) }

// DefaultEventFields are the names of the seven fields that Adobe's guide to the source calls mandatory.
func DefaultEventFields() []string {
	return []string{"object_type", "id", "email", "event_id", "cio_id", "metric", "timestamp"}
}

// FindEventField finds a field by name.
func FindEventField(name string) (EventField, bool) {
	index := slices.IndexFunc(eventFields, func(field EventField) bool { return field.Name == name })
	if index < 0 {
		return EventField{}, false
	}
	return eventFields[index], true
}
