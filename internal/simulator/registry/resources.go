package registry

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
)

// owned are the members of a resource that only the registry writes. A client's are dropped.
var owned = []string{
	"$id", "meta:altId", "meta:resourceType", "version", "imsOrg", "refs", "meta:extends", "meta:class",
	"meta:containerId", "meta:sandboxId", "meta:sandboxType", "meta:tenantNamespace", "meta:registryMetadata",
	"meta:extensible", "meta:abstract", "meta:xdmType",
}

func withoutOwned(request map[string]any) map[string]any {
	body := document.Clone(request)
	for _, name := range owned {
		delete(body, name)
	}
	return body
}

func (s *Service) add(sb *store.Sandbox, kind resourceType, request map[string]any) *store.Object {
	account, hash := s.Store.Account, store.RandomHex(48)
	body := withoutOwned(request)
	body["$id"] = "https://ns.adobe.com/" + account.TenantID + "/" + kind.collection + "/" + hash
	body["meta:altId"] = account.TenantField() + "." + kind.collection + "." + hash
	body["version"] = "1.0"
	added := sb.Add(kind.kind, document.Text(body, "$id"), body)
	s.complete(added)
	return added
}

// Touch is what every change of a resource brings about, among others the next minor version.
func (s *Service) Touch(o *store.Object) {
	o.Body["version"] = document.NextVersion(document.Text(o.Body, "version"))
	s.complete(o)
}

// complete writes what the registry adds to what a client sent.
func (s *Service) complete(o *store.Object) {
	body := o.Body
	for _, part := range partsOf(body) {
		part["type"], part["meta:xdmType"] = "object", "object"
	}
	for _, kind := range tenantTypes {
		if kind.kind == o.Kind {
			body["meta:resourceType"] = kind.collection
		}
	}
	references := externalReferences(body)
	class, hasClass := classOf(references)
	body["type"] = "object"
	body["refs"] = references
	body["imsOrg"] = s.Store.Account.OrgID
	body["meta:xdmType"] = "object"
	// Described by example: field groups are made to be extended, schemas are not.
	body["meta:extensible"] = o.Kind == store.KindFieldGroup
	body["meta:abstract"] = o.Kind == store.KindFieldGroup
	body["meta:extends"] = ancestors(references, class)
	body["meta:tenantNamespace"] = s.Store.Account.TenantField()
	if hasClass && o.Kind == store.KindSchema {
		body["meta:class"] = class["$id"]
	}
	place(o)
	body["meta:registryMetadata"] = s.metadata(o)
}

// place writes where a resource or a descriptor belongs.
func place(o *store.Object) {
	o.Body["meta:containerId"] = containerTenant
	o.Body["meta:sandboxId"] = o.Home.ID
	o.Body["meta:sandboxType"] = o.Home.Type()
}

// metadata has an eTag that is for information only: no call takes If-Match.
func (s *Service) metadata(o *store.Object) map[string]any {
	account := s.Store.Account
	return map[string]any{
		"repo:createdDate":         o.Created.UnixMilli(),
		"repo:lastModifiedDate":    s.Store.Now().UnixMilli(),
		"xdm:createdClientId":      account.ClientID,
		"xdm:lastModifiedClientId": account.ClientID,
		"xdm:createdUserId":        account.User(),
		"xdm:lastModifiedUserId":   account.User(),
		"eTag":                     store.RandomHex(64),
		"meta:globalLibVersion":    globalLibVersion,
	}
}

// ancestors are everything that a resource extends, directly and over its class. Their order is not stable in the
// real registry; here it is not the order of the references.
func ancestors(references []any, class map[string]any) []any {
	return slices.Concat(document.List(class, "meta:extends"), references)
}

// partsOf are the parts that a resource is composed of.
func partsOf(body map[string]any) []map[string]any {
	parts, _ := document.Objects(document.List(body, "allOf"))
	return parts
}

// externalReferences are the IDs of other resources in allOf. Those within a resource start with #.
func externalReferences(body map[string]any) []any {
	references := []any{}
	for _, part := range partsOf(body) {
		reference := document.Text(part, "$ref")
		if reference != "" && !strings.HasPrefix(reference, "#") {
			references = append(references, reference)
		}
	}
	return references
}

func hasUnionTag(body map[string]any) bool {
	return slices.Contains(document.List(body, "meta:immutableTags"), any("union"))
}

// Seed creates an ExperienceEvent schema with a field group that has the fields which Adobe's guide to the Customer.io
// source calls mandatory.
func (s *Service) Seed(sb *store.Sandbox, title string) *store.Object {
	text := strings.ReplaceAll(string(seedJSON), "TENANT", s.Store.Account.TenantField())
	seed := document.MustDecode[struct{ FieldGroup, Schema map[string]any }]([]byte(text))
	seed.FieldGroup["title"], seed.Schema["title"] = title+" fields", title
	fieldGroup := s.add(sb, fieldGroupType, seed.FieldGroup)
	seed.Schema["allOf"] = append(document.List(seed.Schema, "allOf"), map[string]any{"$ref": fieldGroup.ID})
	return s.add(sb, schemaType, seed.Schema)
}

//go:embed seed.json
var seedJSON []byte

// resourcesIn are all resources of a kind in a container, as they are stored. Of Adobe's own, only two classes are
// here.
func resourcesIn(sb *store.Sandbox, kind resourceType, container string) []map[string]any {
	var bodies []map[string]any
	switch container {
	case containerGlobal:
		return globals[kind.collection]
	case containerTenant:
		for _, o := range sb.All(kind.kind) {
			bodies = append(bodies, o.Body)
		}
	}
	return bodies
}

func lookUp(sb *store.Sandbox, kind resourceType, container, id string) (map[string]any, bool) {
	for _, body := range resourcesIn(sb, kind, container) {
		if body["$id"] == id || body["meta:altId"] == id {
			return body, true
		}
	}
	return nil, false
}

// Schema finds a schema with all its fields in properties, and the fields that its class requires.
func (s *Service) Schema(sb *store.Sandbox, id string) (schema map[string]any, required []any, found bool) {
	body, found := lookUp(sb, schemaType, containerTenant, id)
	if !found {
		return nil, nil, false
	}
	class, _ := classOf(externalReferences(body))
	return resolved(sb, body), document.List(class, "required"), true
}

func present(sb *store.Sandbox, body map[string]any, format acceptFormat) map[string]any {
	if format.has("id") {
		return summaryOf(body)
	}
	if format.has("full") {
		return resolved(sb, body)
	}
	return body
}

// resolved is a resource with all its fields in properties, in place of the references to where they are defined.
func resolved(sb *store.Sandbox, body map[string]any) map[string]any {
	full := document.Clone(body)
	full["properties"] = fieldsOf(sb, full)
	delete(full, "allOf")
	delete(full, "definitions")
	return full
}

// fieldsOf collects the fields of a resource and of all that it extends. Adobe's field groups are not here and add
// none.
func fieldsOf(sb *store.Sandbox, body map[string]any) map[string]any {
	fields := ownFields(body)
	for _, reference := range externalReferences(body) {
		extended, found := lookUp(sb, fieldGroupType, containerTenant, reference.(string))
		if !found {
			extended, found = classOf([]any{reference})
		}
		if found {
			document.Merge(fields, fieldsOf(sb, extended))
		}
	}
	return fields
}

// ownFields are the fields that a resource defines itself: in properties, in its allOf, and in the definitions that
// its allOf refers to.
func ownFields(body map[string]any) map[string]any {
	fields := map[string]any{}
	add := func(part map[string]any) {
		document.Merge(fields, document.Clone(document.Object(part, "properties")))
	}
	add(body)
	for _, part := range partsOf(body) {
		add(part)
		if definition, isLocal := strings.CutPrefix(document.Text(part, "$ref"), "#/definitions/"); isLocal {
			add(document.Object(body, "definitions", definition))
		}
	}
	return fields
}

// classOf finds the class among the references of a schema. The classes of organizations are not simulated.
func classOf(references []any) (map[string]any, bool) {
	for _, reference := range references {
		for _, class := range globals[classType.collection] {
			if class["$id"] == reference {
				return class, true
			}
		}
	}
	return nil, false
}

const globalLibVersion = "1.44.0"

// globals are the two classes of Adobe that are here. Documented: records of a time series need _id and timestamp.
var globals = document.MustDecode[map[string][]map[string]any](globalsJSON)

//go:embed globals.json
var globalsJSON []byte
