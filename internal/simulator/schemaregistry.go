package simulator

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
)

// KindClass is the kind of classes that a client made, as Objects, Update and Delete name it.
const KindClass = "class"

// The containers of the registry: Adobe's own resources, and those of the organisation.
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
	// notFound is the error code of an id that is not there. Only the code of schemas is documented by example.
	notFound string
}

var (
	schemaType     = resourceType{kind: KindSchema, collection: "schemas", notFound: "1012-404"}
	fieldGroupType = resourceType{kind: KindFieldGroup, collection: "mixins", notFound: "1010-404"}
	classType      = resourceType{kind: KindClass, collection: "classes", notFound: "1010-404"}
	// behaviorType is Adobe's alone: what the records of a class stand for, a moment or a lasting thing.
	behaviorType = resourceType{kind: "behavior", collection: "behaviors", notFound: "1010-404"}

	// resourcePaths are the paths of the kinds. Field groups still answer at their old path.
	resourcePaths = []struct {
		path string
		kind resourceType
	}{
		{"schemas", schemaType}, {"fieldgroups", fieldGroupType}, {"mixins", fieldGroupType}, {"classes", classType},
	}
)

func (s *Simulator) routesSchemaRegistry(mux *http.ServeMux) {
	mux.HandleFunc("GET "+schemaRegistryBase+"/stats", s.platform(s.registryStats))
	for _, resource := range resourcePaths {
		tenant := schemaRegistryBase + "/tenant/" + resource.path
		either := schemaRegistryBase + "/{container}/" + resource.path
		mux.HandleFunc("GET "+either, s.platform(s.listResources(resource.kind)))
		mux.HandleFunc("GET "+either+"/{id}", s.platform(s.getResource(resource.kind)))
		mux.HandleFunc("POST "+tenant, s.platform(s.createResource(resource.kind)))
		mux.HandleFunc("PUT "+tenant+"/{id}", s.platform(s.withResource(resource.kind, s.replaceResource)))
		mux.HandleFunc("PATCH "+tenant+"/{id}", s.platform(s.withResource(resource.kind, s.patchResource)))
		mux.HandleFunc("DELETE "+tenant+"/{id}", s.platform(s.withResource(resource.kind, s.deleteResource)))
	}
	behaviors := schemaRegistryBase + "/{container}/behaviors"
	mux.HandleFunc("GET "+behaviors, s.platform(s.listResources(behaviorType)))
	mux.HandleFunc("GET "+behaviors+"/{id}", s.platform(s.getResource(behaviorType)))
	descriptors := schemaRegistryBase + "/tenant/descriptors"
	mux.HandleFunc("GET "+descriptors, s.platform(s.listDescriptors))
	mux.HandleFunc("GET "+descriptors+"/{id}", s.platform(s.withDescriptor(s.getDescriptor)))
	mux.HandleFunc("POST "+descriptors, s.platform(s.createDescriptor))
	mux.HandleFunc("PUT "+descriptors+"/{id}", s.platform(s.withDescriptor(s.replaceDescriptor)))
	mux.HandleFunc("DELETE "+descriptors+"/{id}", s.platform(s.withDescriptor(s.deleteDescriptor)))
}

// xdmProblem is the documented form of the registry's errors. The code is the part of the type after "XDM-".
func xdmProblem(code, title, message string) *problem {
	status := statusOfCode(code)
	return &problem{status: status, body: func(requestID string) any {
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

// tenantNamespace is the field that holds all custom fields of an organisation.
func (s *Simulator) tenantNamespace() string { return "_" + s.options.TenantID }

func (s *Simulator) newResourceID(kind resourceType) (id, altID string) {
	hash := strings.ReplaceAll(uuid.NewString()+uuid.NewString(), "-", "")[:48]
	id = fmt.Sprintf("https://ns.adobe.com/%s/%s/%s", s.options.TenantID, kind.collection, hash)
	return id, fmt.Sprintf("%s.%s.%s", s.tenantNamespace(), kind.collection, hash)
}

// findResource finds what a client made by either of its two ids.
func findResource(sb *sandbox, kind resourceType, id string) *object {
	for _, candidate := range sb.kinds[kind.kind] {
		if candidate.id == id || stringMember(candidate.body, "meta:altId") == id {
			return candidate
		}
	}
	return nil
}

// withResource finds the tenant's resource of the path, or answers that there is none.
func (s *Simulator) withResource(kind resourceType, handler func(http.ResponseWriter, *http.Request, resourceType, *object)) platformHandler {
	return func(w http.ResponseWriter, r *http.Request, sb *sandbox) {
		found := findResource(sb, kind, r.PathValue("id"))
		if found == nil {
			writeProblem(w, kind.notFoundProblem(r.PathValue("id")))
			return
		}
		handler(w, r, kind, found)
	}
}

func (kind resourceType) notFoundProblem(id string) *problem {
	return xdmProblem(kind.notFound, "Resource Not Found", "Requested resource "+id+" is not found")
}

// registryStats tells, above all, the tenant id, without which no custom field can be named.
func (s *Simulator) registryStats(w http.ResponseWriter, _ *http.Request, sb *sandbox) {
	var resources []*object
	for _, kind := range []string{KindSchema, KindFieldGroup, KindClass} {
		resources = append(resources, sb.all(kind)...)
	}
	recent := []any{}
	for _, resource := range resources {
		recent = append(recent, summaryOf(resource.body))
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"imsOrg":   s.options.OrgID,
		"tenantId": s.options.TenantID,
		"counts": map[string]any{
			"schemas":   len(sb.kinds[KindSchema]),
			"mixins":    len(sb.kinds[KindFieldGroup]),
			"datatypes": 0,
			"classes":   len(sb.kinds[KindClass]),
			"unions":    countUnions(sb),
		},
		"recentlyCreatedResources": recent,
		"recentlyUpdatedResources": recent,
		"classUsage":               classUsage(sb),
	})
}

func countUnions(sb *sandbox) int {
	classes := map[string]bool{}
	for _, schema := range sb.kinds[KindSchema] {
		if hasUnionTag(schema.body) {
			classes[stringMember(schema.body, "meta:class")] = true
		}
	}
	return len(classes)
}

func classUsage(sb *sandbox) []any {
	usage := []any{}
	for _, class := range append(globalClassBodies(), bodiesOf(sb.kinds[KindClass])...) {
		schemas := []any{}
		for _, schema := range sb.kinds[KindSchema] {
			if schema.body["meta:class"] == class["$id"] {
				schemas = append(schemas, summaryOf(schema.body))
			}
		}
		usage = append(usage, map[string]any{
			"$id": class["$id"], "title": class["title"], "numberOfSchemas": len(schemas), "schemas": schemas,
		})
	}
	return usage
}

func bodiesOf(objects []*object) []map[string]any {
	bodies := make([]map[string]any, 0, len(objects))
	for _, o := range objects {
		bodies = append(bodies, o.body)
	}
	return bodies
}

// summaryOf is a resource in the short form of lists.
func summaryOf(body map[string]any) map[string]any {
	summary := map[string]any{}
	for _, name := range []string{"$id", "meta:altId", "title", "version"} {
		summary[name] = body[name]
	}
	return summary
}
