// Package schemaregistry calls Adobe's Schema Registry: XDM schemas, the field groups that they are composed of, and the descriptors
// that say what their fields mean.
package schemaregistry

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	// Service is the name in errors and logs.
	Service = "Adobe Schema Registry"
	// BasePath is the service's path on the platform's host (documented: xdm-api).
	BasePath = "/data/foundation/schemaregistry"
)

// ExperienceEvent is the class of schemas for events (documented: xdm-composition). It requires the fields _id and timestamp.
const ExperienceEvent = "https://ns.adobe.com/xdm/context/experienceevent"

// Media types to accept. The registry refuses reads without one (documented: xdm-api).
const (
	// asWritten leaves references unresolved, which is how a schema is written.
	asWritten       = "application/vnd.adobe.xed+json; version=1"
	listAsWritten   = "application/vnd.adobe.xed+json"
	listDescriptors = "application/vnd.adobe.xdm-v2+json"
)

// Client calls the Schema Registry in one sandbox.
type Client struct {
	transport   *transport.Client
	schemas     objects.Collection[schemaBody]
	fieldGroups objects.Collection[fieldGroupBody]
	descriptors objects.Collection[descriptorBody]
}

// New builds a client on a transport whose base URL ends with [BasePath].
func New(client *transport.Client) *Client {
	register := objects.NewRegister()
	c := &Client{
		transport: client,
		schemas: objects.Collection[schemaBody]{
			Transport: client, Register: register, Path: "/tenant/schemas", Object: "schema", ReadHeader: accept(asWritten),
			Receipt: objects.NewBare[schemaBody], Envelope: objects.NewBare[schemaBody],
			Identify: func(one *schemaBody) (string, time.Time) { return one.ID, one.Metadata.Created.Time },
		},
		fieldGroups: objects.Collection[fieldGroupBody]{
			Transport: client, Register: register, Path: "/tenant/fieldgroups", Object: "field group", ReadHeader: accept(asWritten),
			Receipt: objects.NewBare[fieldGroupBody], Envelope: objects.NewBare[fieldGroupBody],
			Identify: func(one *fieldGroupBody) (string, time.Time) { return one.ID, one.Metadata.Created.Time },
		},
		descriptors: objects.Collection[descriptorBody]{
			Transport: client, Register: register, Path: "/tenant/descriptors", Object: "descriptor",
			Receipt: objects.NewBare[descriptorBody], Envelope: objects.NewBare[descriptorBody],
			Identify: func(one *descriptorBody) (string, time.Time) { return one.ID, time.Time{} }, // answers have no time
		},
	}
	c.schemas.List = func(ctx context.Context, title string) ([]schemaBody, error) {
		return list[schemaBody](ctx, client, c.schemas.Path, listAsWritten, titled(title))
	}
	c.fieldGroups.List = func(ctx context.Context, title string) ([]fieldGroupBody, error) {
		return list[fieldGroupBody](ctx, client, c.fieldGroups.Path, listAsWritten, titled(title))
	}
	c.descriptors.List = func(ctx context.Context, _ string) ([]descriptorBody, error) {
		return list[descriptorBody](ctx, client, c.descriptors.Path, listDescriptors, url.Values{})
	}
	return c
}

// accept is the header that says in which form a resource is wanted.
func accept(form string) http.Header { return http.Header{"Accept": {form}} }

// TenantNamespace is the field that holds all custom fields of the organization, such as "_acme".
func (c *Client) TenantNamespace(ctx context.Context) (string, error) {
	request := transport.Request{Method: http.MethodGet, Path: "/stats"}
	var stats struct {
		TenantID string `json:"tenantId"`
	}
	if _, err := c.transport.Do(ctx, request, &stats); err != nil {
		return "", err
	}
	if stats.TenantID == "" {
		return "", transport.Unreadable(Service, request.Path, "it holds no tenantId")
	}
	return "_" + stats.TenantID, nil
}

// registered is the part of a resource's metadata that says when it was created.
type registered struct {
	Created jsonvalue.Time `json:"repo:createdDate,omitzero"`
}

// patch changes a resource without reading it first: the registry has no If-Match (documented: xdm-api).
func (c *Client) patch(ctx context.Context, path string, patch objects.Patch) error {
	if len(patch) == 0 {
		return nil
	}
	_, err := c.transport.Do(ctx, transport.Request{Method: http.MethodPatch, Path: path, Body: patch}, nil)
	return err
}

// titled is the filter for a title. How the service compares titles is not documented.
func titled(title string) url.Values { return url.Values{"property": {"title==" + title}} }

// page is a part of a list.
type page[T any] struct {
	Results []T `json:"results"`
	Page    struct {
		Next *string `json:"next"`
	} `json:"_page"`
}

func (p *page[T]) Items() []T { return p.Results }

func (p *page[T]) Next(query string, _ int) (string, error) {
	if p.Page.Next == nil || *p.Page.Next == "" {
		return "", nil
	}
	return objects.At(query, *p.Page.Next), nil
}

func list[T any](ctx context.Context, client *transport.Client, path, form string, query url.Values) ([]T, error) {
	return objects.Pages[T]{
		Transport: client, Path: path, Query: query.Encode(), Header: accept(form),
		New: func() objects.Page[T] { return &page[T]{} },
	}.All(ctx)
}
