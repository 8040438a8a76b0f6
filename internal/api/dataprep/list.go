package dataprep

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strconv"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// pageSize is how many sets a list is asked for at a time. No maximum is documented.
const pageSize = 100

// Filter says which mapping sets a list is to hold. The zero value lets all through.
type Filter struct {
	// Name, if any, is the exact name. Names need not be unique.
	Name string
}

// plainName matches the names that are given to the service's own filter. How it compares names is not documented, so it
// only ever narrows what is compared here.
var plainName = regexp.MustCompile(`^[A-Za-z0-9_.-]+( +[A-Za-z0-9_.-]+)*$`)

// query lists the newest sets first, so that one made meanwhile hides none: it repeats one at the next page's start.
func (f Filter) query() url.Values {
	query := url.Values{"limit": {strconv.Itoa(pageSize)}, "orderBy": {"-createdDate"}}
	if plainName.MatchString(f.Name) {
		query.Set("name", f.Name)
	}
	return query
}

// page is one page of a list. Limit is the one that the service went by; the count beside it is not to be relied on.
type page struct {
	Data []json.RawMessage `json:"data"`
	Page struct {
		Limit jsonvalue.Integer `json:"limit"`
	} `json:"_page"`
}

// last tells whether no page follows. Where the service does not say how long a page can be, only an empty one is the last.
func (p *page) last() bool {
	return len(p.Data) == 0 || p.Page.Limit > 0 && len(p.Data) < int(p.Page.Limit)
}

// ListMappingSets lists the mapping sets that a filter lets through, each once and in the newest version that the list shows.
func (c *Client) ListMappingSets(ctx context.Context, filter Filter) ([]MappingSet, error) {
	sets := &newestSets{place: map[string]int{}}
	query := filter.query()
	for start := 0; ; {
		query.Set("start", strconv.Itoa(start))
		var answer page
		request := transport.Request{Method: http.MethodGet, Path: mappingSets, Query: query}
		if _, err := c.transport.Do(ctx, request, &answer); err != nil {
			return nil, err
		}
		news := false
		for _, raw := range answer.Data {
			news = sets.add(raw) || news
		}
		if answer.last() {
			return sets.decode(filter)
		}
		if !news {
			return nil, unreadableList("one of its pages repeats what was read before")
		}
		start += len(answer.Data)
	}
}

// newestSets keeps one version of each set. Whether a list shows more than the newest is not documented.
type newestSets struct {
	heads []listed
	place map[string]int
}

// listed is what decides whether a set is let through, and the whole that it was read from.
type listed struct {
	version
	Name string `json:"name"`
	raw  json.RawMessage
}

// add tells whether the version was not there yet.
func (s *newestSets) add(raw json.RawMessage) bool {
	one := listed{raw: raw}
	if json.Unmarshal(raw, &one) != nil {
		return false
	}
	place, known := s.place[one.ID]
	switch {
	case !known:
		s.place[one.ID] = len(s.heads)
		s.heads = append(s.heads, one)
		return true
	case s.heads[place].Version == one.Version:
		return false
	case s.heads[place].Version < one.Version:
		s.heads[place] = one
	}
	return true
}

// decode is what the filter lets through, decoded in full: a sandbox holds mapping sets of all kinds.
func (s *newestSets) decode(filter Filter) ([]MappingSet, error) {
	var found []MappingSet
	for _, one := range s.heads {
		if filter.Name != "" && one.Name != filter.Name {
			continue
		}
		var answer mappingSetAnswer
		if err := json.Unmarshal(one.raw, &answer); err != nil {
			return nil, unreadableList("a mapping set in it has an unexpected form: " + err.Error())
		}
		found = append(found, *answer.mappingSet())
	}
	return found, nil
}

func unreadableList(reason string) error {
	return &transport.UnreadableError{Service: Service, Method: http.MethodGet, Path: mappingSets, Status: http.StatusOK, Reason: reason}
}
