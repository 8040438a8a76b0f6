// Package list selects pages. Each service asks for them in a dialect of its own; what they mean is the same.
package list

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
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
	slices.SortStableFunc(matching, q.compare)
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

// Number reads a query parameter that counts something and may be absent.
func Number(asked url.Values, name string, fallback int) (int, error) {
	if asked.Get(name) == "" {
		return fallback, nil
	}
	number, err := strconv.Atoi(asked.Get(name))
	if err != nil || number < 0 {
		return 0, fmt.Errorf("%s must be a number, not %s", name, asked.Get(name))
	}
	return number, nil
}

// Filter is one expression of a property parameter: a path, an operator, a value.
type Filter struct {
	Path, Operator, Value string
}

var filterExpression = regexp.MustCompile(`^([^=!~<>]+)(==|!=|=~|~|<=|>=|=|<|>)(.*)$`)

// ParseFilter takes an expression apart. It may be none, but a path alone.
func ParseFilter(expression string) (filter Filter, complete bool) {
	parts := filterExpression.FindStringSubmatch(expression)
	if parts == nil {
		return Filter{Path: expression}, false
	}
	return Filter{Path: parts[1], Operator: parts[2], Value: parts[3]}, true
}

// Comparisons are the operators that compare, in all dialects.
var Comparisons = map[string]func(found any, wanted string) bool{
	"==": func(found any, wanted string) bool { return document.String(found) == wanted },
	">":  func(found any, wanted string) bool { return found != nil && compareWithText(found, wanted) > 0 },
	"<":  func(found any, wanted string) bool { return found != nil && compareWithText(found, wanted) < 0 },
	">=": func(found any, wanted string) bool { return found != nil && compareWithText(found, wanted) >= 0 },
	"<=": func(found any, wanted string) bool { return found != nil && compareWithText(found, wanted) <= 0 },
}

// Properties reads the filters that Catalog, Data Prep and the Schema Registry share: member==value, member!=value,
// member<value and the like, and member~regular expression, separated by commas. A member alone asks that it be
// there. Arrays match by any element.
func Properties(parameters []string) ([]func(map[string]any) bool, error) {
	var conditions []func(map[string]any) bool
	for _, parameter := range parameters {
		for one := range strings.SplitSeq(parameter, ",") {
			condition, err := property(one)
			if err != nil {
				return nil, err
			}
			conditions = append(conditions, condition)
		}
	}
	return conditions, nil
}

func property(text string) (func(map[string]any) bool, error) {
	filter, complete := ParseFilter(text)
	if !complete {
		return func(body map[string]any) bool { return body[text] != nil }, nil
	}
	holds, compares := Comparisons[filter.Operator]
	if !compares {
		holds = Comparisons["=="]
	}
	if strings.Contains(filter.Operator, "~") {
		pattern, err := regexp.Compile(filter.Value)
		if err != nil {
			return nil, fmt.Errorf("the property filter %s is invalid: %w", text, err)
		}
		holds = func(found any, _ string) bool { return pattern.MatchString(document.String(found)) }
	}
	path := strings.Split(filter.Path, ".")
	return func(body map[string]any) bool {
		found := document.CloneValue(document.Member(body, path...))
		values, isArray := found.([]any)
		if !isArray {
			values = []any{found}
		}
		matches := slices.ContainsFunc(values, func(value any) bool { return holds(value, filter.Value) })
		return matches != (filter.Operator == "!=")
	}, nil
}

// compareWithText compares numbers as numbers where both sides are.
func compareWithText(value any, text string) int {
	a, isNumber := document.Number(value)
	b, isNumberToo := document.Number(text)
	if isNumber && isNumberToo {
		return cmp.Compare(a, b)
	}
	return strings.Compare(document.String(value), text)
}
