package schemaregistry

import (
	"context"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

const identityDescriptor = "xdm:descriptorIdentity"

// PrimaryIdentity is the field of a schema that identifies the person of an event.
type PrimaryIdentity struct {
	// ID is the descriptor's.
	ID string
	// SchemaID is the schema's $id.
	SchemaID string
	// Property is the path of the field, such as "/_acme/email".
	Property string
	// Namespace is the code of an identity namespace, such as "Email".
	Namespace string
}

type descriptorBody struct {
	ID             string `json:"@id,omitempty"`
	Type           string `json:"@type"`
	SourceSchema   string `json:"xdm:sourceSchema"`
	SourceVersion  int    `json:"xdm:sourceVersion"`
	SourceProperty string `json:"xdm:sourceProperty"`
	Namespace      string `json:"xdm:namespace"`
	// Property says that Namespace is a code and not a number.
	Property  string `json:"xdm:property"`
	IsPrimary bool   `json:"xdm:isPrimary"`
}

func (b *descriptorBody) identity() *PrimaryIdentity {
	return &PrimaryIdentity{ID: b.ID, SchemaID: b.SourceSchema, Property: b.SourceProperty, Namespace: b.Namespace}
}

func (p PrimaryIdentity) wanted() objects.Wanted[descriptorBody] {
	return objects.Wanted[descriptorBody]{Matches: p.matches, Body: descriptorBody{
		Type: identityDescriptor, SourceSchema: p.SchemaID, SourceVersion: 1, SourceProperty: p.Property,
		Namespace: p.Namespace, Property: "xdm:code", IsPrimary: true,
	}}
}

// matches compares no age: a schema has at most one primary identity.
func (p PrimaryIdentity) matches(other *descriptorBody) bool {
	return other.Type == identityDescriptor && other.IsPrimary && p.SchemaID == other.SourceSchema &&
		p.Property == other.SourceProperty && p.Namespace == other.Namespace
}

// CreatePrimaryIdentity returns the ID of the descriptor.
func (c *Client) CreatePrimaryIdentity(ctx context.Context, identity PrimaryIdentity) (string, error) {
	created, err := c.descriptors.Create(ctx, identity.wanted())
	if err != nil {
		return "", err
	}
	return created.ID, nil
}

// PrimaryIdentity reads the primary identity of a schema, nil if it has none.
func (c *Client) PrimaryIdentity(ctx context.Context, schemaID string) (*PrimaryIdentity, error) {
	bodies, err := c.descriptors.List(ctx, "")
	if err != nil {
		return nil, err
	}
	for _, body := range bodies {
		if strings.EqualFold(body.Type, identityDescriptor) && body.IsPrimary && body.SourceSchema == schemaID {
			return body.identity(), nil
		}
	}
	return nil, nil
}

// PrimaryIdentityByID reads a primary identity whose descriptor is known, which saves the search.
func (c *Client) PrimaryIdentityByID(ctx context.Context, id string) (*PrimaryIdentity, error) {
	body, err := c.descriptors.Once(ctx, id, nil)
	if err != nil {
		return nil, err
	}
	return body.identity(), nil
}

// DeleteDescriptor waits until the descriptor is gone. One that is gone already is deleted.
func (c *Client) DeleteDescriptor(ctx context.Context, id string) error {
	return c.descriptors.Remove(ctx, id)
}
