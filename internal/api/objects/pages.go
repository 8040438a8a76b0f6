package objects

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"regexp"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Page is one page of a list, in the service's envelope. The answer is decoded into it.
type Page[I any] interface {
	Items() []I
	// Next is the encoded query of the page after this one, "" after the last. query is that of this page, and read is the number
	// of items so far. An error is the reason why the answer is unreadable.
	Next(query string, read int) (string, error)
}

// Pages is a list that is read page by page.
type Pages[I any] struct {
	Transport *transport.Client
	// Path is such as "/flows", and Query the encoded query of the first page.
	Path, Query string
	Header      http.Header
	// New returns an empty page.
	New func() Page[I]
	// Identity tells items apart, if pages are counted by offsets: those could repeat for ever. "" is not compared.
	Identity func(I) string
}

// Reader reads the next page of a list, and tells whether there are more. After an error it reads the same page again.
type Reader[T any] func(ctx context.Context) (items []T, more bool, err error)

// Reader begins at the first page. It fails if the pages lead back to one that was read; the items of that page are returned all the same.
func (p Pages[I]) Reader() Reader[I] {
	reading := reading[I]{pages: p, queries: map[string]bool{}, known: map[string]bool{}}
	query := p.Query
	return func(ctx context.Context) ([]I, bool, error) {
		page := p.New()
		request := transport.Request{Method: http.MethodGet, Path: p.Path, RawQuery: query, Header: p.Header}
		if err := p.Transport.Do(ctx, request, page); err != nil {
			return nil, false, err
		}
		next, err := reading.next(page, query)
		query = next
		return page.Items(), next != "", err
	}
}

// Each is a reader of what convert makes of every item, unless it leaves it out.
func Each[I, T any](read Reader[I], convert func(I) (item T, wanted bool, err error)) Reader[T] {
	return func(ctx context.Context) ([]T, bool, error) {
		items, more, err := read(ctx)
		var converted []T
		for _, item := range items {
			one, wanted, failed := convert(item)
			if failed != nil {
				return nil, false, failed
			}
			if wanted {
				converted = append(converted, one)
			}
		}
		return converted, more, err
	}
}

// Items goes through the pages.
func (p Pages[I]) Items(ctx context.Context) iter.Seq2[I, error] { return p.Reader().Items(ctx) }

// Items goes through the pages.
func (r Reader[T]) Items(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for more := true; more; {
			items, others, err := r(ctx)
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
			}
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			more = others
		}
	}
}

// Distinct reads a list to its end, and returns each object once, in its newest version. isNewer is nil if there are no versions.
func Distinct[T any](list iter.Seq2[T, error], idOf func(*T) string, isNewer func(one, other *T) bool) ([]T, error) {
	var all []T
	places := map[string]int{}
	for object, err := range list {
		if err != nil {
			return nil, err
		}
		id := idOf(&object)
		place, again := places[id]
		switch {
		case !again:
			places[id] = len(all)
			all = append(all, object)
		case isNewer != nil && isNewer(&object, &all[place]):
			all[place] = object
		}
	}
	return all, nil
}

// At is the encoded query of the page that begins at a place of the list.
func At(query, start string) string {
	values, _ := url.ParseQuery(query) // it was encoded here
	values.Set("start", start)
	return values.Encode()
}

// plainName matches the names that the filters of the services certainly take literally: commas separate values in them, and quotes
// enclose them. How they compare other letters is not documented.
var plainName = regexp.MustCompile(`^[A-Za-z0-9_.-]+( +[A-Za-z0-9_.-]+)*$`)

// IsPlainName tells whether a service can be asked to filter by a name. Its answer is compared again in any case.
func IsPlainName(name string) bool { return plainName.MatchString(name) }

// reading is how far the pages of a list have been read.
type reading[I any] struct {
	pages Pages[I]
	// queries are those of the pages so far, and known the identities of the items on them.
	queries, known map[string]bool
	count          int
	// empty is how many pages in a row had no item.
	empty int
}

// mostEmpty is after how many pages without an item a list counts as endless. A filter may leave some empty.
const mostEmpty = 100

// next is the query of the page after one that was just read.
func (r *reading[I]) next(page Page[I], query string) (string, error) {
	before := len(r.known)
	if r.empty++; len(page.Items()) > 0 {
		r.empty = 0
	}
	for _, item := range page.Items() {
		r.count++
		if r.pages.Identity == nil {
			continue
		}
		if identity := r.pages.Identity(item); identity != "" {
			r.known[identity] = true
		}
	}
	r.queries[query] = true
	next, err := page.Next(query, r.count)
	switch {
	case err != nil:
		return "", r.unreadable(err.Error())
	case next == "":
		return "", nil
	case r.empty >= mostEmpty:
		return "", r.unreadable(fmt.Sprintf("%d of its pages in a row are empty, and lead to another one", r.empty))
	case r.queries[next]:
		return "", r.unreadable("it leads to a page that was read before")
	case r.pages.Identity != nil && len(r.known) == before:
		return "", r.unreadable("one of its pages repeats what was read before")
	}
	return next, nil
}

func (r *reading[I]) unreadable(reason string) error {
	return r.pages.Transport.Unreadable(r.pages.Path, reason)
}
