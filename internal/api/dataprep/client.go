// Package dataprep calls Adobe's Data Prep service: the mapping sets that turn source fields into XDM fields.
package dataprep

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/adopt"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/poll"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	// Service is the name in errors and logs.
	Service = "Adobe Data Prep"
	// BasePath is the service's path on the platform's host (documented).
	BasePath = "/data/foundation/conversion"

	mappingSets = "/mappingSets"
)

// Client calls Data Prep in one sandbox.
type Client struct {
	transport *transport.Client
	register  *adopt.Register
}

// New builds a client on a transport whose base URL ends with [BasePath].
func New(client *transport.Client) *Client {
	return &Client{transport: client, register: adopt.NewRegister()}
}

// version is the part of an answer that says which version of which set it is.
type version struct {
	ID      string            `json:"id"`
	Version jsonvalue.Integer `json:"version"`
}

// CreateMappingSet returns the id and the version of the new set.
func (c *Client) CreateMappingSet(ctx context.Context, set MappingSet) (string, int64, error) {
	var number int64 // the first version of a set is 0 (documented), also of one that is found again
	id, err := c.register.Create(ctx, c.transport, adopt.Creation{
		Object: "mapping set", Alike: adopt.Alike(mappingSets, set),
		Post: func(ctx context.Context) (id string, err error) {
			id, number, err = c.write(ctx, http.MethodPost, mappingSets, set)
			return id, err
		},
		Find: c.mappingSetsLike(set),
	})
	return id, number, err
}

// LeftMappingSet finds what a create with an unknown outcome made, and returns "" where that is nothing.
func (c *Client) LeftMappingSet(ctx context.Context, set MappingSet, window adopt.Window) (string, error) {
	return c.register.Find(ctx, "mapping set", c.mappingSetsLike(set), window)
}

func (c *Client) mappingSetsLike(set MappingSet) adopt.Finder {
	return adopt.Among(
		func(ctx context.Context) ([]MappingSet, error) { return c.ListMappingSets(ctx, Filter{Name: set.Name}) },
		func(one *MappingSet) (string, time.Time) { return one.ID, one.CreatedAt },
		set.isLike,
	)
}

// UpdateMappingSet replaces a set and returns its new version. The versions before stay as they were, and a dataflow goes on
// using the one it is pinned to (documented).
func (c *Client) UpdateMappingSet(ctx context.Context, set MappingSet) (int64, error) {
	for attempt := 0; ; attempt++ {
		_, number, err := c.write(ctx, http.MethodPut, pathOf(set.ID), set)
		// One version too many does no harm.
		if !transport.IsAmbiguous(err) || attempt >= c.transport.MaxRetries() {
			return number, err
		}
	}
}

func (c *Client) write(ctx context.Context, method, path string, set MappingSet) (string, int64, error) {
	var answer version
	if _, err := c.transport.Do(ctx, transport.Request{Method: method, Path: path, Body: set.request()}, &answer); err != nil {
		return "", 0, err
	}
	if answer.ID == "" {
		return "", 0, transport.WithoutID(Service, method, path)
	}
	return answer.ID, int64(answer.Version), nil
}

// NewestMappingSet reads the newest version of a set; known is a version that is known to exist.
//
// What a read without a version returns is contradictory: the published description declares the default 0, and clients of
// the real service rely on the newest. So an answer of a version above 0 is taken for the newest; after any other, the
// versions after the greatest one seen are asked for until there is none.
func (c *Client) NewestMappingSet(ctx context.Context, id string, known int64) (*MappingSet, error) {
	newest, err := poll.Confirmed(ctx, func(ctx context.Context) (*MappingSet, error) { return c.mappingSet(ctx, id, nil) })
	if err != nil {
		return nil, err
	}
	if newest.Version > 0 && newest.Version >= known {
		return newest, nil
	}
	if newest.Version < known {
		if newest, err = c.mappingSet(ctx, id, &known); err != nil {
			return nil, err
		}
	}
	for {
		next := newest.Version + 1
		later, err := c.mappingSet(ctx, id, &next)
		switch {
		// The status for a version that does not exist is not documented.
		case transport.HasStatus(err, http.StatusNotFound, http.StatusBadRequest):
			return newest, nil
		case err != nil:
			return nil, err
		case later.Version != next: // the parameter is not heeded
			return newest, nil
		}
		newest = later
	}
}

// MappingSetVersion reads a certain version of a set.
func (c *Client) MappingSetVersion(ctx context.Context, id string, number int64) (*MappingSet, error) {
	set, err := c.mappingSet(ctx, id, &number)
	if err == nil && set.Version != number {
		return nil, &transport.UnreadableError{
			Service: Service, Method: http.MethodGet, Path: pathOf(id), Status: http.StatusOK,
			Reason: fmt.Sprintf("it is of version %d, and version %d was asked for", set.Version, number),
		}
	}
	return set, err
}

// IsNoVersion tells whether err, of a read of a certain version, says that it does not exist. The status is not documented.
func IsNoVersion(err error) bool {
	return transport.IsNotFound(err) || transport.HasStatus(err, http.StatusBadRequest)
}

func (c *Client) mappingSet(ctx context.Context, id string, number *int64) (*MappingSet, error) {
	query := url.Values{}
	if number != nil {
		query.Set("version", strconv.FormatInt(*number, 10))
	}
	c.register.Own(id) // who asks for it has it
	var answer mappingSetAnswer
	request := transport.Request{Method: http.MethodGet, Path: pathOf(id), Query: query}
	if _, err := c.transport.Do(ctx, request, &answer); err != nil {
		return nil, err
	}
	if answer.ID == "" {
		return nil, transport.Unreadable(Service, request.Path, "it holds no id")
	}
	return answer.mappingSet(), nil
}

// DeleteMappingSet tries to delete a set. The published description has no such call, though a public client of the service
// sends it; [CannotDelete] tells whether the error means that the service cannot.
func (c *Client) DeleteMappingSet(ctx context.Context, id string) error {
	remove := func(ctx context.Context) error {
		_, err := c.transport.Do(ctx, transport.Request{Method: http.MethodDelete, Path: pathOf(id)}, nil)
		return err
	}
	return poll.Gone(ctx, remove, func(ctx context.Context) (bool, error, error) {
		_, err := c.mappingSet(ctx, id, nil)
		if transport.IsNotFound(err) {
			return true, nil, nil
		}
		return false, fmt.Errorf("%s still finds it", Service), err
	})
}

// CannotDelete tells whether a delete was refused because the service has no such call, as opposed to credentials that it
// does not take or trouble that passes.
func CannotDelete(err error) bool {
	if transport.HasStatus(err, http.StatusForbidden) {
		return !transport.IsGatewayRefusal(err) && !transport.HasCode(err, "2118-403", "2120-403", "2121-403")
	}
	return transport.HasStatus(err, http.StatusBadRequest, http.StatusMethodNotAllowed, http.StatusNotImplemented)
}

func pathOf(id string) string { return mappingSets + "/" + url.PathEscape(id) }
