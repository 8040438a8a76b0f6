package customerio

import (
	"cmp"
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
	// Name is the last part of Source, unless the file has another name for it. No two fields share one.
	Name string `json:"name"`
	// Source is the path in the event, such as "data.identifiers.email".
	Source string `json:"source"`
	// Type is one of the constants above.
	Type string `json:"type"`
	// Description says what the value means and which events have it.
	Description string `json:"description"`
}

// fieldsJSON has all single values in the events of the vendor's description of August 2026. Two members are no single values:
// data.recipients, a list of devices in push events, of which the first has fields here (documented: a mapping of the type ATTRIBUTE takes an
// element by its index, prep-sets), and data.headers, a map with free keys in emails (documented: Data Prep does not support maps).
//
//go:embed fields.json
var fieldsJSON []byte

var eventFields = named(decoded[[]EventField](fieldsJSON))

func named(fields []EventField) []EventField {
	for i, field := range fields {
		fields[i].Name = cmp.Or(field.Name, field.Source[strings.LastIndex(field.Source, ".")+1:])
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
