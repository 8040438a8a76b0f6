package dataprep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// pageSize is how many sets a list is asked for at a time. No maximum is documented.
const pageSize = 100

// listQuery lists the newest sets first, so that one created meanwhile hides none: it only repeats one on the next page.
func listQuery(name string) url.Values {
	query := url.Values{"limit": {strconv.Itoa(pageSize)}, "orderBy": {"-createdDate"}, "start": {"0"}}
	if objects.IsPlainName(name) {
		query.Set("name", name)
	}
	return query
}

// page is one page of a list. Limit is the one that the service used; the count beside it is unreliable.
type page struct {
	Data []listed `json:"data"`
	Page struct {
		Limit jsonvalue.Integer `json:"limit"`
	} `json:"_page"`
}

func (p *page) Items() []listed { return p.Data }

// Next is "" after a page that is not full. If the service does not tell how long a page can be, only an empty one is the last.
func (p *page) Next(query string, read int) (string, error) {
	if len(p.Data) == 0 || p.Page.Limit > 0 && len(p.Data) < int(p.Page.Limit) {
		return "", nil
	}
	return objects.At(query, strconv.Itoa(read)), nil
}

// listed has the members by which a set is selected, and the whole that it was read from.
type listed struct {
	version
	Name     string `json:"name"`
	raw      json.RawMessage
	readable bool
}

// UnmarshalJSON accepts anything: a sandbox has mapping sets of all kinds.
func (l *listed) UnmarshalJSON(raw []byte) error {
	type members listed
	l.readable = json.Unmarshal(raw, (*members)(l)) == nil
	l.raw = append(json.RawMessage{}, raw...)
	return nil
}

func (l listed) identity() string {
	if !l.readable {
		return ""
	}
	return fmt.Sprintf("%s %d", l.ID, l.Version.Value)
}

// read begins a list of at least the mapping sets of a name, in every version that the list shows: whether that is more than the newest is
// not documented. A set may have had another name before, so all are decoded. One of another name that cannot be decoded is left out.
func (c *Client) read(name string) objects.Reader[MappingSet] {
	pages := objects.Pages[listed]{
		Transport: c.transport, Path: mappingSets, Query: listQuery(name).Encode(),
		New: func() objects.Page[listed] { return &page{} }, Identity: listed.identity,
	}
	return objects.Each(pages.Reader(), func(one listed) (set MappingSet, wanted bool, err error) {
		var answer mappingSetAnswer
		err = json.Unmarshal(one.raw, &answer)
		switch {
		case !one.readable || err != nil && (name == "" || one.Name != name):
			return set, false, nil
		case err != nil:
			return set, false, c.transport.Unreadable(mappingSets, "a mapping set in it has an unexpected form: "+err.Error())
		}
		return *answer.mappingSet(), true, nil
	})
}

var errTooLong = errors.New("reading the sets one by one takes fewer calls")

// among begins a list of all sets, since no documented filter finds some by their IDs. It fails if the list takes more than half as many calls
// as there are IDs.
func (c *Client) among(ids []string) objects.Reader[MappingSet] {
	all, most, pages := c.read(""), int64(len(ids)/2), int64(0)
	return func(ctx context.Context) ([]MappingSet, bool, error) {
		if max(pages+1, c.pages.Load()) > most {
			return nil, false, errTooLong
		}
		sets, more, err := all(ctx)
		if pages++; more {
			c.pages.Store(max(c.pages.Load(), pages+1))
		}
		return sets, more, err
	}
}
