// Package dataprep calls Adobe's Data Prep service: the mapping sets that turn source fields into XDM fields.
package dataprep

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	// Service is the name in errors and logs.
	Service = "Adobe Data Prep"
	// BasePath is the service's path on the platform's host (documented: prep-api).
	BasePath = "/data/foundation/conversion"

	mappingSets = "/mappingSets"
)

// NotFound is how the service writes a 404.
var NotFound = transport.AdobeProblem

// Client calls Data Prep in one sandbox.
type Client struct {
	transport   *transport.Client
	MappingSets objects.Collection[MappingSet]
	// revisions are the same sets with who made them.
	revisions objects.Collection[revision]
	// pages is how many pages the list of all sets has at least.
	pages atomic.Int64
}

// New builds a client on a transport whose base URL ends with [BasePath]. The register is that of all clients of the provider.
func New(client *transport.Client, register *objects.Register) *Client {
	c := &Client{transport: client, revisions: revisions(client, register), MappingSets: objects.Collection[MappingSet]{
		Transport: client, Register: register, Path: mappingSets, Object: "mapping set",
		Receipt:  func() objects.Envelope[MappingSet] { return &version{} },
		Envelope: func() objects.Envelope[MappingSet] { return &mappingSetAnswer{} },
		Identify: func(one *MappingSet) (string, time.Time) { return one.ID, one.CreatedAt },
	}}
	c.MappingSets.Reader = c.read
	c.MappingSets.Among = c.among
	c.MappingSets.NameOf = func(one *MappingSet) string { return one.Name }
	c.MappingSets.IsNewer = func(one, other *MappingSet) bool { return one.Version > other.Version }
	c.MappingSets.Tells = (*MappingSet).tells
	return c
}

// UpdateMappingSet replaces a set, which has the version before, and returns its new version. Earlier versions stay as they were, and a
// dataflow continues to use the one that it is pinned to (documented: prep-mapping).
//
// If the answer has no ID, something between here and the service may have answered in its place, and the update is sent again. One
// version too many does no harm.
func (c *Client) UpdateMappingSet(ctx context.Context, set MappingSet) (int64, error) {
	var answer version
	request := transport.Request{Method: http.MethodPut, Body: set.request()}
	err := objects.Attempts(ctx, objects.IgnoredWriteAttempts, func(ctx context.Context) (bool, error) {
		answer = version{}
		if err := c.MappingSets.Write(ctx, set.ID, request, &answer); err != nil || answer.ID != "" {
			return false, err
		}
		return true, c.transport.WithoutID(request.Method, mappingSets+"/"+set.ID)
	})
	if err != nil {
		return 0, err
	}
	updated := int64(answer.Version.Value)
	if !answer.Version.Told {
		newest, err := c.NewestMappingSet(ctx, set.ID, "", set.Version)
		if err != nil {
			return 0, err
		}
		updated = max(newest.Version, set.Version+1)
	}
	set.Version = updated
	c.MappingSets.Share(set.ID, &set)
	return updated, nil
}

// NewestMappingSet reads the newest version of a set; known is a version that is known to exist. Where [objects.FromLists] allows it, that is
// the newest one in a list, if the list has the known one: in one of all sets, or, for the first few reads, of those with a name, if the set
// is known to have one.
//
// Without a list it takes more: the sources contradict each other on a read without a version: the published description declares the default 0 (prep-api),
// and clients of the real service rely on the newest. So an answer of a version above 0 counts as the newest. After any other, the versions
// after the greatest known one are tried until one cannot be read. How a version that does not exist is refused is not documented, and the
// set itself was read, so no refusal is an error.
func (c *Client) NewestMappingSet(ctx context.Context, id, name string, known int64) (*MappingSet, error) {
	if listed := c.MappingSets.Listed(ctx, id, name); listed != nil && listed.Version >= known {
		return listed, nil
	}
	newest, err := c.MappingSets.Get(objects.OneByOne(ctx), id)
	if err != nil || newest.Version > 0 && newest.Version >= known {
		return newest, err
	}
	if newest.untold || newest.Version < known {
		newest, err = c.version(ctx, id, known)
		if IsNoVersion(err) { // the set exists, so this is no deletion: the service is behind its last update
			return nil, c.transport.Unreadable(mappingSets+"/"+id, fmt.Sprintf("the service does not show version %d, which exists", known))
		}
		if err != nil {
			return nil, err
		}
		if newest.untold {
			newest.Version = known
		}
	}
	for {
		later, err := c.version(ctx, id, newest.Version+1)
		if err != nil || later.untold || later.Version != newest.Version+1 { // or the service ignores the parameter
			return newest, ctx.Err()
		}
		newest = later
	}
}

// MappingSetVersion reads a certain version of a set, unless this process sent it: the service may not show it yet.
func (c *Client) MappingSetVersion(ctx context.Context, id string, number int64) (*MappingSet, error) {
	if updated := c.MappingSets.Shared(id); updated != nil && updated.Version == number && updated.ID == id {
		return updated, nil
	}
	if sent, receipt := c.MappingSets.Recall(id); sent != nil && receipt.Version == number {
		set := *sent
		set.ID, set.Version = id, number
		return &set, nil
	}
	var set *MappingSet
	err := objects.Attempts(ctx, objects.ReadsUntilGone, func(ctx context.Context) (bool, error) {
		var err error
		set, err = c.version(ctx, id, number)
		return IsNoVersion(err), err
	})
	if err != nil {
		return nil, err
	}
	if !set.untold && set.Version != number {
		return nil, c.transport.Unreadable(mappingSets+"/"+id, fmt.Sprintf("it is of version %d, and version %d was asked for", set.Version, number))
	}
	set.Version = number
	return set, nil
}

func (c *Client) version(ctx context.Context, id string, number int64) (*MappingSet, error) {
	return c.MappingSets.Once(ctx, id, url.Values{"version": {strconv.FormatInt(number, 10)}})
}

// IsNoVersion tells whether err, of a read of a certain version, says that it does not exist. The status is not documented.
func IsNoVersion(err error) bool {
	return transport.IsNotFound(err) || transport.HasStatus(err, http.StatusBadRequest)
}

// CannotDelete tells whether a delete was refused because the service has no such call, and not because of the credentials or a
// temporary failure. The published description has no such call, though a public client of the service sends it.
func CannotDelete(err error) bool {
	if transport.IsForeign(err) && !transport.HasStatus(err, http.StatusMethodNotAllowed) { // a page that blocks the call
		return false
	}
	if transport.HasStatus(err, http.StatusForbidden) {
		return !transport.IsGatewayRefusal(err) && !transport.HasCode(err, "2118-403", "2120-403", "2121-403")
	}
	return transport.HasStatus(err, http.StatusBadRequest, http.StatusMethodNotAllowed, http.StatusNotImplemented)
}
