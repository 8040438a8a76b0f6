package registry

import (
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// The one type of descriptor that is simulated, and the members that it needs.
const identityType = "xdm:descriptorIdentity"

var identityMembers = []string{
	"xdm:sourceSchema", "xdm:sourceVersion", "xdm:sourceProperty", "xdm:namespace", "xdm:property",
}

var descriptorOf = web.Stored(store.KindDescriptor, resourceType{notFound: "1010-404"}.missing)

func (s *Service) createDescriptor(r *web.Request, request map[string]any) (*web.Answer, error) {
	if err := checkDescriptor(r.Sandbox, request); err != nil {
		return nil, err
	}
	account, now := s.Store.Account, s.Store.Now().UnixMilli()
	body := document.Clone(request)
	added := r.Sandbox.Add(store.KindDescriptor, store.RandomHex(40), body)
	body["@id"] = added.ID
	body["version"] = "1"
	body["imsOrg"] = account.OrgID
	body["created"], body["updated"] = now, now
	body["createdUser"], body["updatedUser"] = account.User(), account.User()
	body["createdClient"] = account.ClientID
	place(added)
	return web.Created(body)
}

func checkDescriptor(sb *store.Sandbox, request map[string]any) error {
	if request["@type"] != identityType {
		return web.NotSimulated("descriptors of the type %s", document.Text(request, "@type"))
	}
	for _, name := range identityMembers {
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
	return checkPrimaryIdentity(sb, request)
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
func checkPrimaryIdentity(sb *store.Sandbox, request map[string]any) error {
	if request["xdm:isPrimary"] != true {
		return nil
	}
	other := sb.FindFunc(store.KindDescriptor, func(o *store.Object) bool {
		return o.Body["xdm:isPrimary"] == true && o.Body["xdm:sourceSchema"] == request["xdm:sourceSchema"]
	})
	if other != nil {
		return web.BadRequest("The schema already has a primary identity.")
	}
	return nil
}

// getDescriptor needs no Accept header, unlike all other lookups of the registry.
func getDescriptor(_ *web.Request, o *store.Object) (*web.Answer, error) { return web.OK(o.Body) }

// listDescriptors answers pages in the newer form and one object by type in the older one. The older forms of IDs and
// links alone are not simulated.
func listDescriptors(r *web.Request) (*web.Answer, error) {
	format := acceptOf(r)
	shape := strings.Join(format.modifiers, "-")
	switch {
	case format.version != "" || format.kind != "xdm":
		return nil, acceptProblem(r, "1008-400", "application/vnd.adobe.xdm-id+json")
	case shape != "" && shape != "v2":
		return nil, web.NotSimulated("the format %s of lists of descriptors", shape)
	}
	descriptors := resourcesIn(r.Sandbox, resourceType{kind: store.KindDescriptor}, containerTenant)
	page, err := pageOf(r, descriptors, "created", func(body map[string]any) any { return body })
	if err != nil {
		return nil, err
	}
	if shape == "v2" {
		return web.OK(page)
	}
	return web.OK(map[string]any{identityType: page["results"]})
}
