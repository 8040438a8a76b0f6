package schemaregistry

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/adopt"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/change"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// union is the tag of schemas that take part in the Real-Time Customer Profile.
const union = "union"

// Schema is an XDM schema of the organisation.
type Schema struct {
	// ID is the $id, a URI; AltID the form of it that paths take.
	ID, AltID          string
	Title, Description string
	// Version is such as "1.3". The registry raises the last part with each change.
	Version string
	// Class is the $id of the class.
	Class string
	// FieldGroups are the $ids of what the schema is composed of beside its class.
	FieldGroups []string
	// Profile tells whether the schema takes part in the Real-Time Customer Profile, which cannot be undone (documented).
	Profile bool
}

type reference struct {
	Ref string `json:"$ref"`
}

type schemaBody struct {
	ID            string      `json:"$id,omitempty"`
	AltID         string      `json:"meta:altId,omitempty"`
	Version       string      `json:"version,omitempty"`
	Class         string      `json:"meta:class,omitempty"`
	Type          string      `json:"type"`
	Title         string      `json:"title"`
	Description   string      `json:"description"`
	AllOf         []reference `json:"allOf"`
	ImmutableTags []string    `json:"meta:immutableTags,omitempty"`
	Metadata      registered  `json:"meta:registryMetadata,omitzero"`
}

func (b *schemaBody) schema() *Schema {
	schema := &Schema{
		ID: b.ID, AltID: b.AltID, Title: b.Title, Description: b.Description, Version: b.Version, Class: b.Class,
		Profile: slices.Contains(b.ImmutableTags, union),
	}
	for _, part := range b.AllOf {
		if part.Ref != b.Class && !strings.HasPrefix(part.Ref, "#") {
			schema.FieldGroups = append(schema.FieldGroups, part.Ref)
		}
	}
	return schema
}

// CreateSchema makes a schema of the class ExperienceEvent, and returns it as the registry made it. Titles are unique
// (XDM-1521-400, documented).
func (c *Client) CreateSchema(ctx context.Context, schema Schema) (*Schema, error) {
	body := schemaBody{Type: "object", Title: schema.Title, Description: schema.Description, AllOf: []reference{{ExperienceEvent}}}
	for _, group := range schema.FieldGroups {
		body.AllOf = append(body.AllOf, reference{group})
	}
	var answer schemaBody
	found := map[string]*schemaBody{}
	id, err := c.create(ctx, schemas, body, &answer, adopt.Among(
		func(ctx context.Context) ([]schemaBody, error) {
			return list[schemaBody](ctx, c, schemas, listAsWritten, url.Values{"property": {"title==" + schema.Title}})
		},
		func(one *schemaBody) (string, time.Time) { return one.ID, one.Metadata.Created.Time },
		func(one *schemaBody) bool {
			made := one.schema()
			found[one.ID] = one
			return made.Title == schema.Title && made.Description == schema.Description && slices.Equal(made.FieldGroups, schema.FieldGroups)
		},
	))
	if err != nil {
		return nil, err
	}
	if adopted := found[id]; adopted != nil {
		return adopted.schema(), nil
	}
	return answer.schema(), nil
}

func (b *schemaBody) id() string { return b.ID }

// Schema reads a schema by $id or by its alternative id.
func (c *Client) Schema(ctx context.Context, id string) (*Schema, error) {
	var answer schemaBody
	if err := c.get(ctx, schemas, id, &answer); err != nil {
		return nil, err
	}
	if answer.ID == "" {
		return nil, transport.Unreadable(Service, pathOf(schemas, id), "it holds no $id")
	}
	return answer.schema(), nil
}

// SchemasByTitle are the schemas with exactly this title.
func (c *Client) SchemasByTitle(ctx context.Context, title string) ([]Schema, error) {
	bodies, err := list[schemaBody](ctx, c, schemas, listAsWritten, url.Values{"property": {"title==" + title}})
	if err != nil {
		return nil, err
	}
	var found []Schema
	for _, body := range bodies {
		if body.Title == title {
			found = append(found, *body.schema())
		}
	}
	return found, nil
}

// TextChange holds what changes in place; nil members stay as they are.
type TextChange struct{ Title, Description *change.Text }

func (t TextChange) operations() []operation {
	var operations []operation
	if t.Title != nil {
		operations = append(operations, operation{"replace", "/title", t.Title.To})
	}
	if t.Description != nil {
		operations = append(operations, operation{"add", "/description", t.Description.To})
	}
	return operations
}

// UpdateSchema changes title and description.
func (c *Client) UpdateSchema(ctx context.Context, id string, change TextChange) error {
	return c.patch(ctx, schemas, id, change.operations())
}

// EnableProfile lets a schema take part in the Real-Time Customer Profile. It cannot be undone, and the schema can no longer
// be deleted (documented).
func (c *Client) EnableProfile(ctx context.Context, id string) error {
	return c.patch(ctx, schemas, id, []operation{{"add", "/meta:immutableTags", []string{union}}})
}

// DeleteSchema waits until the schema is gone. The registry refuses it while datasets use the schema.
func (c *Client) DeleteSchema(ctx context.Context, id string) error {
	return c.remove(ctx, schemas, id)
}
