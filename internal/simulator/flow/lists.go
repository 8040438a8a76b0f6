package flow

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/list"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

func (s *Service) list(e entity) web.Handler {
	return func(r *web.Request) (*web.Answer, error) {
		var items []map[string]any
		for _, o := range r.Sandbox.All(e.kind) {
			items = append(items, present(o))
		}
		return s.answerList(r.URL.Query(), e.path, items)
	}
}

// answerList filters, orders and pages items.
func (s *Service) answerList(asked url.Values, path string, items []map[string]any) (*web.Answer, error) {
	asked, start, err := resume(asked)
	if err != nil {
		return nil, err
	}
	query := list.Query[map[string]any]{Start: start}
	for _, expression := range asked["property"] {
		condition, err := parseFilter(expression)
		if err != nil {
			return nil, err
		}
		query.Where = append(query.Where, condition)
	}
	if query.Order, err = orderOf(asked.Get("orderby")); err != nil {
		return nil, err
	}
	counting := strings.EqualFold(asked.Get("count"), "true")
	if query.Limit, err = s.limitOf(asked, counting); err != nil {
		return nil, err
	}
	page := query.Select(items)
	if counting {
		return web.OK(map[string]any{"count": page.Matching})
	}
	links := map[string]any{}
	if page.Next > 0 {
		links["next"] = map[string]any{"href": "/" + path + "?continuationToken=" + continuationToken(asked, page.Next)}
	}
	return web.OK(map[string]any{"items": append([]map[string]any{}, page.Items...), "_links": links})
}

func (s *Service) limitOf(asked url.Values, counting bool) (int, error) {
	if counting && asked.Has("limit") {
		return 0, web.Flow("1401-400", "The query parameters limit and count cannot be used together.")
	}
	limit, err := list.Number(asked, "limit", s.PageSize)
	if err != nil || limit < 1 {
		return 0, web.Flow("1453-400", "The value %s of the query parameter limit is invalid.", asked.Get("limit"))
	}
	return limit, nil
}

// continuationToken carries the whole query: the documented link to the next page has no other parameter.
func continuationToken(asked url.Values, start int) string {
	resumed := url.Values{"start": {strconv.Itoa(start)}}
	for _, name := range []string{"property", "orderby", "limit"} {
		if asked.Has(name) {
			resumed[name] = asked[name]
		}
	}
	return base64.RawURLEncoding.EncodeToString([]byte(resumed.Encode()))
}

func resume(asked url.Values) (resumed url.Values, start int, err error) {
	token := asked.Get("continuationToken")
	if token == "" {
		return asked, 0, nil
	}
	decoded, err := base64.RawURLEncoding.DecodeString(token)
	if err == nil {
		resumed, err = url.ParseQuery(string(decoded))
	}
	if err == nil {
		start, err = strconv.Atoi(resumed.Get("start"))
	}
	if err != nil || start < 0 {
		return nil, 0, web.Flow("1451-400", "The query parameter continuationToken is invalid.")
	}
	return resumed, start, nil
}

// sortable are the members that lists can be ordered by.
var sortable = []string{"id", "name", "description", "state", "createdAt", "updatedAt"}

func orderOf(order string) ([]list.Key[map[string]any], error) {
	field := strings.TrimLeft(order, "+- ")
	if prefix := order[:len(order)-len(field)]; len(prefix) > 1 {
		return nil, web.Flow("1432-400", "The sort order prefix %s is invalid.", prefix)
	}
	if field != "" && !slices.Contains(sortable, field) {
		return nil, web.Flow("1433-400", "The field %s cannot be used in orderby.", field)
	}
	return list.Names(order, list.Member), nil
}

// parseFilter reads a property expression: path, operator, and values of which any may match.
func parseFilter(expression string) (func(map[string]any) bool, error) {
	filter, complete := list.ParseFilter(expression)
	if !complete {
		return nil, web.Flow("1450-400", "The filter %s is invalid.", expression)
	}
	holds, known := list.Comparisons[filter.Operator]
	if !known {
		return nil, web.Flow("1440-400", "The filter operator %s is not supported.", filter.Operator)
	}
	path, values := strings.Split(filter.Path, "."), splitValues(filter.Value)
	if len(values) > 1 && filter.Operator != "==" {
		return nil, web.Flow("1443-400", "The filter operator %s is not allowed for several values.", filter.Operator)
	}
	return func(item map[string]any) bool {
		return slices.ContainsFunc(valuesAt(item, path), func(found any) bool {
			return slices.ContainsFunc(values, func(value string) bool { return holds(found, value) })
		})
	}, nil
}

// filterValue is one of several values. Commas within double quotes separate none.
var filterValue = regexp.MustCompile(`(?:"[^"]*"|[^,])*`)

func splitValues(text string) []string {
	values := filterValue.FindAllString(text, -1)
	for i, value := range values {
		values[i] = strings.ReplaceAll(value, `"`, "")
	}
	return values
}

// valuesAt finds what a path leads to. A segment that ends in [] goes through all elements of an array.
func valuesAt(value any, path []string) []any {
	if value == nil || len(path) == 0 {
		return slices.DeleteFunc([]any{value}, func(value any) bool { return value == nil })
	}
	object, _ := value.(map[string]any)
	key, throughArray := strings.CutSuffix(path[0], "[]")
	if !throughArray {
		return valuesAt(object[key], path[1:])
	}
	var found []any
	for _, element := range document.List(object, key) {
		found = append(found, valuesAt(element, path[1:])...)
	}
	return found
}
