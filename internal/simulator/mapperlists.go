package simulator

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// mapperPage is a part of one of Data Prep's lists.
type mapperPage struct {
	objects []*object
	limit   int
	links   map[string]any
}

// mapperPageOf cuts a page out of objects that are already filtered. Both limit and start are documented as required,
// yet a public client leaves start out, for which the published description has a default.
func mapperPageOf(query url.Values, path string, objects []*object) (mapperPage, *problem) {
	limit, limitErr := strconv.Atoi(query.Get("limit"))
	start, startErr := strconv.Atoi(orDefault(query.Get("start"), "0"))
	if limitErr != nil || startErr != nil || limit < 1 || start < 0 {
		return mapperPage{}, placeholderProblem(http.StatusBadRequest, "The query parameters limit and start are required.")
	}
	orderByDate(objects, query.Get("orderBy"))
	start = min(start, len(objects))
	end := min(start+limit, len(objects))
	page := mapperPage{objects: objects[start:end], limit: limit, links: map[string]any{}}
	if end < len(objects) {
		query.Set("start", strconv.Itoa(end))
		page.links["next"] = map[string]any{"href": path + "?" + query.Encode(), "templated": false}
	}
	return page, nil
}

// write answers the page. The count is the one of the documented example, which is zero for mapping sets.
func (page mapperPage) write(w http.ResponseWriter, count int, present func(*object) any) {
	data := []any{}
	for _, o := range page.objects {
		data = append(data, present(o))
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"data": data, "_page": map[string]any{"count": count, "limit": page.limit}, "_links": page.links,
	})
}

func orderByDate(objects []*object, order string) {
	// An unescaped + arrives as a space.
	field := strings.TrimLeft(order, "+- ")
	key := map[string]string{
		"createdDate": "createdDate", "updatedDate": "modifiedDate", "lastUpdateDate": "modifiedDate", "modifiedDate": "modifiedDate",
	}[field]
	if key == "" {
		return
	}
	slices.SortStableFunc(objects, func(a, b *object) int {
		result := cmp.Compare(dateOf(a, key), dateOf(b, key))
		if strings.HasPrefix(order, "-") {
			return -result
		}
		return result
	})
}

// dateOf is a date of an object. Schemas of Data Prep answer none and never change.
func dateOf(o *object, key string) int64 {
	if date, dated := o.body[key].(int64); dated {
		return date
	}
	return o.created.UnixMilli()
}

func withoutOtherNames(objects []*object, query url.Values) []*object {
	return slices.DeleteFunc(objects, func(o *object) bool { return query.Has("name") && o.name() != query.Get("name") })
}
