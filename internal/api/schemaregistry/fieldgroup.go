package schemaregistry

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// Types of fields, in the names of XDM (documented: xdm-field-groups).
const (
	TypeString   = "string"
	TypeLong     = "long"
	TypeDouble   = "double"
	TypeBoolean  = "boolean"
	TypeDate     = "date"
	TypeDateTime = "date-time"
)

// longestLong is the greatest whole number of XDM's long. Only its bounds distinguish it from an int (documented: xdm-field-groups).
const longestLong = 1<<53 - 1

// customFields names the definition that holds the fields of a field group of this provider.
const customFields = "customFields"

// Field is one custom field.
type Field struct {
	Name, Title, Description string
	// Type is one of the constants above, or "" for a field of another type, such as an object.
	Type string
	// told is how an answer writes the type.
	told form
}

// Over is what an answer tells, and for the rest what is known. A text without a format may be any kind of text.
func (f Field) Over(known Field) Field {
	known.Name, known.Title, known.Description = f.Name, cmp.Or(f.Title, known.Title), cmp.Or(f.Description, known.Description)
	if f.told.kind != "" && (f.told.format != "" || f.told.kind != forms[known.Type].kind) {
		known.Type = f.Type
	}
	return known
}

// FieldGroup is a set of custom fields under the tenant's namespace. Schemas are composed of field groups.
type FieldGroup struct {
	ID               string                `json:"$id,omitempty"`
	Type             string                `json:"type"`
	Title            string                `json:"title"`
	Description      string                `json:"description"`
	IntendedToExtend []string              `json:"meta:intendedToExtend"`
	Definitions      map[string]definition `json:"definitions"`
	AllOf            []Reference           `json:"allOf"`
	Metadata         registered            `json:"meta:registryMetadata,omitzero"`
}

type definition struct {
	Properties map[string]fieldBody `json:"properties"`
}

type fieldBody struct {
	Type        string               `json:"type"`
	Title       string               `json:"title,omitempty"`
	Description string               `json:"description,omitempty"`
	Format      string               `json:"format,omitempty"`
	Minimum     *float64             `json:"minimum,omitempty"`
	Maximum     *float64             `json:"maximum,omitempty"`
	Properties  map[string]fieldBody `json:"properties,omitempty"`
}

// form is how JSON Schema writes a type.
type form struct{ kind, format string }

var forms = map[string]form{
	TypeString: {"string", ""}, TypeLong: {"integer", ""}, TypeDouble: {"number", ""}, TypeBoolean: {"boolean", ""},
	TypeDate: {"string", "date"}, TypeDateTime: {"string", "date-time"},
}

func (f Field) body() fieldBody {
	form := forms[f.Type]
	body := fieldBody{Type: form.kind, Format: form.format, Title: f.Title, Description: f.Description}
	if f.Type == TypeLong {
		lowest, greatest := float64(-longestLong), float64(longestLong)
		body.Minimum, body.Maximum = &lowest, &greatest
	}
	return body
}

// field is of the type "" if the registry has one without a name here. Only texts are told apart by their format.
func (b fieldBody) field(name string) Field {
	field := Field{Name: name, Title: b.Title, Description: b.Description, told: form{b.Type, b.Format}}
	for xdmType, form := range forms {
		if b.Type == form.kind && (b.Format == form.format || b.Type != "string") {
			field.Type = xdmType
		}
	}
	return field
}

// NewFieldGroup is a field group for schemas of the class ExperienceEvent, to be created. namespace is the tenant's, such as "_acme".
func NewFieldGroup(title, description, namespace string, fields []Field) FieldGroup {
	properties := map[string]fieldBody{}
	for _, field := range fields {
		properties[field.Name] = field.body()
	}
	return FieldGroup{
		Type: "object", Title: title, Description: description, IntendedToExtend: []string{ExperienceEvent},
		Definitions: map[string]definition{customFields: {map[string]fieldBody{namespace: {Type: "object", Properties: properties}}}},
		AllOf:       []Reference{{"#/definitions/" + customFields}},
	}
}

// Fields are those under the tenant's namespace.
func (g FieldGroup) Fields(namespace string) []Field {
	var fields []Field
	for _, definition := range g.Definitions {
		for name, field := range definition.Properties[namespace].Properties {
			fields = append(fields, field.field(name))
		}
	}
	return fields
}

// Wanted is the field group to create.
func (g FieldGroup) Wanted() objects.Wanted[FieldGroup] {
	return objects.Wanted[FieldGroup]{Name: g.Title, Body: g, Matches: g.matches, Differs: func(other *FieldGroup) bool { return !objects.Agree(g.Title, other.Title) }}
}

func (g FieldGroup) matches(other *FieldGroup) bool {
	for namespace := range g.Definitions[customFields].Properties {
		fields, found := g.Fields(namespace), other.Fields(namespace)
		if len(found) > 0 && (len(found) != len(fields) || slices.ContainsFunc(fields, func(field Field) bool { return !field.isAmong(found) })) {
			return false
		}
	}
	return g.Title == other.Title && objects.Agree(g.Description, other.Description)
}

// isAmong tells whether one of the answered fields is this one, as far as it tells.
func (f Field) isAmong(answered []Field) bool {
	f.told = form{}
	return slices.ContainsFunc(answered, func(other Field) bool { return other.Name == f.Name && other.Over(f) == f })
}

// FindCreatedFieldGroup finds the field group of a create with an unknown outcome, unless a schema has the title of the schema that it
// was created for. It returns "" if there is none so far.
func (c *Client) FindCreatedFieldGroup(ctx context.Context, group FieldGroup, schemaTitle string, window objects.Window) (string, error) {
	schemas, err := c.SchemasByTitle(ctx, schemaTitle)
	if err != nil || len(schemas) > 0 {
		return "", err
	}
	return c.FieldGroups.FindCreated(ctx, group, window)
}

// FieldGroupChange has what changes in place. Fields are added, or replaced in title and description: once there is data, the
// registry neither removes a field nor changes its type (documented: xdm-composition).
type FieldGroupChange struct {
	TextChange
	Namespace string
	Fields    []Field
}

// UpdateFieldGroup changes a field group. It is read first to find its fields: another tool may have named the definition.
func (c *Client) UpdateFieldGroup(ctx context.Context, id string, change FieldGroupChange) error {
	steps := change.patch()
	if len(change.Fields) > 0 {
		group, err := c.FieldGroups.Get(ctx, id)
		if err != nil {
			return err
		}
		where, found := group.definitionWith(change.Namespace)
		if !found {
			return fmt.Errorf("the field group %s has no fields under %s that could be added to", id, change.Namespace)
		}
		for _, field := range change.Fields {
			path := objects.Pointer("definitions", where, "properties", change.Namespace, "properties", field.Name)
			steps.Add(path, field.body())
		}
	}
	return patch(ctx, &c.FieldGroups, id, steps)
}

func (g FieldGroup) definitionWith(namespace string) (string, bool) {
	for name, definition := range g.Definitions {
		if definition.Properties[namespace].Properties != nil {
			return name, true
		}
	}
	return "", false
}
