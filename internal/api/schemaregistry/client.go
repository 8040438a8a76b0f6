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

// NotFound is how the service writes a 404.
var NotFound = transport.AdobeProblem

// Client calls the Schema Registry in one sandbox. Deletes wait until the object is gone. The registry refuses that of a schema which
// datasets use, and that of a field group which schemas use.
type Client struct {
	transport   *transport.Client
	Schemas     objects.Collection[Schema]
	FieldGroups objects.Collection[FieldGroup]
	Descriptors objects.Collection[Descriptor]
	AnySchema   AnySchema
}

// New builds a client on a transport whose base URL ends with [BasePath]. The register is that of all clients of the provider.
func New(client *transport.Client, register *objects.Register) *Client {
	c := &Client{
		transport: client,
		Schemas: newCollection(client, register, "/tenant/schemas", "schema",
			func(one *Schema) (string, time.Time) { return one.ID, one.Metadata.Created.Time }),
		FieldGroups: newCollection(client, register, "/tenant/fieldgroups", "field group",
			func(one *FieldGroup) (string, time.Time) { return one.ID, one.Metadata.Created.Time }),
		Descriptors: objects.Collection[Descriptor]{
			Transport: client, Register: register, Path: descriptors, Object: "descriptor",
			Receipt: objects.NewBare[Descriptor], Envelope: objects.NewBare[Descriptor],
			Identify: func(one *Descriptor) (string, time.Time) { return one.ID, time.Time{} }, // answers have no time
			Reader: func(string) objects.Reader[Descriptor] {
				return read[Descriptor](client, descriptors, listDescriptors, url.Values{})
			},
		},
	}
	c.Schemas.IsAlso = func(one *Schema, id string) bool { return one.AltID == id }
	c.Schemas.Referred = true
	c.AnySchema = AnySchema{c, newCollection(client, register, "/global/schemas", c.Schemas.Object, c.Schemas.Identify)}
	return c
}

const descriptors = "/tenant/descriptors"

// newCollection has the resources that have a title. How the service's filter compares titles is not documented, so what it lists is compared
// again, and a title in which it may take something for a separator is not sent to it.
func newCollection[T any](client *transport.Client, register *objects.Register, path, object string, identify func(*T) (string, time.Time)) objects.Collection[T] {
	return objects.Collection[T]{
		Transport: client, Register: register, Path: path, Object: object, ReadHeader: accept(asWritten),
		Receipt: objects.NewBare[T], Envelope: objects.NewBare[T], Identify: identify,
		Reader: func(title string) objects.Reader[T] {
			query := url.Values{}
			if objects.IsPlainName(title) {
				query.Set("property", "title=="+title)
			}
			return read[T](client, path, listAsWritten, query)
		},
	}
}

// accept is the header that says in which form a resource is wanted.
func accept(form string) http.Header { return http.Header{"Accept": {form}} }

// TenantNamespace is the field that holds all custom fields of the organization, such as "_acme". A process asks for it once: it never changes.
func (c *Client) TenantNamespace(ctx context.Context) (string, error) {
	return objects.Ask(ctx, c.Schemas.Register, "tenant namespace", c.tenantNamespace)
}

func (c *Client) tenantNamespace(ctx context.Context) (string, error) {
	request := transport.Request{Method: http.MethodGet, Path: "/stats"}
	var stats struct {
		TenantID string `json:"tenantId"`
	}
	if err := c.transport.Do(ctx, request, &stats); err != nil {
		return "", err
	}
	if stats.TenantID == "" {
		return "", c.transport.Unreadable(request.Path, "it holds no tenantId")
	}
	return "_" + stats.TenantID, nil
}

// registered is the part of a resource's metadata that says when it was created.
type registered struct {
	Created jsonvalue.Time `json:"repo:createdDate,omitzero"`
}

// patch changes a resource without reading it first: the registry has no If-Match (documented: xdm-api).
func patch[T any](ctx context.Context, c *objects.Collection[T], id string, patch objects.Patch) error {
	if len(patch) == 0 {
		return nil
	}
	return c.Write(ctx, id, transport.Request{Method: http.MethodPatch, Body: patch}, nil)
}

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

func read[T any](client *transport.Client, path, form string, query url.Values) objects.Reader[T] {
	return objects.Pages[T]{
		Transport: client, Path: path, Query: query.Encode(), Header: accept(form),
		New: func() objects.Page[T] { return &page[T]{} },
	}.Reader()
}
