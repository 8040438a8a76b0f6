// Package list selects pages. Each service asks for them in a dialect of its own; what they mean is the same.
package list

import (
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

// Query is what a client asks of a list of items.
type Query[T any] struct {
	// Where are conditions that must all hold.
	Where []func(T) bool
	// Order has the most important key first. Without a key, items stay in the order of their creation.
	Order []Key[T]
	// Start is how many items to skip.
	Start int
	// After skips the items up to this value of the first key. Such pages may be longer than Limit: they never end
	// between equal values, so that the next page misses none.
	After *string
	// Limit is the most that a page has.
	Limit int
}

// Key is a value that a list is ordered by.
type Key[T any] struct {
	Of         func(T) any
	Descending bool
}

// Page is a part of a list.
type Page[T any] struct {
	Items []T
	// Matching is the number of items on all pages.
	Matching int
	// Next is the start of the next page, or 0 on the last one.
	Next int
}

// Select filters, orders and cuts.
func (q Query[T]) Select(items []T) Page[T] {
	matching := slices.DeleteFunc(slices.Clone(items), func(item T) bool {
		return slices.ContainsFunc(q.Where, func(holds func(T) bool) bool { return !holds(item) })
	})
	slices.SortStableFunc(matching, func(a, b T) int { return q.compare(a, b) })
	start := min(q.Start, len(matching))
	if q.After != nil && *q.After != "" {
		start = len(matching) - len(slices.DeleteFunc(slices.Clone(matching), q.upToAfter))
	}
	end := min(start+q.Limit, len(matching))
	for q.After != nil && end > start && end < len(matching) && q.Order[0].compare(matching[end-1], matching[end]) == 0 {
		end++
	}
	page := Page[T]{Items: matching[start:end], Matching: len(matching)}
	if end < len(matching) {
		page.Next = end
	}
	return page
}

func (q Query[T]) compare(a, b T) int {
	for _, key := range q.Order {
		if order := key.compare(a, b); order != 0 {
			return order
		}
	}
	return 0
}

func (q Query[T]) upToAfter(item T) bool {
	key := q.Order[0]
	return key.directed(compare(key.Of(item), *q.After)) <= 0
}

func (k Key[T]) compare(a, b T) int {
	return k.directed(compare(k.Of(a), k.Of(b)))
}

func (k Key[T]) directed(order int) int {
	if k.Descending {
		return -order
	}
	return order
}

// Names reads the members that a list is to be ordered by, such as "title,-version". A + in front may have arrived as
// a space.
func Names[T any](order string, of func(name string) func(T) any) []Key[T] {
	var keys []Key[T]
	for name := range strings.SplitSeq(order, ",") {
		trimmed := strings.TrimLeft(name, "+- ")
		if trimmed != "" {
			keys = append(keys, Key[T]{Of: of(trimmed), Descending: strings.HasPrefix(name, "-")})
		}
	}
	return keys
}

// Member orders documents by one of their members.
func Member(name string) func(map[string]any) any {
	return func(body map[string]any) any { return body[name] }
}

// compare orders numbers as numbers, and everything else by its text.
func compare(a, b any) int {
	if document.IsText(a) && document.IsText(b) {
		return strings.Compare(document.String(a), document.String(b))
	}
	return compareWithText(a, document.String(b))
}
