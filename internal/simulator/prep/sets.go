package prep

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

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
	contentType := cmp.Or(document.Text(request, "outputSchema", "schemaRef", "contentType"),
		"application/vnd.adobe.xed-full+json;version=1")
	// Expressions are checked only where a client asks for that.
	parse := parseMapping
	if r.Flag("validate") {
		parse = parseChecked
	}
	mappings, err := mappingsOf(request, parse)
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
	return cmp.Or(document.Text(set, "outputSchema", "schemaRef", "id"), document.Text(set, "xdmSchema"))
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
	set := r.Sandbox.Add(store.KindMappingSet, store.RandomHex(32), nil)
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
	shown := s.present(set, set.Body)
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
		entry.(map[string]any)["id"] = store.RandomHex(32)
	}
	user := s.Store.Account.User()
	content["id"], content["version"] = set.ID, len(set.Versions)
	content["createdDate"], content["modifiedDate"] = set.Created.UnixMilli(), s.Store.Now().UnixMilli()
	content["createdBy"], content["modifiedBy"] = user, user
	set.Body = content
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
	return web.OK(s.present(set, version))
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

// listSets answers zero as the count, as in the documented example, and the fields of the target schemas only on
// demand. Both limit and start are documented as required, yet a public client leaves start out, for which the published
// description has a default.
func (s *Service) listSets(r *web.Request) (*web.Answer, error) {
	query, err := s.query(r.URL.Query())
	if err != nil {
		return nil, err
	}
	page := query.Select(r.Sandbox.All(store.KindMappingSet))
	data, links := []any{}, map[string]any{}
	for _, set := range page.Items {
		shown := s.present(set, set.Body)
		if !r.Flag("expandSchema") {
			delete(document.Object(shown, "outputSchema"), "jsonSchema")
		}
		data = append(data, shown)
	}
	if page.Next > 0 {
		next := r.URL.Query()
		next.Set("start", strconv.Itoa(page.Next))
		links["next"] = map[string]any{"href": "/mappingSets?" + next.Encode(), "templated": false}
	}
	return web.OK(map[string]any{
		"data": data, "_page": map[string]any{"count": 0, "limit": query.Limit}, "_links": links,
	})
}

func (s *Service) query(asked url.Values) (query list.Query[*store.Object], err error) {
	if query.Limit, err = list.Number(asked, "limit", 0); err != nil {
		return query, err
	}
	if query.Start, err = list.Number(asked, "start", 0); err != nil {
		return query, err
	}
	if query.Limit < 1 {
		return query, web.BadRequest("The query parameter limit is required.")
	}
	query.Order = list.Names(asked.Get("orderBy"), func(name string) func(*store.Object) any {
		member := cmp.Or(map[string]string{"updatedDate": "modifiedDate", "lastUpdateDate": "modifiedDate"}[name], name)
		return func(set *store.Object) any { return set.Body[member] }
	})
	if asked.Has("name") {
		query.Where = append(query.Where, func(set *store.Object) bool { return set.Name() == asked.Get("name") })
	}
	properties, err := list.Properties(asked["property"])
	for _, holds := range properties {
		query.Where = append(query.Where, func(set *store.Object) bool { return holds(s.present(set, set.Body)) })
	}
	return query, err
}

// present is a version of a mapping set as it is answered: with both syntaxes, other names of source types, rounded
// dates, content types spelled with a space, the whole target schema, and mappings in another order.
func (s *Service) present(set *store.Object, stored map[string]any) map[string]any {
	shown := document.Clone(stored)
	schema, _, _ := s.Schema(set.Home, schemaOf(stored))
	schemaRef := map[string]any{
		"id":          schemaOf(stored),
		"contentType": spaced(document.Text(stored, "outputSchema", "schemaRef", "contentType")),
	}
	shown["createdDate"], shown["modifiedDate"] = roundedToSeconds(stored["createdDate"]), roundedToSeconds(stored["modifiedDate"])
	shown["supportVersion"] = "1.1"
	shown["status"] = "DRAFT"
	shown["strictMapping"] = false
	shown["allowNullValues"] = stored["allowNullValues"] == true
	shown["schemaRef"] = schemaRef
	shown["xdmSchema"] = schemaRef["id"]
	shown["xdmVersion"] = schemaRef["contentType"]
	shown["outputSchema"] = map[string]any{
		"id": shown["id"], "version": 0, "schemaRef": schemaRef, "jsonSchema": document.WithDefaults(schema, map[string]any{"type": "object"}),
	}
	entries := document.List(shown, "mappings")
	for _, entry := range entries {
		presentMapping(entry.(map[string]any), shown)
	}
	slices.Reverse(entries)
	return shown
}

func presentMapping(entry, set map[string]any) {
	sourceType := document.Text(entry, "sourceType")
	entry["sourceType"] = sourceMediaTypes[sourceType]
	entry["destinationXdmPath"] = entry["destination"]
	if sourceType == sourceExpression {
		entry["sourceExpression"] = entry["source"]
	} else {
		entry["sourceAttribute"] = entry["source"]
	}
	for _, key := range []string{"version", "createdDate", "modifiedDate", "createdBy", "modifiedBy"} {
		entry[key] = set[key]
	}
	entry["identity"] = entry["identity"] == true
	entry["primaryIdentity"] = false
	entry["matchScore"] = 0.0
	entry["functionVersion"] = 1
}

func spaced(contentType string) string {
	return strings.ReplaceAll(strings.ReplaceAll(contentType, " ", ""), ";", "; ")
}
