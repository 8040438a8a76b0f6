// Package catalog is the Catalog Service, of which it has the datasets.
package catalog

import (
	"bytes"
	"encoding/json"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/list"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

const base = "/data/foundation/catalog"

// Service keeps datasets.
type Service struct {
	Store *store.Store
	// PageSize is how many datasets a list has when the client names no limit.
	PageSize int
}

// Web is the service on the web.
func (s *Service) Web(guard func(*web.Request) error) web.Service {
	return web.Service{
		Name: "catalog", Base: base, Adobe: true, Guard: guard, Refuse: web.Placeholder,
		Calls: map[string]web.Handler{
			"GET /dataSets":         s.list,
			"POST /dataSets":        web.WithObject(s.create),
			"GET /dataSets/{id}":    web.On(datasetOf, s.get),
			"PATCH /dataSets/{id}":  web.On(datasetOf, s.patch),
			"DELETE /dataSets/{id}": s.delete,
		},
		Documented: []string{
			"PUT /dataSets/{id}", "PATCH /v2/dataSets/{id}", "GET /dataSets/{id}/credentials", "GET /", "POST /",
			"GET /batches", "POST /batches", "GET /batches/uniques/{field}", "GET /batches/{id}", "PUT /batches/{id}",
			"POST /batches/{id}", "DELETE /batches/{id}", "PATCH /batches/{id}", "GET /lastBatches", "GET /tags/{namespace}",
		},
	}
}

var datasetOf = web.Stored(store.KindDataSet, func(id string) error {
	return web.NotFound("Object with id %s of type dataSets was not found.", id)
})

// settable are what a client can set. Everything else is the service's own.
var settable = []string{
	"name", "description", "tags", "schemaRef", "enableErrorDiagnostics", "fileDescription", "observableSchema",
	"dataSourceId", "classification", "extensions",
}

// create answers a reference in an array, not the dataset.
func (s *Service) create(r *web.Request, request map[string]any) (*web.Answer, error) {
	if err := check(r.Sandbox, request); err != nil {
		return nil, err
	}
	created := s.Add(r.Sandbox, request)
	answer := &web.Answer{Status: http.StatusCreated, Body: []string{reference(created)}}
	return answer.With("Location", r.BaseURL()+base+"/dataSets/"+created.ID), nil
}

func reference(dataset *store.Object) string { return "@/dataSets/" + dataset.ID }

// Add stores a new dataset.
func (s *Service) Add(sb *store.Sandbox, request map[string]any) *store.Object {
	id, now := store.RandomHex(24), s.Store.Now()
	body := map[string]any{
		"imsOrg":         s.Store.Account.OrgID,
		"version":        "1.0.0",
		"created":        now.UnixMilli(),
		"updated":        now.UnixMilli(),
		"createdClient":  s.Store.Account.ClientID,
		"createdUser":    s.Store.Account.User(),
		"updatedUser":    s.Store.Account.User(),
		"viewId":         store.RandomHex(24),
		"files":          "@/dataSetFiles?dataSetId=" + id,
		"classification": map[string]any{"dataBehavior": "time-series", "managedBy": "CUSTOMER"},
	}
	maps.Copy(body, document.Only(request, settable...))
	complete(body)
	return sb.Add(store.KindDataSet, id, body)
}

// complete derives what the service adds to what a client sent.
func complete(body map[string]any) {
	body["tags"] = document.WithDefaults(body["tags"], nil)
	tags := document.Object(body, "tags")
	tags["adobe/pqs/table"] = []any{tableName(document.Text(body, "name"))}
	tags["adobe/siphon/table/format"] = []any{"delta"}
	body["schema"] = "@/xdms/" + document.Text(body, "schemaRef", "id")
}

var notInTableNames = regexp.MustCompile(`[^a-z0-9]`)

// tableName is the name under which Query Service knows a dataset.
func tableName(name string) string {
	return notInTableNames.ReplaceAllString(strings.ToLower(name), "_")
}

func check(sb *store.Sandbox, request map[string]any) error {
	if strings.TrimSpace(document.Text(request, "name")) == "" {
		return web.BadRequest("The dataset needs a name.")
	}
	if err := checkTags(request["tags"]); err != nil {
		return err
	}
	id, contentType := document.Text(request, "schemaRef", "id"), document.Text(request, "schemaRef", "contentType")
	if sb.Find(store.KindSchema, id) == nil {
		return web.BadRequest("The schema %s of schemaRef does not exist in this sandbox.", id)
	}
	mediaType, parameters, err := mime.ParseMediaType(contentType)
	if err != nil || !strings.HasPrefix(mediaType, "application/vnd.adobe.xed") || parameters["version"] == "" {
		return web.BadRequest("The contentType %s of schemaRef is not supported.", contentType)
	}
	return nil
}

// checkTags insists on the documented form: each tag has an array of strings.
func checkTags(sent any) error {
	tags, isObject := sent.(map[string]any)
	if sent != nil && !isObject {
		return web.BadRequest("The tags must be an object.")
	}
	for name, value := range tags {
		values, isArray := value.([]any)
		if !isArray || slices.ContainsFunc(values, func(value any) bool { return !document.IsText(value) }) {
			return web.BadRequest("The tag %s must be an array of strings.", name)
		}
	}
	return nil
}

// get answers a map with the one dataset under its ID.
func (s *Service) get(r *web.Request, dataset *store.Object) (*web.Answer, error) {
	return web.OK(map[string]any{dataset.ID: present(r, dataset)})
}

// present is a dataset as it is answered, or those of its members that the client asked for.
func present(r *web.Request, dataset *store.Object) map[string]any {
	if properties := r.URL.Query().Get("properties"); properties != "" {
		return document.Only(dataset.Body, strings.Split(properties, ",")...)
	}
	return dataset.Body
}

// delete is documented to answer 200 with an empty array when there was nothing to delete. Datasets of running
// dataflows are not protected.
func (s *Service) delete(r *web.Request) (*web.Answer, error) {
	found, err := datasetOf(r)
	if err != nil {
		return web.OK([]string{})
	}
	r.Sandbox.Remove(found)
	return web.OK([]string{reference(found)})
}

// patch changes a dataset. If-Match is documented as optional and not needed.
func (s *Service) patch(r *web.Request, dataset *store.Object) (*web.Answer, error) {
	changed, err := patched(r, document.Clone(dataset.Body))
	if err != nil {
		return nil, err
	}
	if err := checkChanged(dataset, changed); err != nil {
		return nil, err
	}
	for _, name := range settable {
		delete(dataset.Body, name)
	}
	maps.Copy(dataset.Body, document.Only(changed, settable...))
	s.Touch(dataset)
	return web.OK([]string{reference(dataset)})
}

// checkChanged also keeps the schema: a change of it is documented nowhere, and rows would not conform.
func checkChanged(dataset *store.Object, changed map[string]any) error {
	if _, present := changed["schemaRef"]; !present {
		changed["schemaRef"] = dataset.Body["schemaRef"]
	}
	if document.Text(changed, "schemaRef", "id") != document.Text(dataset.Body, "schemaRef", "id") {
		return web.BadRequest("The schemaRef of a dataset cannot be changed.")
	}
	return check(dataset.Home, changed)
}

// patched is PATCH in one of its two documented forms, which only the content type tells apart.
func patched(r *web.Request, current map[string]any) (map[string]any, error) {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && mediaType == "application/json-patch+json" {
		return document.Patch(current, r.Content)
	}
	request, err := r.Object()
	if err != nil {
		return nil, err
	}
	// Documented: objects and arrays are replaced, not merged.
	maps.Copy(current, request)
	return current, nil
}

// Touch is what every change of a dataset brings about.
func (s *Service) Touch(dataset *store.Object) {
	complete(dataset.Body)
	dataset.Body["version"] = document.NextVersion(document.Text(dataset.Body, "version"))
	dataset.Body["updated"] = s.Store.Now().UnixMilli()
	dataset.Body["updatedUser"] = s.Store.Account.User()
}

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
