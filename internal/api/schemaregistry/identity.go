package schemaregistry

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/adopt"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const identityDescriptor = "xdm:descriptorIdentity"

// PrimaryIdentity says which field of a schema tells whom an event is about.
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
	// Property tells that Namespace is a code, as opposed to a number.
	Property  string `json:"xdm:property"`
	IsPrimary bool   `json:"xdm:isPrimary"`
}

func (b descriptorBody) identity() *PrimaryIdentity {
	return &PrimaryIdentity{ID: b.ID, SchemaID: b.SourceSchema, Property: b.SourceProperty, Namespace: b.Namespace}
}

// CreatePrimaryIdentity returns the id of the descriptor.
func (c *Client) CreatePrimaryIdentity(ctx context.Context, identity PrimaryIdentity) (string, error) {
	body := descriptorBody{
		Type: identityDescriptor, SourceSchema: identity.SchemaID, SourceVersion: 1, SourceProperty: identity.Property,
		Namespace: identity.Namespace, Property: "xdm:code", IsPrimary: true,
	}
	return c.create(ctx, descriptors, body, &descriptorBody{}, adopt.Among(
		func(ctx context.Context) ([]descriptorBody, error) {
			return list[descriptorBody](ctx, c, descriptors, listDescriptors, url.Values{})
		},
		func(one *descriptorBody) (string, time.Time) { return one.ID, time.Time{} }, // a schema has at most one primary identity
		func(one *descriptorBody) bool {
			return one.Type == body.Type && one.IsPrimary && one.SourceSchema == body.SourceSchema && one.SourceProperty == body.SourceProperty &&
				one.Namespace == body.Namespace
		},
	))
}

func (b *descriptorBody) id() string { return b.ID }

// PrimaryIdentity reads the primary identity of a schema, nil where it has none.
func (c *Client) PrimaryIdentity(ctx context.Context, schemaID string) (*PrimaryIdentity, error) {
	bodies, err := list[descriptorBody](ctx, c, descriptors, listDescriptors, url.Values{})
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
	var answer descriptorBody
	request := transport.Request{Method: http.MethodGet, Path: pathOf(descriptors, id)}
	if _, err := c.transport.Do(ctx, request, &answer); err != nil {
		return nil, err
	}
	if answer.ID == "" {
		return nil, transport.Unreadable(Service, request.Path, "it holds no @id")
	}
	return answer.identity(), nil
}

// DeleteDescriptor waits until the descriptor is gone. One that is gone already is deleted.
func (c *Client) DeleteDescriptor(ctx context.Context, id string) error {
	return c.remove(ctx, descriptors, id)
}
