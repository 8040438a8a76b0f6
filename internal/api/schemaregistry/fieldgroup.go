package schemaregistry

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/adopt"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Types of fields, in the names of XDM (documented).
const (
	TypeString   = "string"
	TypeLong     = "long"
	TypeDouble   = "double"
	TypeBoolean  = "boolean"
	TypeDate     = "date"
	TypeDateTime = "date-time"
)

// longestLong is the greatest whole number that XDM's long takes; it needs the bounds to be told from an int (documented).
const longestLong = 1<<53 - 1

// customFields names the definition under which a field group of ours holds its fields.
const customFields = "customFields"

// Field is one custom field.
type Field struct {
	Name, Title, Description string
	// Type is one of the constants above, or "" for a field of another kind, such as an object.
	Type string
}

// FieldGroup is a set of custom fields under the tenant's namespace, which schemas are composed of.
type FieldGroup struct {
	ID, Title, Description string
	// Namespace is the tenant's, such as "_acme".
	Namespace string
	Fields    []Field
}

type fieldGroupBody struct {
	ID               string                `json:"$id,omitempty"`
	Type             string                `json:"type"`
	Title            string                `json:"title"`
	Description      string                `json:"description"`
	IntendedToExtend []string              `json:"meta:intendedToExtend"`
	Definitions      map[string]definition `json:"definitions"`
	AllOf            []reference           `json:"allOf"`
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

func (f Field) body() fieldBody {
	body := fieldBody{Title: f.Title, Description: f.Description}
	switch f.Type {
	case TypeLong:
		lowest, greatest := float64(-longestLong), float64(longestLong)
		body.Type, body.Minimum, body.Maximum = "integer", &lowest, &greatest
	case TypeDouble:
		body.Type = "number"
	case TypeDate, TypeDateTime:
		body.Type, body.Format = "string", f.Type
	default:
		body.Type = f.Type
	}
	return body
}

func (b fieldBody) field(name string) Field {
	field := Field{Name: name, Title: b.Title, Description: b.Description}
	switch {
	case b.Type == "integer":
		field.Type = TypeLong
	case b.Type == "number":
		field.Type = TypeDouble
	case b.Type == "boolean":
		field.Type = TypeBoolean
	case b.Type == "string" && b.Format == "":
		field.Type = TypeString
	case b.Type == "string" && (b.Format == TypeDate || b.Format == TypeDateTime):
		field.Type = b.Format
	}
	return field
}

// CreateFieldGroup makes a field group for schemas of the class ExperienceEvent, and returns its $id.
func (c *Client) CreateFieldGroup(ctx context.Context, group FieldGroup) (string, error) {
	fields := map[string]fieldBody{}
	for _, field := range group.Fields {
		fields[field.Name] = field.body()
	}
	body := fieldGroupBody{
		Type: "object", Title: group.Title, Description: group.Description, IntendedToExtend: []string{ExperienceEvent},
		Definitions: map[string]definition{customFields: {map[string]fieldBody{group.Namespace: {Type: "object", Properties: fields}}}},
		AllOf:       []reference{{"#/definitions/" + customFields}},
	}
	return c.create(ctx, fieldGroups, body, &fieldGroupBody{}, adopt.Among(
		func(ctx context.Context) ([]fieldGroupBody, error) { return c.fieldGroupsByTitle(ctx, group.Title) },
		func(one *fieldGroupBody) (string, time.Time) { return one.ID, one.Metadata.Created.Time },
		group.isLike,
	))
}

func (c *Client) fieldGroupsByTitle(ctx context.Context, title string) ([]fieldGroupBody, error) {
	return list[fieldGroupBody](ctx, c, fieldGroups, listAsWritten, url.Values{"property": {"title==" + title}})
}

func (g FieldGroup) isLike(other *fieldGroupBody) bool {
	fields := other.fields(g.Namespace)
	return g.Title == other.Title && g.Description == other.Description && len(fields) == len(g.Fields) &&
		!slices.ContainsFunc(g.Fields, func(field Field) bool { return !slices.Contains(fields, field) })
}

// LeftFieldGroup finds the field group that a create which was broken off left behind: it has the title, which is unique, and all
// else that was sent, and the schema that it was made for was not made. It returns "" where there is none.
func (c *Client) LeftFieldGroup(ctx context.Context, group FieldGroup, schemaTitle string) (string, error) {
	made, err := c.SchemasByTitle(ctx, schemaTitle)
	if err != nil || len(made) > 0 {
		return "", err
	}
	groups, err := c.fieldGroupsByTitle(ctx, group.Title)
	for i := range groups {
		if group.isLike(&groups[i]) {
			return groups[i].ID, err
		}
	}
	return "", err
}

func (b *fieldGroupBody) id() string { return b.ID }

// fields are those under the tenant's namespace.
func (b *fieldGroupBody) fields(namespace string) []Field {
	var fields []Field
	for _, definition := range b.Definitions {
		for name, field := range definition.Properties[namespace].Properties {
			fields = append(fields, field.field(name))
		}
	}
	return fields
}

// FieldGroup reads a field group with its fields under the tenant's namespace.
func (c *Client) FieldGroup(ctx context.Context, id, namespace string) (*FieldGroup, error) {
	body, err := c.fieldGroup(ctx, id)
	if err != nil {
		return nil, err
	}
	return &FieldGroup{
		ID: body.ID, Title: body.Title, Description: body.Description, Namespace: namespace, Fields: body.fields(namespace),
	}, nil
}

func (c *Client) fieldGroup(ctx context.Context, id string) (*fieldGroupBody, error) {
	var body fieldGroupBody
	err := c.get(ctx, fieldGroups, id, &body)
	if err == nil && body.ID == "" {
		err = transport.Unreadable(Service, pathOf(fieldGroups, id), "it holds no $id")
	}
	return &body, err
}

// FieldGroupChange holds what changes in place. Fields are added, or overwritten in title and description: once there is data,
// the registry neither removes a field nor changes its type (documented).
type FieldGroupChange struct {
	TextChange
	Namespace string
	Fields    []Field
}

// UpdateFieldGroup changes a field group. Where in it the fields are is read first: another tool may have named the definition.
func (c *Client) UpdateFieldGroup(ctx context.Context, id string, change FieldGroupChange) error {
	operations := change.operations()
	if len(change.Fields) > 0 {
		body, err := c.fieldGroup(ctx, id)
		if err != nil {
			return err
		}
		where, found := definitionWith(body, change.Namespace)
		if !found {
			return fmt.Errorf("the field group %s has no fields under %s that could be added to", id, change.Namespace)
		}
		for _, field := range change.Fields {
			path := fmt.Sprintf("/definitions/%s/properties/%s/properties/%s", pointer(where), pointer(change.Namespace), pointer(field.Name))
			operations = append(operations, operation{"add", path, field.body()})
		}
	}
	return c.patch(ctx, fieldGroups, id, operations)
}

func definitionWith(body *fieldGroupBody, namespace string) (string, bool) {
	for name, definition := range body.Definitions {
		if definition.Properties[namespace].Properties != nil {
			return name, true
		}
	}
	return "", false
}

// pointer escapes a name for a JSON Pointer (RFC 6901).
func pointer(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

// DeleteFieldGroup waits until the field group is gone. The registry refuses it while schemas use the group.
func (c *Client) DeleteFieldGroup(ctx context.Context, id string) error {
	return c.remove(ctx, fieldGroups, id)
}
