package registry

import (
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// descriptorTypes are those of the published description, with what each needs beside the members of all.
var descriptorTypes = map[string][]string{
	"xdm:descriptorIdentity":          {"xdm:sourceProperty", "xdm:namespace", "xdm:property"},
	"xdm:alternateDisplayInfo":        {"xdm:sourceProperty"},
	"xdm:descriptorReferenceIdentity": {"xdm:sourceProperty", "xdm:identityNamespace"},
	"xdm:descriptorOneToOne":          {"xdm:sourceProperty", "xdm:destinationSchema"},
	"xdm:descriptorOneToMany":         {"xdm:sourceProperty", "xdm:destinationSchema"},
	"xdm:descriptorManyToMany":        {"xdm:sourceProperty", "xdm:destinationSchema"},
	"xdm:descriptorRelationship":      {"xdm:sourceProperty", "xdm:destinationSchema"},
	"xdm:descriptorPrimaryKey":        {"xdm:sourceProperty"},
}

func descriptorOf(r *web.Request) (*store.Object, error) {
	id := r.PathValue("id")
	if found := r.Sandbox.Find(store.KindDescriptor, id); found != nil {
		return found, nil
	}
	return nil, problem("1010-404", "Resource Not Found", "Requested resource "+id+" is not found")
}

func (s *Service) createDescriptor(r *web.Request, request map[string]any) (*web.Answer, error) {
	if err := checkDescriptor(r.Sandbox, request, ""); err != nil {
		return nil, err
	}
	added := r.Sandbox.Add(store.KindDescriptor, randomHex(40), nil)
	s.fillDescriptor(added, request)
	return web.Created(added.Body)
}

func (s *Service) replaceDescriptor(r *web.Request, o *store.Object) (*web.Answer, error) {
	request, err := r.Object()
	if err != nil {
		return nil, err
	}
	if err := checkDescriptor(o.Home, request, o.ID); err != nil {
		return nil, err
	}
	s.fillDescriptor(o, request)
	return web.OK(o.Body)
}

func (s *Service) fillDescriptor(o *store.Object, request map[string]any) {
	account := s.Store.Account
	o.Body = document.Clone(request)
	o.Body["@id"] = o.ID
	o.Body["version"] = "1"
	o.Body["imsOrg"] = account.OrgID
	o.Body["created"], o.Body["updated"] = o.Created.UnixMilli(), s.Store.Now().UnixMilli()
	o.Body["createdUser"], o.Body["updatedUser"] = account.User(), account.User()
	o.Body["createdClient"] = account.ClientID
	place(o)
}

func checkDescriptor(sb *store.Sandbox, request map[string]any, id string) error {
	needed, known := descriptorTypes[document.Text(request, "@type")]
	if !known {
		return web.BadRequest("The @type %s is not a type of descriptor.", document.Text(request, "@type"))
	}
	for _, name := range slices.Concat([]string{"xdm:sourceSchema", "xdm:sourceVersion"}, needed) {
		if request[name] == nil || request[name] == "" {
			return web.BadRequest("The descriptor needs %s.", name)
		}
	}
	schema, found := lookUp(sb, schemaType, containerTenant, document.Text(request, "xdm:sourceSchema"))
	if !found {
		return schemaType.missing(document.Text(request, "xdm:sourceSchema"))
	}
	if path := document.Text(request, "xdm:sourceProperty"); !hasField(sb, schema, path) {
		return web.BadRequest("The schema has no field at %s.", path)
	}
	return checkPrimaryIdentity(sb, request, id)
}

// hasField follows a path such as /_acme/email through the fields of a schema.
func hasField(sb *store.Sandbox, schema map[string]any, path string) bool {
	field := map[string]any{"properties": fieldsOf(sb, schema)}
	for name := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		if field = document.Object(field, "properties", name); field == nil {
			return false
		}
	}
	return true
}

// checkPrimaryIdentity: a schema has at most one primary identity.
func checkPrimaryIdentity(sb *store.Sandbox, request map[string]any, id string) error {
	isPrimary := func(descriptor map[string]any) bool {
		return descriptor["@type"] == "xdm:descriptorIdentity" && descriptor["xdm:isPrimary"] == true
	}
	other := sb.FindFunc(store.KindDescriptor, func(o *store.Object) bool {
		return o.ID != id && isPrimary(o.Body) && o.Body["xdm:sourceSchema"] == request["xdm:sourceSchema"]
	})
	if isPrimary(request) && other != nil {
		return web.BadRequest("The schema already has a primary identity.")
	}
	return nil
}

// getDescriptor needs no Accept header, unlike all other lookups of the registry.
func (s *Service) getDescriptor(_ *web.Request, o *store.Object) (*web.Answer, error) {
	return web.OK(o.Body)
}

func (s *Service) deleteDescriptor(_ *web.Request, o *store.Object) (*web.Answer, error) {
	o.Home.Remove(o)
	return web.NoContent()
}

// listDescriptors groups by type, except in the newer form, which has pages.
func (s *Service) listDescriptors(r *web.Request) (*web.Answer, error) {
	format := acceptOf(r)
	paged := format.has("v2")
	shape := strings.Join(slices.DeleteFunc(format.modifiers, func(part string) bool { return part == "v2" }), "-")
	if format.version != "" || format.kind != "xdm" || !slices.Contains([]string{"", "id", "link"}, shape) {
		return nil, acceptProblem(r, "1008-400", "application/vnd.adobe.xdm-id+json")
	}
	page, err := pageOf(r, resourcesIn(r.Sandbox, resourceType{kind: store.KindDescriptor}, containerTenant), "created")
	if err != nil {
		return nil, err
	}
	results, grouped := []any{}, map[string][]any{}
	for _, body := range page.bodies {
		kind, shown := document.Text(body, "@type"), presentDescriptor(body, shape)
		results, grouped[kind] = append(results, shown), append(grouped[kind], shown)
	}
	if paged {
		return web.OK(page.answer(r, results))
	}
	return web.OK(grouped)
}

func presentDescriptor(body map[string]any, shape string) any {
	switch shape {
	case "id":
		return body["@id"]
	case "link":
		return "/tenant/descriptors/" + document.Text(body, "@id")
	default:
		return body
	}
}
