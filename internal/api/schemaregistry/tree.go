package schemaregistry

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
)

// Tree is a schema, or a field of it, with all that is below it. It is nil where nothing is known: any field may be there.
type Tree struct {
	// Type is that of JSON Schema, "" if it is not told.
	Type, Format string
	// Enum are the only values that the field takes, if it is not empty.
	Enum []any
	// Fields are the fields of an object. Entries are what each entry of a map is, and Items what each item of an array is.
	Fields         map[string]*Tree
	Entries, Items *Tree
	// open is whether there may be others.
	open bool
}

// composing are the members in which a definition may have fields that are not in its properties.
var composing = []string{"$ref", "allOf", "anyOf", "oneOf", "patternProperties"}

// singleTypes are the types of single values in JSON Schema.
var singleTypes = []string{"string", "number", "integer", "boolean"}

// UnmarshalJSON takes a definition in JSON Schema. What it does not understand leaves the tree open.
func (t *Tree) UnmarshalJSON(raw []byte) error {
	if !bytes.HasPrefix(raw, []byte("{")) {
		*t = Tree{open: true}
		return nil
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return err
	}
	*t = Tree{open: slices.ContainsFunc(composing, func(name string) bool { return members[name] != nil })}
	member := func(name string, into any) bool {
		return members[name] != nil && json.Unmarshal(members[name], into) == nil
	}
	if !member("type", &t.Type) {
		t.Type = "" // several types
	}
	member("format", &t.Format)
	member("enum", &t.Enum)
	member("properties", &t.Fields)
	member("items", &t.Items)
	var others bool
	if member("additionalProperties", &others) {
		t.open = t.open || others
	} else {
		member("additionalProperties", &t.Entries)
	}
	return nil
}

// Find follows a path. found is false if the schema certainly has no such field. The field is nil if the schema does not tell what is there.
func (t *Tree) Find(steps []xdm.Step) (field *Tree, found bool) {
	field = t
	for _, step := range steps {
		if field.isOpen() {
			return nil, true
		}
		if field, found = field.child(step); !found {
			return nil, false
		}
	}
	return field, true
}

func (t *Tree) isOpen() bool {
	return t == nil || t.open || len(t.Fields) == 0 && t.Entries == nil && t.Items == nil && (t.Type == "" || t.Type == "object" || t.Type == "array")
}

// child is what one step leads to. What the notation of arrays may mean elsewhere is left to the service.
func (t *Tree) child(step xdm.Step) (child *Tree, has bool) {
	field, has := t.Fields[step.Text]
	switch {
	case has && !step.InArray:
		return field, true
	case t.Items != nil && (step.InArray || isIndex(step.Text)):
		return t.Items, true
	case t.Items != nil && !t.Items.isOpen():
		return t.Items.child(step)
	case t.Items != nil, step.InArray && t.Entries == nil && !t.isSingle():
		return nil, true
	}
	return t.Entries, t.Entries != nil
}

// isSingle tells whether the field is a value that nothing is below.
func (t *Tree) isSingle() bool { return slices.Contains(singleTypes, t.Type) }

func isIndex(text string) bool {
	for _, char := range text {
		if char < '0' || char > '9' {
			return false
		}
	}
	return text != ""
}

// Paths are the dotted paths of the fields below, without what is in arrays and maps.
func (t *Tree) Paths() []string {
	var paths []string
	for _, name := range slices.Sorted(maps.Keys(t.Fields)) {
		paths = append(paths, name)
		if below := t.Fields[name]; below != nil {
			for _, path := range below.Paths() {
				paths = append(paths, name+"."+path)
			}
		}
	}
	return paths
}

// with is the tree with other fields under a namespace.
func (t *Tree) with(namespace string, fields []Field) *Tree {
	whole, under := *t, Tree{Type: "object"}
	if held := t.Fields[namespace]; held != nil {
		under = *held
	}
	under.Fields = maps.Clone(under.Fields)
	if under.Fields == nil {
		under.Fields = map[string]*Tree{}
	}
	for _, field := range fields {
		under.Fields[field.Name] = &Tree{Type: forms[field.Type].kind, Format: forms[field.Type].format}
	}
	whole.Fields = maps.Clone(whole.Fields)
	if whole.Fields == nil {
		whole.Fields = map[string]*Tree{}
	}
	whole.Fields[namespace] = &under
	return &whole
}
