package flowservice

import (
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

// read begins a list of the objects of a name. Only those are decoded: a sandbox has objects of other sources, whose forms are not known
// here. For the same reason a list of all objects, name "", leaves out those that cannot be decoded.
func read[T any](client *transport.Client, path, name string) objects.Reader[T] {
	return objects.Each(pages(client, path, listQuery(name)).Reader(), func(raw json.RawMessage) (item T, wanted bool, err error) {
		var head listed
		_ = json.Unmarshal(raw, &head) // what has no name that can be read is not wanted by it
		if !head.isWanted(name) {
			return item, false, nil
		}
		if unreadable := json.Unmarshal(raw, &item); unreadable != nil && name != "" {
			err = client.Unreadable(path, "an object in it has an unexpected form: "+unreadable.Error())
		} else {
			wanted = unreadable == nil
		}
		return item, wanted, err
	})
}

// among begins a list of the objects with some IDs. The comma means "any of them" (documented: flow-lists).
func among[T any](client *transport.Client, path string, ids []string) objects.Reader[T] {
	query := url.Values{"limit": {strconv.Itoa(pageSize)}, "property": {"id==" + strings.Join(ids, ",")}}
	return objects.Each(pages(client, path, query).Reader(), func(raw json.RawMessage) (item T, wanted bool, err error) {
		return item, true, json.Unmarshal(raw, &item)
	})
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
