// Package registry is the Schema Registry: schemas, field groups, classes and descriptors.
package registry

import (
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

const base = "/data/foundation/schemaregistry"

// Service keeps XDM resources and descriptors.
type Service struct {
	Store *store.Store
}

// The containers of the registry: Adobe's own resources, and those of the organization.
const (
	containerGlobal = "global"
	containerTenant = "tenant"
)

// resourceType is one of the kinds of XDM resources.
type resourceType struct {
	kind string
	// collection is the part of $id and meta:altId that names the kind, and meta:resourceType. Field groups are
	// still called mixins there.
	collection string
	// notFound is the error code of an ID that is not there. Only the code of schemas is documented by example.
	notFound string
}

var (
	schemaType     = resourceType{kind: store.KindSchema, collection: "schemas", notFound: "1012-404"}
	fieldGroupType = resourceType{kind: store.KindFieldGroup, collection: "mixins", notFound: "1010-404"}
	// classType is Adobe's alone here.
	classType = resourceType{collection: "classes", notFound: "1010-404"}

	tenantTypes = []resourceType{schemaType, fieldGroupType}

	// tenantPaths are the paths of what an organization creates. Field groups still answer at their old path.
	tenantPaths = map[string]resourceType{"schemas": schemaType, "fieldgroups": fieldGroupType, "mixins": fieldGroupType}
)

// Web is the service on the web.
func (s *Service) Web(guard func(*web.Request) error) web.Service {
	calls := map[string]web.Handler{
		"GET /stats":                      s.stats,
		"GET /{container}/classes":        s.list(classType),
		"GET /{container}/classes/{id}":   s.get(classType),
		"GET /tenant/descriptors":         listDescriptors,
		"GET /tenant/descriptors/{id}":    web.On(descriptorOf, getDescriptor),
		"POST /tenant/descriptors":        web.WithObject(s.createDescriptor),
		"DELETE /tenant/descriptors/{id}": web.On(descriptorOf, web.Remove),
	}
	for path, kind := range tenantPaths {
		calls["GET /{container}/"+path] = s.list(kind)
		calls["GET /{container}/"+path+"/{id}"] = s.get(kind)
		calls["POST /tenant/"+path] = s.create(kind)
		calls["PUT /tenant/"+path+"/{id}"] = web.On(kind.resourceOf, s.replace)
		calls["PATCH /tenant/"+path+"/{id}"] = web.On(kind.resourceOf, s.patch)
		calls["DELETE /tenant/"+path+"/{id}"] = web.On(kind.resourceOf, s.delete)
	}
	return web.Service{
		Name: "schemaregistry", Base: base, Adobe: true, Guard: guard, Refuse: web.Placeholder, Calls: calls,
		Documented: []string{
			"POST /tenant/classes", "PUT /tenant/classes/{id}", "PATCH /tenant/classes/{id}", "DELETE /tenant/classes/{id}",
			"GET /{container}/behaviors", "GET /{container}/behaviors/{id}", "PUT /tenant/descriptors/{id}",
			"GET /{container}/datatypes", "GET /{container}/datatypes/{id}", "POST /tenant/datatypes",
			"PUT /tenant/datatypes/{id}", "PATCH /tenant/datatypes/{id}", "DELETE /tenant/datatypes/{id}",
			"GET /global/descriptors", "GET /global/descriptors/{id}", "GET /tenant/unions", "GET /tenant/unions/{id}",
			"GET /rpc/export/{id}", "POST /rpc/import", "GET /rpc/sampledata/{id}", "GET /rpc/auditlog/{id}",
		},
	}
}

// problem is the documented form of the registry's errors. The code is the part of the type after "XDM-".
func problem(code, title, message string) error {
	status := web.StatusOf(code)
	return &web.Problem{Status: status, Body: func(requestID string) any {
		return map[string]any{
			"type":   "http://ns.adobe.com/aep/errors/XDM-" + code,
			"title":  title,
			"status": status,
			"report": map[string]any{
				"registryRequestId": requestID,
				"timestamp":         time.Now().UTC().Format("01-02-2006 15:04:05"),
				"detailed-message":  message,
				"sub-errors":        []any{},
			},
			"detail": message,
		}
	}}
}

func (t resourceType) missing(id string) error {
	return problem(t.notFound, "Resource Not Found", "Requested resource "+id+" is not found")
}

// resourceOf finds the tenant's resource of the path by either of its two IDs.
func (t resourceType) resourceOf(r *web.Request) (*store.Object, error) {
	id := r.PathValue("id")
	found := r.Sandbox.FindFunc(t.kind, func(o *store.Object) bool { return o.ID == id || o.Body["meta:altId"] == id })
	if found == nil {
		return nil, t.missing(id)
	}
	return found, nil
}

// stats tells, above all, the tenant ID, without which no custom field can be named. Unions and the use of classes are
// not counted.
func (s *Service) stats(r *web.Request) (*web.Answer, error) {
	recent, counts := []any{}, map[string]any{}
	for _, kind := range tenantTypes {
		all := resourcesIn(r.Sandbox, kind, containerTenant)
		counts[kind.collection] = len(all)
		for _, resource := range all {
			recent = append(recent, summaryOf(resource))
		}
	}
	return web.OK(map[string]any{
		"imsOrg":                   s.Store.Account.OrgID,
		"tenantId":                 s.Store.Account.TenantID,
		"counts":                   counts,
		"recentlyCreatedResources": recent,
		"recentlyUpdatedResources": recent,
		"classUsage":               []any{},
	})
}

// summaryOf is a resource in the short form of lists.
func summaryOf(body map[string]any) map[string]any {
	return document.Only(body, "$id", "meta:altId", "title", "version")
}

// list answers short summaries or whole resources, as the Accept header says.
func (s *Service) list(kind resourceType) web.Handler {
	return func(r *web.Request) (*web.Answer, error) {
		container := r.PathValue("container")
		if container != containerTenant && container != containerGlobal {
			return nil, web.NotFound("There is no container %s.", container)
		}
		format, err := listFormat(r)
		if err != nil {
			return nil, err
		}
		answer, err := pageOf(r, resourcesIn(r.Sandbox, kind, container), "updated", func(body map[string]any) any {
			return present(r.Sandbox, body, format)
		})
		if err != nil {
			return nil, err
		}
		if kind == schemaType {
			document.Object(answer, "_links")["global_schemas"] = map[string]any{"href": r.BaseURL() + base + "/global/schemas"}
		}
		return web.OK(answer)
	}
}

// get answers one resource in the format and version that the client must name.
func (s *Service) get(kind resourceType) web.Handler {
	return func(r *web.Request) (*web.Answer, error) {
		format, err := lookupFormat(r)
		if err != nil {
			return nil, err
		}
		body, found := lookUp(r.Sandbox, kind, r.PathValue("container"), r.PathValue("id"))
		if !found {
			return nil, kind.missing(r.PathValue("id"))
		}
		return web.OK(present(r.Sandbox, body, format))
	}
}

func (s *Service) create(kind resourceType) web.Handler {
	return web.WithObject(func(r *web.Request, request map[string]any) (*web.Answer, error) {
		if err := s.check(r.Sandbox, kind.kind, request, ""); err != nil {
			return nil, err
		}
		return web.Created(s.add(r.Sandbox, kind, request).Body)
	})
}

// replace is PUT. There is no If-Match.
func (s *Service) replace(r *web.Request, o *store.Object) (*web.Answer, error) {
	request, err := r.Object()
	if err != nil {
		return nil, err
	}
	return s.change(o, request)
}

// patch is PATCH with a JSON Patch.
func (s *Service) patch(r *web.Request, o *store.Object) (*web.Answer, error) {
	changed, err := document.Patch(o.Body, r.Content)
	if err != nil {
		return nil, err
	}
	return s.change(o, changed)
}

func (s *Service) change(o *store.Object, changed map[string]any) (*web.Answer, error) {
	if err := s.check(o.Home, o.Kind, changed, o.ID); err != nil {
		return nil, err
	}
	if hasUnionTag(o.Body) && !hasUnionTag(changed) {
		// Documented: taking part in the union cannot be undone.
		return nil, problem("1526-400", "Union tag cannot be removed", "The union tag of "+o.ID+" cannot be removed.")
	}
	kept := document.Only(o.Body, "$id", "meta:altId", "version")
	o.Body = withoutOwned(changed)
	document.Merge(o.Body, kept)
	s.Touch(o)
	return web.OK(o.Body)
}

// delete refuses what other things still need.
func (s *Service) delete(_ *web.Request, o *store.Object) (*web.Answer, error) {
	if err := checkUnused(o); err != nil {
		return nil, err
	}
	o.Home.Remove(o)
	for _, descriptor := range o.Home.All(store.KindDescriptor) {
		if descriptor.Body["xdm:sourceSchema"] == o.ID {
			o.Home.Remove(descriptor)
		}
	}
	return web.NoContent()
}
