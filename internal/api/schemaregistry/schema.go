package schemaregistry

import (
	"context"
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// union is the tag of schemas that are enabled for Real-Time Customer Profile.
const union = "union"

// Schema is an XDM schema of the organization.
type Schema struct {
	// ID is the $id, a URI; AltID the form of it that paths take.
	ID, AltID          string
	Title, Description string
	// Version is such as "1.3". The registry increments the last part with each change.
	Version string
	// Class is the $id of the class.
	Class string
	// FieldGroups are the $ids of the field groups that the schema is composed of, beside its class.
	FieldGroups []string
	// Profile tells whether the schema is enabled for Real-Time Customer Profile, which cannot be undone (documented:
	// xdm-unions).
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

func (s Schema) wanted() objects.Wanted[schemaBody] {
	body := schemaBody{Type: "object", Title: s.Title, Description: s.Description, AllOf: []reference{{ExperienceEvent}}}
	for _, group := range s.FieldGroups {
		body.AllOf = append(body.AllOf, reference{group})
	}
	return objects.Wanted[schemaBody]{Name: s.Title, Body: body, Matches: s.matches}
}

func (s Schema) matches(body *schemaBody) bool {
	other := body.schema()
	return s.Title == other.Title && s.Description == other.Description && slices.Equal(s.FieldGroups, other.FieldGroups)
}

// CreateSchema creates a schema of the class ExperienceEvent, and returns it as the registry has it. Titles are unique (XDM-1521-400,
// documented: xdm-api).
func (c *Client) CreateSchema(ctx context.Context, schema Schema) (*Schema, error) {
	created, err := c.schemas.Create(ctx, schema.wanted())
	if err != nil {
		return nil, err
	}
	return created.schema(), nil
}

// Schema reads a schema by $id or by its alternative ID.
func (c *Client) Schema(ctx context.Context, id string) (*Schema, error) {
	body, err := c.schemas.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return body.schema(), nil
}

// SchemasByTitle are the schemas with exactly this title.
func (c *Client) SchemasByTitle(ctx context.Context, title string) ([]Schema, error) {
	bodies, err := c.schemas.List(ctx, title)
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

// TextChange has the texts that change in place; nil members stay as they are.
type TextChange struct{ Title, Description *objects.Text }

func (t TextChange) patch() objects.Patch {
	var patch objects.Patch
	patch.ReplaceText("/title", t.Title)
	patch.AddText("/description", t.Description)
	return patch
}

// UpdateSchema changes title and description.
func (c *Client) UpdateSchema(ctx context.Context, id string, change TextChange) error {
	return c.patch(ctx, c.schemas.PathOf(id), change.patch())
}

// EnableProfile enables a schema for Real-Time Customer Profile. That cannot be undone, and the schema can no longer be deleted
// (documented: xdm-unions).
func (c *Client) EnableProfile(ctx context.Context, id string) error {
	var patch objects.Patch
	patch.Add("/meta:immutableTags", []string{union})
	return c.patch(ctx, c.schemas.PathOf(id), patch)
}

// DeleteSchema waits until the schema is gone. The registry refuses it while datasets use the schema.
func (c *Client) DeleteSchema(ctx context.Context, id string) error {
	return c.schemas.Remove(ctx, id)
}
