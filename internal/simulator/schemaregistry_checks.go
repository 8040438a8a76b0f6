package simulator

import (
	"net/http"
	"slices"
	"strings"
)

// checkResource refuses a body that cannot become a resource, or replace the one with the given id.
func (s *Simulator) checkResource(sb *sandbox, kind resourceType, request map[string]any, id string) *problem {
	title := stringMember(request, "title")
	switch {
	case strings.TrimSpace(title) == "":
		return placeholderProblem(http.StatusBadRequest, "The title is required.")
	case request["type"] != "object" && request["type"] != nil:
		// Described as required, yet a public client makes its schemas without.
		return placeholderProblem(http.StatusBadRequest, "The type must be object.")
	case titleTaken(sb, title, id):
		return xdmProblem("1521-400", "Title must be unique",
			"The title "+title+" is already in use. Titles must be unique across all resource types.")
	}
	switch kind {
	case schemaType:
		return s.checkSchema(sb, request)
	case fieldGroupType:
		return s.checkFieldGroup(request)
	default:
		return s.checkClass(request)
	}
}

func titleTaken(sb *sandbox, title, id string) bool {
	for _, kind := range []string{KindSchema, KindFieldGroup, KindClass} {
		for _, other := range sb.kinds[kind] {
			if other.id != id && stringMember(other.body, "title") == title {
				return true
			}
		}
	}
	return false
}

// checkSchema wants exactly one class, and field groups that are made for it.
func (s *Simulator) checkSchema(sb *sandbox, request map[string]any) *problem {
	references := externalReferences(request)
	class, found := s.classOf(sb, references)
	if !found {
		return placeholderProblem(http.StatusBadRequest, "The schema must extend one class in allOf.")
	}
	for _, reference := range references {
		id, _ := reference.(string)
		if refusal := s.checkExtension(sb, id, class); refusal != nil {
			return refusal
		}
	}
	return nil
}

// checkExtension accepts Adobe's own resources unseen: only two of the hundreds are here.
func (s *Simulator) checkExtension(sb *sandbox, id string, class map[string]any) *problem {
	if id == class["$id"] || !strings.HasPrefix(id, "https://ns.adobe.com/"+s.options.TenantID+"/") {
		return nil
	}
	fieldGroup := findResource(sb, fieldGroupType, id)
	if fieldGroup == nil {
		return placeholderProblem(http.StatusBadRequest, "The resource "+id+" that allOf refers to does not exist.")
	}
	extendable := anyList(fieldGroup.body["meta:intendedToExtend"])
	behaviours := anyList(class["meta:extends"])
	if !slices.Contains(extendable, class["$id"]) &&
		!slices.ContainsFunc(behaviours, func(behaviour any) bool { return slices.Contains(extendable, behaviour) }) {
		return placeholderProblem(http.StatusBadRequest, "The field group "+id+" is not intended to extend the class of the schema.")
	}
	return nil
}

// checkFieldGroup wants custom fields under the namespace of the tenant.
func (s *Simulator) checkFieldGroup(request map[string]any) *problem {
	if len(anyList(request["meta:intendedToExtend"])) == 0 {
		return placeholderProblem(http.StatusBadRequest, "meta:intendedToExtend must name at least one class.")
	}
	for name := range ownProperties(request) {
		if name != s.tenantNamespace() {
			return xdmProblem("1021-400", "Namespace validation error",
				"The field "+name+" must be within the namespace "+s.tenantNamespace()+" of the tenant.")
		}
	}
	return nil
}

func (s *Simulator) checkClass(request map[string]any) *problem {
	references := externalReferences(request)
	if !slices.ContainsFunc(references, func(reference any) bool {
		return reference == behaviorTimeSeries || reference == behaviorRecord
	}) {
		return placeholderProblem(http.StatusBadRequest, "The class must extend a behavior in allOf.")
	}
	return nil
}
