// Package schemaregistry calls Adobe's Schema Registry: XDM schemas, the field groups that they are composed of, and the
// descriptors that say what their fields mean.
package schemaregistry

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/adopt"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/poll"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	// Service is the name in errors and logs.
	Service = "Adobe Schema Registry"
	// BasePath is the service's path on the platform's host (documented).
	BasePath = "/data/foundation/schemaregistry"

	schemas     = "/tenant/schemas"
	fieldGroups = "/tenant/fieldgroups"
	descriptors = "/tenant/descriptors"
)

// ExperienceEvent is the class of schemas for events (documented). It requires the fields _id and timestamp.
const ExperienceEvent = "https://ns.adobe.com/xdm/context/experienceevent"

// Media types to accept. The registry refuses reads without one (documented).
const (
	// asWritten leaves references unresolved, which is how a schema is written.
	asWritten       = "application/vnd.adobe.xed+json; version=1"
	listAsWritten   = "application/vnd.adobe.xed+json"
	listDescriptors = "application/vnd.adobe.xdm-v2+json"
)

// Client calls the Schema Registry in one sandbox.
type Client struct {
	transport *transport.Client
	register  *adopt.Register
}

// New builds a client on a transport whose base URL ends with [BasePath].
func New(client *transport.Client) *Client {
	return &Client{transport: client, register: adopt.NewRegister()}
}

// TenantNamespace is the field that holds all custom fields of the organisation, such as "_acme".
func (c *Client) TenantNamespace(ctx context.Context) (string, error) {
	request := transport.Request{Method: http.MethodGet, Path: "/stats"}
	var stats struct {
		TenantID string `json:"tenantId"`
	}
	if _, err := c.transport.Do(ctx, request, &stats); err != nil {
		return "", err
	}
	if stats.TenantID == "" {
		return "", &transport.UnreadableError{
			Service: Service, Method: request.Method, Path: request.Path, Status: http.StatusOK, Reason: "it holds no tenantId",
		}
	}
	return "_" + stats.TenantID, nil
}

// accept is the header that says in which form a resource is wanted.
func accept(form string) http.Header { return http.Header{"Accept": {form}} }

// operation is one step of a JSON Patch (RFC 6902).
type operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value"`
}

// create makes a resource, whose id out holds then, and returns the id. Titles are unique, so that a second create would only be
// refused, but the first one has to be found again all the same.
func (c *Client) create(ctx context.Context, path string, body any, out identified, find adopt.Finder) (string, error) {
	return c.register.Create(ctx, c.transport, adopt.Creation{
		Object: "resource", Alike: adopt.Alike(path, body), Find: find,
		Post: func(ctx context.Context) (string, error) {
			if err := c.write(ctx, http.MethodPost, path, body, out); err != nil {
				return "", err
			}
			if out.id() == "" {
				return "", transport.WithoutID(Service, http.MethodPost, path)
			}
			return out.id(), nil
		},
	})
}

// identified is an answer that holds the id of what was made.
type identified interface{ id() string }

// registered is when a resource was made, in its metadata.
type registered struct {
	Created jsonvalue.Time `json:"repo:createdDate,omitzero"`
}

// write sends a whole resource and decodes the one that the registry made of it.
func (c *Client) write(ctx context.Context, method, path string, body, out any) error {
	_, err := c.transport.Do(ctx, transport.Request{Method: method, Path: path, Body: body}, out)
	return err
}

// patch changes a resource. There is no If-Match in this service (documented).
func (c *Client) patch(ctx context.Context, collection, id string, operations []operation) error {
	if len(operations) == 0 {
		return nil
	}
	return c.write(ctx, http.MethodPatch, pathOf(collection, id), operations, nil)
}

// get reads a resource into out, and makes sure of it where it is gone.
func (c *Client) get(ctx context.Context, collection, id string, out any) error {
	_, err := poll.Confirmed(ctx, func(ctx context.Context) (any, error) { return nil, c.getOnce(ctx, collection, id, out) })
	return err
}

func (c *Client) getOnce(ctx context.Context, collection, id string, out any) error {
	request := transport.Request{Method: http.MethodGet, Path: pathOf(collection, id), Header: accept(asWritten)}
	_, err := c.transport.Do(ctx, request, out)
	return err
}

// remove deletes a resource and waits until a read no longer finds it. One that is gone already is deleted.
func (c *Client) remove(ctx context.Context, collection, id string) error {
	remove := func(ctx context.Context) error {
		_, err := c.transport.Do(ctx, transport.Request{Method: http.MethodDelete, Path: pathOf(collection, id)}, nil)
		return err
	}
	return poll.Gone(ctx, remove, func(ctx context.Context) (bool, error, error) {
		err := c.getOnce(ctx, collection, id, nil)
		if transport.IsNotFound(err) {
			return true, nil, nil
		}
		return false, fmt.Errorf("%s still finds it", Service), err
	})
}

// page is a part of a list.
type page[T any] struct {
	Results []T `json:"results"`
	Page    struct {
		Next *string `json:"next"`
	} `json:"_page"`
}

// list reads all pages. One that leads to a page that was read before would be read for ever, so it is an error.
func list[T any](ctx context.Context, c *Client, collection, form string, query url.Values) ([]T, error) {
	var all []T
	read := map[string]bool{}
	for {
		request := transport.Request{Method: http.MethodGet, Path: collection, Query: query, Header: accept(form)}
		var answer page[T]
		if _, err := c.transport.Do(ctx, request, &answer); err != nil {
			return nil, err
		}
		all = append(all, answer.Results...)
		if answer.Page.Next == nil || *answer.Page.Next == "" {
			return all, nil
		}
		if read[*answer.Page.Next] {
			return nil, transport.Unreadable(Service, collection, "it leads to a page that was read before")
		}
		read[*answer.Page.Next] = true
		query.Set("start", *answer.Page.Next)
	}
}

func pathOf(collection, id string) string { return collection + "/" + url.PathEscape(id) }
