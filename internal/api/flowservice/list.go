package flowservice

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// pageSize is how many objects a list is asked for at a time. No maximum is documented for lists; for searches it is 1,000.
const pageSize = 100

// Filter says which objects a list is to hold. The zero value lets all through.
type Filter struct {
	// Name, if any, is the exact name. Names need not be unique.
	Name string
}

// plainName matches the names that the service's filter certainly takes literally: commas separate values in it, and quotes
// enclose them. How it compares other letters than these is not documented.
var plainName = regexp.MustCompile(`^[A-Za-z0-9_.-]+( +[A-Za-z0-9_.-]+)*$`)

// query asks the service for what it can filter; [Filter.takes] does the rest.
func (f Filter) query() url.Values {
	query := url.Values{"limit": {strconv.Itoa(pageSize)}}
	if plainName.MatchString(f.Name) {
		query.Set("property", "name=="+f.Name)
	}
	return query
}

// listed is what decides whether an object is let through.
type listed struct {
	Name  string `json:"name"`
	State string `json:"state"`
}

// takes is false for objects that are being deleted, which a read by id does not find either.
func (f Filter) takes(one listed) bool {
	return (f.Name == "" || one.Name == f.Name) && !strings.EqualFold(one.State, stateDeleting)
}

// list reads all pages of a collection ("/flows"). Only what the filter lets through is decoded in full: a sandbox holds
// objects of other sources, whose forms are not known here.
func list[T any](ctx context.Context, c *Client, collection string, filter Filter) ([]T, error) {
	var found []T
	for raw, err := range c.items(ctx, collection, filter.query()) {
		if err != nil {
			return nil, err
		}
		var head listed
		if json.Unmarshal(raw, &head) != nil || !filter.takes(head) {
			continue
		}
		var item T
		if err := json.Unmarshal(raw, &item); err != nil {
			return nil, unreadableList(collection, "an object in it has an unexpected form: "+err.Error())
		}
		found = append(found, item)
	}
	return found, nil
}

// items goes through a collection, page after page.
func (c *Client) items(ctx context.Context, collection string, query url.Values) iter.Seq2[json.RawMessage, error] {
	return func(yield func(json.RawMessage, error) bool) {
		read := map[string]bool{}
		// A space as %20, as in the documented examples of filters.
		next := strings.ReplaceAll(query.Encode(), "+", "%20")
		for more := true; more; more = next != "" {
			if read[next] {
				yield(nil, unreadableList(collection, "its link to the next page leads to one that was read before"))
				return
			}
			read[next] = true
			page, err := c.page(ctx, collection, next)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, item := range page.Items {
				if !yield(item, nil) {
					return
				}
			}
			if next, err = page.next(collection); err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// page is one page of a list. The last one has no link, or an empty one.
type page struct {
	Items []json.RawMessage `json:"items"`
	Links struct {
		Next struct {
			Href string `json:"href"`
		} `json:"next"`
	} `json:"_links"`
}

func (c *Client) page(ctx context.Context, collection, query string) (*page, error) {
	var answer page
	_, err := c.transport.Do(ctx, transport.Request{Method: http.MethodGet, Path: collection, RawQuery: query}, &answer)
	return &answer, err
}

// next is the encoded query of the next page, "" after the last. The link is relative to the service (documented as
// "/connections?continuationToken=…"). Only its query is followed, so that no answer can lead to another host.
func (p *page) next(collection string) (string, error) {
	if p.Links.Next.Href == "" {
		return "", nil
	}
	link, err := url.Parse(p.Links.Next.Href)
	if err != nil || link.RawQuery == "" {
		return "", unreadableList(collection, "its link to the next page is malformed")
	}
	return link.RawQuery, nil
}

func unreadableList(collection, reason string) error {
	return &transport.UnreadableError{Service: Service, Method: http.MethodGet, Path: collection, Status: http.StatusOK, Reason: reason}
}
