package schemaregistry

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// union is the tag of schemas that are enabled for Real-Time Customer Profile.
const union = "union"

// Schema is an XDM schema of the organization.
type Schema struct {
	// ID is the $id, a URI; AltID the form of it that paths take.
	ID    string `json:"$id,omitempty"`
	AltID string `json:"meta:altId,omitempty"`
	// Version is such as "1.3". The registry increments the last part with each change.
	Version string `json:"version,omitempty"`
	// Class is the $id of the class.
	Class       string      `json:"meta:class,omitempty"`
	Type        string      `json:"type"`
	Title       string      `json:"title"`
	Description string      `json:"description"`
	AllOf       []Reference `json:"allOf"`
	Tags        []string    `json:"meta:immutableTags,omitempty"`
	Metadata    registered  `json:"meta:registryMetadata,omitzero"`
}

// Reference points to a resource by its $id, or to a part of the same resource.
type Reference struct {
	Ref string `json:"$ref"`
}

// NewSchema is a schema of the class ExperienceEvent, to be created. Titles are unique (XDM-1521-400, documented: xdm-api).
func NewSchema(title, description string, fieldGroups ...string) Schema {
	schema := Schema{Type: "object", Title: title, Description: description, AllOf: []Reference{{ExperienceEvent}}}
	for _, group := range fieldGroups {
		schema.AllOf = append(schema.AllOf, Reference{group})
	}
	return schema
}

// FieldGroups are the $ids of the field groups that the schema is composed of, beside its class.
func (s Schema) FieldGroups() []string {
	var groups []string
	for _, part := range s.AllOf {
		if part.Ref != "" && part.Ref != s.Class && part.Ref != ExperienceEvent && !strings.HasPrefix(part.Ref, "#") {
			groups = append(groups, part.Ref)
		}
	}
	return groups
}

// InProfile tells whether the schema is enabled for Real-Time Customer Profile, which cannot be undone (documented: xdm-unions). It is nil
// if an answer has no tags.
func (s Schema) InProfile() *bool {
	if len(s.Tags) == 0 {
		return nil
	}
	return new(slices.Contains(s.Tags, union))
}

// ContentType pins the major version of the schema, in its full form. It stays the same for all minor versions.
func (s Schema) ContentType() string {
	major, _, _ := strings.Cut(s.Version, ".")
	return "application/vnd.adobe.xed-full+json;version=" + cmp.Or(major, "1")
}

// ContentType is [Schema.ContentType] of an ID. It makes no call for a schema that this process created or read.
func (c *Client) ContentType(ctx context.Context, id string) (string, error) {
	if _, created := c.Schemas.Recall(id); created != nil && created.Version != "" {
		return created.ContentType(), nil
	}
	if read := c.Schemas.Shared(id); read != nil {
		return read.ContentType(), nil
	}
	schema, err := c.resolved(ctx, id, "1")
	if err != nil {
		return "", err
	}
	return Schema{Version: schema.Version}.ContentType(), nil
}

// Wanted is the schema to create.
func (s Schema) Wanted() objects.Wanted[Schema] {
	return objects.Wanted[Schema]{Name: s.Title, Body: s, Matches: s.matches, Differs: func(other *Schema) bool { return !objects.Agree(s.Title, other.Title) }}
}

func (s Schema) matches(other *Schema) bool {
	return s.Title == other.Title && objects.Agree(s.Description, other.Description) && objects.AgreeAll(s.FieldGroups(), other.FieldGroups())
}

// AnySchema is where a schema is that something refers to: among those of the organization, or among those that Adobe provides.
type AnySchema struct {
	client *Client
	global objects.Collection[Schema]
}

// What is what one of them is called.
func (s AnySchema) What() string { return s.global.Object }

// Confirm returns an error for which [transport.IsNotFound] holds if there is no such schema. It makes no call for one that this process created
// or read.
func (s AnySchema) Confirm(ctx context.Context, id string) error {
	if _, created := s.client.Schemas.Recall(id); created != nil || s.client.Schemas.Shared(id) != nil {
		return nil
	}
	_, err := s.client.resolved(ctx, id, "1")
	if transport.IsNotFound(err) {
		return s.global.Confirm(ctx, id)
	}
	return err
}

// SchemasByTitle are the schemas with exactly this title.
func (c *Client) SchemasByTitle(ctx context.Context, title string) ([]Schema, error) {
	schemas, err := c.Schemas.List(ctx, title)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(schemas, func(schema Schema) bool { return schema.Title != title }), nil
}

// Titled is another schema with a title than those that isOwn tells, nil if there is none. It is looked for in a list, and read: lists may be
// behind.
func (c *Client) Titled(ctx context.Context, title string, isOwn func(id string) bool) (*Schema, error) {
	listed, err := c.Schemas.Named(ctx, title)
	if err != nil {
		return nil, err
	}
	for _, one := range listed {
		if one.Title != title || isOwn(one.ID) {
			continue
		}
		schema, err := c.Schemas.Once(ctx, one.ID, nil)
		if err == nil && schema.Title == title {
			return schema, nil
		}
		if err != nil && !transport.IsNotFound(err) {
			return nil, err
		}
	}
	return nil, nil
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
	return patch(ctx, &c.Schemas, id, change.patch())
}

// EnableProfile enables a schema for Real-Time Customer Profile. That cannot be undone, and the schema can no longer be deleted
// (documented: xdm-unions).
func (c *Client) EnableProfile(ctx context.Context, id string) error {
	var enable objects.Patch
	enable.Add("/meta:immutableTags", []string{union})
	return patch(ctx, &c.Schemas, id, enable)
}
