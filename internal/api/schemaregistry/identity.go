package schemaregistry

import (
	"context"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

const identityDescriptor = "xdm:descriptorIdentity"

// Descriptor says what a field of a schema means. The primary identity of a schema is the field that identifies the person of an
// event.
type Descriptor struct {
	ID   string `json:"@id,omitempty"`
	Type string `json:"@type"`
	// SourceSchema is the schema's $id.
	SourceSchema  string `json:"xdm:sourceSchema"`
	SourceVersion int    `json:"xdm:sourceVersion"`
	// SourceProperty is the path of the field, such as "/_acme/email".
	SourceProperty string `json:"xdm:sourceProperty"`
	// Namespace is the code of an identity namespace, such as "Email".
	Namespace string `json:"xdm:namespace"`
	// Property says that Namespace is a code and not a number.
	Property string `json:"xdm:property"`
	// IsPrimary is nil if an answer does not have it.
	IsPrimary *bool `json:"xdm:isPrimary"`
}

// NewPrimaryIdentity is a descriptor to be created.
func NewPrimaryIdentity(schemaID, property, namespace string) Descriptor {
	return Descriptor{
		Type: identityDescriptor, SourceSchema: schemaID, SourceVersion: 1, SourceProperty: property, Namespace: namespace, Property: "xdm:code",
		IsPrimary: new(true),
	}
}

// Wanted is the descriptor to create.
func (d Descriptor) Wanted() objects.Wanted[Descriptor] {
	return objects.Wanted[Descriptor]{Body: d, Matches: d.matches, Differs: func(other *Descriptor) bool {
		return !objects.Agree(d.SourceSchema, other.SourceSchema) || !objects.Agree(d.SourceProperty, other.SourceProperty)
	}}
}

// matches compares no age: a schema has at most one primary identity. A descriptor has no name, but has to tell which field of which schema
// it is about.
func (d Descriptor) matches(other *Descriptor) bool {
	return objects.Agree(d.Type, other.Type) && (other.IsPrimary == nil || *other.IsPrimary) && d.SourceSchema == other.SourceSchema &&
		d.SourceProperty == other.SourceProperty && objects.Agree(d.Namespace, other.Namespace)
}

// PrimaryIdentity reads the primary identity of a schema, nil if it has none.
func (c *Client) PrimaryIdentity(ctx context.Context, schemaID string) (*Descriptor, error) {
	all, err := c.Descriptors.List(ctx, "")
	if err != nil {
		return nil, err
	}
	for _, one := range all {
		if strings.EqualFold(one.Type, identityDescriptor) && one.IsPrimary != nil && *one.IsPrimary && one.SourceSchema == schemaID {
			return &one, nil
		}
	}
	return nil, nil
}
