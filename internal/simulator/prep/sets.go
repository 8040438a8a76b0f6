package prep

import (
	"maps"
	"net/http"
	"slices"
	"strconv"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/list"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// readSet reads and checks the body of a create or replace, and brings it into the stored form.
func readSet(r *web.Request) (map[string]any, error) {
	request, err := r.Object()
	if err != nil {
		return nil, err
	}
	schemaID := schemaOf(request)
	if schemaID == "" {
		return nil, web.BadRequest("Invalid mapping set: outputSchema.schemaRef is missing.")
	}
	contentType := document.Text(request, "outputSchema", "schemaRef", "contentType")
	if contentType == "" {
		contentType = "application/vnd.adobe.xed-full+json;version=1"
	}
	mappings, err := mappingsOf(request, r.Flag("validate"))
	if err != nil {
		return nil, err
	}
	stored := make([]any, 0, len(mappings))
	for i, entry := range document.List(request, "mappings") {
		stored = append(stored, mappings[i].store(entry.(map[string]any)))
	}
	content := document.Only(request, "name", "inputSchema", "tags", "allowNullValues")
	content["outputSchema"] = map[string]any{"schemaRef": map[string]any{"id": schemaID, "contentType": contentType}}
	content["mappings"] = stored
	return content, nil
}

// schemaOf takes the target schema from outputSchema, or from the older xdmSchema.
func schemaOf(set map[string]any) string {
	if id := document.Text(set, "outputSchema", "schemaRef", "id"); id != "" {
		return id
	}
	return document.Text(set, "xdmSchema")
}

// store keeps the newer syntax only. The older one is derived from it in every answer.
func (m mapping) store(entry map[string]any) map[string]any {
	stored := document.Only(entry, "name", "description", "identity", "identityGroup", "namespaceCode")
	stored["sourceType"], stored["source"], stored["destination"] = m.sourceType, m.source, m.destination
	return stored
}

// createSet answers 200, not 201, with a short form of the set.
func (s *Service) createSet(r *web.Request) (*web.Answer, error) {
	content, err := readSet(r)
	if err != nil {
		return nil, err
	}
	set := r.Sandbox.Add(store.KindMappingSet, newID(), nil)
	s.appendVersion(set, content)
	return web.OK(document.Only(set.Body, "id", "version", "createdDate", "modifiedDate", "createdBy", "modifiedBy"))
}

// replaceSet adds a version. Dataflows keep running the one that they name.
func (s *Service) replaceSet(r *web.Request, set *store.Object) (*web.Answer, error) {
	content, err := readSet(r)
	if err != nil {
		return nil, err
	}
	s.appendVersion(set, content)
	shown := presentSet(set.Body)
	for _, entry := range document.List(shown, "mappings") {
		// Seen: the answer to a PUT lacks what describes a mapping.
		maps.DeleteFunc(entry.(map[string]any), func(name string, _ any) bool {
			return name == "name" || name == "description"
		})
	}
	return web.OK(shown)
}

// appendVersion numbers and dates a version. All mappings get new IDs with every version.
func (s *Service) appendVersion(set *store.Object, content map[string]any) {
	for _, entry := range document.List(content, "mappings") {
		entry.(map[string]any)["id"] = newID()
	}
	s.stamp(set, content, len(set.Versions))
	set.Versions = append(set.Versions, content)
}

// Change changes a mapping set as somebody else would in the UI: by a new version.
func (s *Service) Change(set *store.Object, change func(map[string]any)) {
	content := document.Clone(set.Body)
	change(content)
	s.appendVersion(set, content)
}

func (s *Service) getSet(r *web.Request, set *store.Object) (*web.Answer, error) {
	version, err := s.versionOf(r, set)
	if err != nil {
		return nil, err
	}
	return web.OK(presentSet(version))
}

// versionOf picks the version that the query names.
func (s *Service) versionOf(r *web.Request, set *store.Object) (map[string]any, error) {
	wanted := r.URL.Query().Get("version")
	if wanted == "" && s.ZeroByDefault {
		return set.Versions[0], nil
	}
	if wanted == "" {
		return set.Body, nil
	}
	version, err := strconv.Atoi(wanted)
	if err != nil {
		return nil, web.BadRequest("The version %s is not a number.", wanted)
	}
	if version < 0 || version >= len(set.Versions) {
		return nil, web.NotFound("The version %s of the mapping set %s is not found.", wanted, set.ID)
	}
	return set.Versions[version], nil
}

func (s *Service) listMappings(r *web.Request, set *store.Object) (*web.Answer, error) {
	version, err := s.versionOf(r, set)
	if err != nil {
		return nil, err
	}
	return web.OK(presentSet(version)["mappings"])
}

func (s *Service) getMapping(r *web.Request, set *store.Object) (*web.Answer, error) {
	id := r.PathValue("mapping")
	for _, version := range set.Versions {
		for _, entry := range document.List(presentSet(version), "mappings") {
			if document.Text(entry.(map[string]any), "id") == id {
				return web.OK(entry)
			}
		}
	}
	return nil, web.NotFound("The mapping %s is not found.", id)
}

func (s *Service) deleteSet(_ *web.Request, set *store.Object) (*web.Answer, error) {
	set.Home.Remove(set)
	return web.NoContent()
}

// listSets answers zero as the count, as in the documented example, and the fields of the target schemas only on
// demand.
func (s *Service) listSets(r *web.Request) (*web.Answer, error) {
	properties, err := list.Properties(r.URL.Query()["property"])
	if err != nil {
		return nil, err
	}
	matches := func(set *store.Object) bool {
		shown := presentSet(set.Body)
		return !slices.ContainsFunc(properties, func(holds func(map[string]any) bool) bool { return !holds(shown) })
	}
	return answerPage(r, store.KindMappingSet, func(set *store.Object) map[string]any {
		shown := presentSet(set.Body)
		if !r.Flag("expandSchema") {
			delete(document.Object(shown, "outputSchema"), "jsonSchema")
		}
		return shown
	}, matches)
}

// answerPage answers a page of the objects of a kind. Both limit and start are documented as required, yet a public
// client leaves start out, for which the published description has a default.
func answerPage(r *web.Request, kind string, present func(*store.Object) map[string]any, where ...func(*store.Object) bool) (*web.Answer, error) {
	asked := r.URL.Query()
	limit, err := strconv.Atoi(asked.Get("limit"))
	start := 0
	if err == nil && asked.Get("start") != "" {
		start, err = strconv.Atoi(asked.Get("start"))
	}
	if err != nil || limit < 1 || start < 0 {
		return nil, web.BadRequest("The query parameters limit and start are required.")
	}
	if asked.Has("name") && kind != store.KindSample {
		where = append(where, func(o *store.Object) bool { return o.Name() == asked.Get("name") })
	}
	query := list.Query[*store.Object]{Where: where, Order: list.Names(asked.Get("orderBy"), dated), Start: start, Limit: limit}
	page := query.Select(r.Sandbox.All(kind))
	data, links := []any{}, map[string]any{}
	for _, o := range page.Items {
		data = append(data, present(o))
	}
	if page.Next > 0 {
		asked.Set("start", strconv.Itoa(page.Next))
		links["next"] = map[string]any{"href": r.URL.Path[len(base):] + "?" + asked.Encode(), "templated": false}
	}
	count := len(data)
	if kind == store.KindMappingSet {
		count = 0
	}
	return &web.Answer{Status: http.StatusOK, Body: map[string]any{
		"data": data, "_page": map[string]any{"count": count, "limit": limit}, "_links": links,
	}}, nil
}

// dated orders by one of the dates. Schemas of Data Prep answer none and never change.
func dated(name string) func(*store.Object) any {
	member := map[string]string{
		"createdDate": "createdDate", "updatedDate": "modifiedDate", "lastUpdateDate": "modifiedDate", "modifiedDate": "modifiedDate",
	}[name]
	return func(o *store.Object) any {
		if date, isDated := o.Body[member]; isDated || member == "" {
			return date
		}
		return o.Created.UnixMilli()
	}
}
