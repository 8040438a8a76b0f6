package catalog

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/list"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// maxLimit is documented.
const maxLimit = 100

// exactFilters are the query parameters that ask for an exact value of the member of the same name.
var exactFilters = []string{
	"name", "description", "version", "created", "updated", "createdClient", "createdUser", "updatedUser",
	"enableErrorDiagnostics",
}

// list answers a map by ID whose order is the order of the page.
func (s *Service) list(r *web.Request) (*web.Answer, error) {
	query, err := s.query(r.URL.Query())
	if err != nil {
		return nil, err
	}
	page := orderedObject{}
	for _, dataset := range query.Select(r.Sandbox.All(store.KindDataSet)).Items {
		page = append(page, map[string]any{dataset.ID: present(r, dataset)})
	}
	return web.OK(page)
}

func (s *Service) query(asked url.Values) (query list.Query[*store.Object], err error) {
	if query.Start, err = list.Number(asked, "start", 0); err != nil {
		return query, err
	}
	if query.Limit, err = list.Number(asked, "limit", min(s.PageSize, maxLimit)); err != nil {
		return query, err
	}
	if query.Limit < 1 || query.Limit > maxLimit {
		return query, web.BadRequest("limit must be between 1 and 100.")
	}
	query.Order = orderOf(asked.Get("orderBy"))
	for _, name := range exactFilters {
		if wanted := asked.Get(name); asked.Has(name) {
			query.Where = append(query.Where, func(dataset *store.Object) bool {
				return document.String(dataset.Body[name]) == wanted
			})
		}
	}
	if asked.Has("tags") {
		return query, web.NotSimulated("the query parameter tags")
	}
	properties, err := list.Properties(asked["property"])
	for _, holds := range properties {
		query.Where = append(query.Where, func(dataset *store.Object) bool { return holds(dataset.Body) })
	}
	return query, err
}

// orderOf understands orderBy=asc:created,updated and desc:name. Without it the oldest come first.
func orderOf(orderBy string) []list.Key[*store.Object] {
	direction, names, directed := strings.Cut(orderBy, ":")
	if !directed {
		direction, names = "asc", orderBy
	}
	keys := list.Names(names, func(name string) func(*store.Object) any {
		return func(dataset *store.Object) any { return dataset.Body[name] }
	})
	for i := range keys {
		keys[i].Descending = direction == "desc"
	}
	return keys
}

// orderedObject is a JSON object whose members stay in order, which those of a Go map do not.
type orderedObject []map[string]any

// MarshalJSON writes objects of one member each as one object.
func (o orderedObject) MarshalJSON() ([]byte, error) {
	var members [][]byte
	for _, member := range o {
		encoded, err := json.Marshal(member)
		if err != nil {
			return nil, err
		}
		members = append(members, encoded[1:len(encoded)-1])
	}
	return slices.Concat([]byte("{"), bytes.Join(members, []byte(",")), []byte("}")), nil
}
