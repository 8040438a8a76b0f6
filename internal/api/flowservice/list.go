package flowservice

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// pageSize is how many objects a list is asked for at a time. No maximum is documented for lists; for searches it is 1,000.
const pageSize = 100

// listQuery asks the service for what it can filter by name; [listed.isWanted] does the rest.
func listQuery(name string) url.Values {
	query := url.Values{"limit": {strconv.Itoa(pageSize)}}
	if objects.IsPlainName(name) {
		query.Set("property", "name=="+name)
	}
	return query
}

// listed has the members by which objects are selected.
type listed struct {
	Name  string `json:"name"`
	State string `json:"state"`
}

// isWanted is false for objects that are being deleted, which a read by ID does not find either.
func (l listed) isWanted(name string) bool {
	return (name == "" || l.Name == name) && !strings.EqualFold(l.State, stateDeleting)
}

// list decodes only the objects of a name, "" for all: a sandbox has objects of other sources, whose forms are not known here.
func list[T any](ctx context.Context, client *transport.Client, path, name string) ([]T, error) {
	var found []T
	for raw, err := range pages(client, path, listQuery(name)).Items(ctx) {
		if err != nil {
			return nil, err
		}
		var head listed
		if json.Unmarshal(raw, &head) != nil || !head.isWanted(name) {
			continue
		}
		var item T
		if err := json.Unmarshal(raw, &item); err != nil {
			return nil, client.Unreadable(path, "an object in it has an unexpected form: "+err.Error())
		}
		found = append(found, item)
	}
	return found, nil
}

func pages(client *transport.Client, path string, query url.Values) objects.Pages[json.RawMessage] {
	return objects.Pages[json.RawMessage]{
		Transport: client, Path: path,
		Query: strings.ReplaceAll(query.Encode(), "+", "%20"), // as in the documented examples of filters (flow-lists)
		New:   func() objects.Page[json.RawMessage] { return &page{} },
	}
}

// page is one page of a list. The last one has no link, or an empty one.
type page struct {
	Objects []json.RawMessage `json:"items"`
	Links   struct {
		Next struct {
			Href string `json:"href"`
		} `json:"next"`
	} `json:"_links"`
}

func (p *page) Items() []json.RawMessage { return p.Objects }

// Next is in a link relative to the service, such as "/connections?continuationToken=…" (documented: flow-lists). Only its query is
// followed, so that no answer can lead to another host.
func (p *page) Next(string, int) (string, error) {
	if p.Links.Next.Href == "" {
		return "", nil
	}
	link, err := url.Parse(p.Links.Next.Href)
	if err != nil || link.RawQuery == "" {
		return "", errors.New("its link to the next page is malformed")
	}
	return link.RawQuery, nil
}
