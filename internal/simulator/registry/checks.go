package registry

import (
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// check refuses a body that cannot become a resource, or replace the one with the given ID.
func (s *Service) check(sb *store.Sandbox, kind string, request map[string]any, id string) error {
	title := document.Text(request, "title")
	switch {
	case strings.TrimSpace(title) == "":
		return web.BadRequest("The title is required.")
	case request["type"] != "object" && request["type"] != nil:
		// Described as required, yet a public client creates its schemas without.
		return web.BadRequest("The type must be object.")
	case titleTaken(sb, title, id):
		return problem("1521-400", "Title must be unique",
			"The title "+title+" is already in use. Titles must be unique across all resource types.")
	}
	if kind == store.KindSchema {
		return s.checkSchema(sb, request)
	}
	return s.checkFieldGroup(request)
}

func titleTaken(sb *store.Sandbox, title, id string) bool {
	return slices.ContainsFunc(tenantTypes, func(kind resourceType) bool {
		return sb.FindFunc(kind.kind, func(o *store.Object) bool { return o.ID != id && o.Body["title"] == title }) != nil
	})
}

// checkSchema wants exactly one class, and field groups that are made for it.
func (s *Service) checkSchema(sb *store.Sandbox, request map[string]any) error {
	references := externalReferences(request)
	class, found := classOf(references)
	if !found {
		return web.BadRequest("The schema must extend one class in allOf.")
	}
	for _, reference := range references {
		if err := s.checkExtension(sb, reference.(string), class); err != nil {
			return err
		}
	}
	return nil
}

// checkExtension accepts Adobe's own resources unseen: only two of the hundreds are here.
func (s *Service) checkExtension(sb *store.Sandbox, id string, class map[string]any) error {
	if id == class["$id"] || !strings.HasPrefix(id, "https://ns.adobe.com/"+s.Store.Account.TenantID+"/") {
		return nil
	}
	fieldGroup, found := lookUp(sb, fieldGroupType, containerTenant, id)
	if !found {
		return web.BadRequest("The resource %s that allOf refers to does not exist.", id)
	}
	extendable := document.List(fieldGroup, "meta:intendedToExtend")
	for _, wanted := range slices.Concat(document.List(class, "meta:extends"), []any{class["$id"]}) {
		if slices.Contains(extendable, wanted) {
			return nil
		}
	}
	return web.BadRequest("The field group %s is not intended to extend the class of the schema.", id)
}

// checkFieldGroup wants custom fields under the namespace of the tenant.
func (s *Service) checkFieldGroup(request map[string]any) error {
	if len(document.List(request, "meta:intendedToExtend")) == 0 {
		return web.BadRequest("meta:intendedToExtend must name at least one class.")
	}
	for name := range ownFields(request) {
		if own := s.Store.Account.TenantField(); name != own {
			return problem("1021-400", "Namespace validation error",
				"The field "+name+" must be within the namespace "+own+" of the tenant.")
		}
	}
	return nil
}

// checkUnused refuses to delete what is needed: documented for schemas with datasets and for schemas in a union.
func checkUnused(o *store.Object) error {
	if hasUnionTag(o.Body) {
		return problem("1527-400", "Resource is part of a union", "The resource "+o.ID+" is part of a union and cannot be deleted.")
	}
	user := o.Home.FindFunc(store.KindDataSet, func(dataset *store.Object) bool {
		return document.Text(dataset.Body, "schemaRef", "id") == o.ID
	})
	if user == nil {
		user = o.Home.FindFunc(store.KindSchema, func(schema *store.Object) bool {
			return slices.Contains(externalReferences(schema.Body), any(o.ID))
		})
	}
	if user != nil {
		return web.BadRequest("The resource %s is in use by the %s %s and cannot be deleted.", o.ID, user.Kind, user.ID)
	}
	return nil
}
