package simulator

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

func (s *Simulator) listEntities(e entity) platformHandler {
	return func(w http.ResponseWriter, r *http.Request, sb *sandbox) {
		s.answerList(w, r.URL.Query(), e.path, s.presentAll(sb, e.kind))
	}
}

func (s *Simulator) presentAll(sb *sandbox, kind string) []map[string]any {
	items := []map[string]any{}
	for _, o := range sb.kinds[kind] {
		items = append(items, s.present(o))
	}
	return items
}

// maxSearchLimit is documented for searches; no maximum is documented for lists.
const maxSearchLimit = 1000

// searchEntities answers POST …/search, whose queryString is taken in the grammar of the list's query.
func (s *Simulator) searchEntities(e entity) platformHandler {
	return func(w http.ResponseWriter, r *http.Request, sb *sandbox) {
		request, refusal := decodeEntity(r)
		if refusal != nil {
			writeProblem(w, refusal)
			return
		}
		query, refusal := searchQuery(request)
		if refusal != nil {
			writeProblem(w, refusal)
			return
		}
		if token := r.URL.Query().Get("continuationToken"); token != "" {
			query.Set("continuationToken", token)
		}
		s.answerList(w, query, e.path, s.presentAll(sb, e.kind))
	}
}

func searchQuery(request map[string]any) (url.Values, *problem) {
	query := url.Values{}
	for _, expression := range strings.Split(stringMember(request, "queryString"), "&") {
		if expression = strings.TrimPrefix(expression, "property="); expression != "" {
			query.Add("property", expression)
		}
	}
	if limit, given := request["limit"].(float64); given {
		if limit > maxSearchLimit {
			return nil, flowProblem("1453-400", "The value of limit must not exceed 1000.", nil)
		}
		query.Set("limit", strconv.Itoa(int(limit)))
	}
	if order := stringMember(request, "orderby"); order != "" {
		query.Set("orderby", order)
	}
	if count, _ := request["count"].(bool); count {
		query.Set("count", "true")
	}
	return query, nil
}

// answerList filters, orders and pages items.
func (s *Simulator) answerList(w http.ResponseWriter, query url.Values, path string, items []map[string]any) {
	query, start, refusal := resumeQuery(query)
	var matching []map[string]any
	if refusal == nil {
		matching, refusal = filterItems(items, query["property"])
	}
	if refusal == nil {
		refusal = orderItems(matching, query.Get("orderby"))
	}
	limit := s.options.PageSize
	if refusal == nil {
		limit, refusal = limitOf(query, limit)
	}
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	if isTrue(query.Get("count")) {
		writeJSON(w, http.StatusOK, map[string]any{"count": len(matching)})
		return
	}
	start = min(start, len(matching))
	end := min(start+limit, len(matching))
	links := map[string]any{}
	if end < len(matching) {
		links["next"] = map[string]any{"href": "/" + path + "?continuationToken=" + continuationToken(query, end)}
	}
	writeJSON(w, http.StatusOK, map[string]any{"items": matching[start:end], "_links": links})
}

func limitOf(query url.Values, pageSize int) (int, *problem) {
	if !query.Has("limit") {
		return pageSize, nil
	}
	if isTrue(query.Get("count")) {
		return 0, flowProblem("1401-400", "The query parameters limit and count cannot be used together.", nil)
	}
	limit, err := strconv.Atoi(query.Get("limit"))
	if err != nil || limit < 1 {
		return 0, flowProblem("1453-400", "The value "+query.Get("limit")+" of the query parameter limit is invalid.", nil)
	}
	return limit, nil
}

// continuationToken carries the whole query: the documented link to the next page has no other parameter.
func continuationToken(query url.Values, start int) string {
	resumed := url.Values{"start": {strconv.Itoa(start)}}
	for _, name := range []string{"property", "orderby", "limit"} {
		if query.Has(name) {
			resumed[name] = query[name]
		}
	}
	return base64.RawURLEncoding.EncodeToString([]byte(resumed.Encode()))
}

func resumeQuery(query url.Values) (url.Values, int, *problem) {
	token := query.Get("continuationToken")
	if token == "" {
		return query, 0, nil
	}
	invalid := flowProblem("1451-400", "The query parameter continuationToken is invalid.", nil)
	decoded, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return nil, 0, invalid
	}
	resumed, err := url.ParseQuery(string(decoded))
	if err != nil {
		return nil, 0, invalid
	}
	start, err := strconv.Atoi(resumed.Get("start"))
	if err != nil || start < 0 {
		return nil, 0, invalid
	}
	return resumed, start, nil
}

// sortable are the members that lists can be ordered by.
var sortable = []string{"id", "name", "description", "state", "createdAt", "updatedAt"}

func orderItems(items []map[string]any, order string) *problem {
	if order == "" {
		return nil
	}
	// An unescaped + arrives as a space.
	field := strings.TrimLeft(order, "+- ")
	if prefix := order[:len(order)-len(field)]; len(prefix) > 1 {
		return flowProblem("1432-400", "The sort order prefix "+prefix+" is invalid.", nil)
	}
	if !slices.Contains(sortable, field) {
		return flowProblem("1433-400", "The field "+field+" cannot be used in orderby.", nil)
	}
	slices.SortStableFunc(items, func(a, b map[string]any) int {
		result := compareValues(a[field], b[field])
		if strings.HasPrefix(order, "-") {
			return -result
		}
		return result
	})
	return nil
}
