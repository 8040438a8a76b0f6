package customerio

import (
	"encoding/json"
	"slices"
	"sync"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
)

// FieldObject is the type of what holds other values.
const FieldObject = "object"

// EventPath is what events have at a path.
type EventPath struct {
	// Type is one of the types of event fields, or [FieldObject]. It is "" for what has any form.
	Type string
	// Samples are the values in the vendor's examples.
	Samples []any
}

// openPaths hold what has no fixed form: the headers of a message, the devices of a push, and the content, which may be JSON.
var openPaths = [][]xdm.Step{xdm.Steps("data.headers"), xdm.Steps("data.recipients"), xdm.Steps("data.content")}

// FindEventPath finds what events have at a path, in any event. Of what is there only in some form, the type is "".
func FindEventPath(path string) (EventPath, bool) {
	steps := xdm.Steps(path)
	for _, field := range eventFields {
		switch source := xdm.Steps(field.Source); {
		case slices.Equal(source, steps):
			return EventPath{field.Type, samplesAt(steps)}, true
		case isBelow(source, steps) && !isOpen(steps):
			return EventPath{Type: FieldObject}, true
		}
	}
	return EventPath{}, isOpen(steps)
}

func isOpen(steps []xdm.Step) bool {
	return slices.ContainsFunc(openPaths, func(open []xdm.Step) bool { return isBelow(steps, open) })
}

// isBelow tells whether a path begins with another one.
func isBelow(path, other []xdm.Step) bool {
	return len(path) >= len(other) && slices.Equal(path[:len(other)], other)
}

// EventPaths are the paths of all single values that events carry.
func EventPaths() []string {
	var paths []string
	for _, field := range eventFields {
		paths = append(paths, field.Source)
	}
	return paths
}

// samples are the sample events, decoded.
var samples = sync.OnceValue(func() (events []any) {
	for _, name := range Events() {
		var event any
		_ = json.Unmarshal([]byte(SampleEvent(name)), &event) // as it was marshalled
		events = append(events, event)
	}
	return events
})

func samplesAt(path []xdm.Step) (values []any) {
	for _, value := range samples() {
		for _, step := range path {
			members, _ := value.(map[string]any)
			value = members[step.Text]
		}
		if value != nil {
			values = append(values, value)
		}
	}
	return values
}
