package simulator

import (
	"net/http"
	"strings"
)

// getResource answers one resource in the format and version that the client must name.
func (s *Simulator) getResource(kind resourceType) platformHandler {
	return func(w http.ResponseWriter, r *http.Request, sb *sandbox) {
		format, refusal := lookupFormat(r)
		if refusal != nil {
			writeProblem(w, refusal)
			return
		}
		body, found := s.lookUp(sb, kind, r.PathValue("container"), r.PathValue("id"))
		if !found {
			writeProblem(w, kind.notFoundProblem(r.PathValue("id")))
			return
		}
		writeJSON(w, http.StatusOK, s.presentResource(sb, body, format))
	}
}

func (s *Simulator) lookUp(sb *sandbox, kind resourceType, container, id string) (map[string]any, bool) {
	for _, body := range resourcesIn(sb, kind, container) {
		if body["$id"] == id || body["meta:altId"] == id {
			return cloneJSON(body), true
		}
	}
	return nil, false
}

// resourcesIn are all resources of a kind in a container. Of Adobe's own, only two classes and their behaviors are here.
func resourcesIn(sb *sandbox, kind resourceType, container string) []map[string]any {
	switch {
	case container == containerTenant:
		return bodiesOf(sb.kinds[kind.kind])
	case container == containerGlobal && kind == classType:
		return globalClassBodies()
	case container == containerGlobal && kind == behaviorType:
		return globalBehaviorBodies()
	default:
		return nil
	}
}

func (s *Simulator) presentResource(sb *sandbox, body map[string]any, format acceptFormat) map[string]any {
	if format.has("id") {
		return summaryOf(body)
	}
	if format.has("full") {
		body = s.resolved(sb, body)
	}
	if format.has("desc") {
		// The guide says that descriptors are included, the published description says something else.
		body["meta:descriptors"] = descriptorsOf(sb, body["$id"])
	}
	if format.has("notext") {
		dropTexts(body, "title", "description")
	}
	return body
}

func descriptorsOf(sb *sandbox, schemaID any) []any {
	descriptors := []any{}
	for _, descriptor := range sb.kinds[KindDescriptor] {
		if descriptor.body["xdm:sourceSchema"] == schemaID {
			descriptors = append(descriptors, cloneJSON(descriptor.body))
		}
	}
	return descriptors
}

// dropTexts leaves out the named texts at every depth. A field that is called title is an object and stays.
func dropTexts(value any, names ...string) {
	switch value := value.(type) {
	case map[string]any:
		for _, name := range names {
			if isString(value[name]) {
				delete(value, name)
			}
		}
		for _, nested := range value {
			dropTexts(nested, names...)
		}
	case []any:
		for _, nested := range value {
			dropTexts(nested, names...)
		}
	}
}

// resolved is a resource with all its fields in properties, in place of the references to where they are defined.
func (s *Simulator) resolved(sb *sandbox, body map[string]any) map[string]any {
	full := cloneJSON(body)
	full["properties"] = s.fieldsOf(sb, full)
	delete(full, "allOf")
	delete(full, "definitions")
	return full
}

// fieldsOf collects the fields of a resource and of all that it extends.
func (s *Simulator) fieldsOf(sb *sandbox, body map[string]any) map[string]any {
	fields := ownProperties(body)
	for _, reference := range externalReferences(body) {
		id, _ := reference.(string)
		if extended, found := s.extended(sb, id); found {
			mergeInto(fields, s.fieldsOf(sb, extended))
		}
	}
	return fields
}

// extended finds what a reference in allOf means. Adobe's field groups are not here and add no fields.
func (s *Simulator) extended(sb *sandbox, id string) (map[string]any, bool) {
	if body, found := s.lookUp(sb, fieldGroupType, containerTenant, id); found {
		return body, true
	}
	return s.classWithID(sb, id)
}

// ownProperties are the fields that a resource defines itself: in properties, in the definitions that its allOf
// refers to, and in its allOf.
func ownProperties(body map[string]any) map[string]any {
	fields := map[string]any{}
	mergeInto(fields, propertiesOf(body))
	for _, part := range anyList(body["allOf"]) {
		object, _ := part.(map[string]any)
		mergeInto(fields, propertiesOf(object))
		definition, isLocal := strings.CutPrefix(stringMember(object, "$ref"), "#/definitions/")
		if isLocal {
			found, _ := member(body, "definitions", definition).(map[string]any)
			mergeInto(fields, propertiesOf(found))
		}
	}
	return fields
}

func propertiesOf(body map[string]any) map[string]any {
	properties, ok := body["properties"].(map[string]any)
	if !ok {
		return map[string]any{}
	}
	return cloneJSON(properties)
}

// classOf finds the class among the references of a schema.
func (s *Simulator) classOf(sb *sandbox, references []any) (map[string]any, bool) {
	for _, reference := range references {
		id, _ := reference.(string)
		if class, found := s.classWithID(sb, id); found {
			return class, true
		}
	}
	return nil, false
}

func (s *Simulator) classWithID(sb *sandbox, id string) (map[string]any, bool) {
	if class, found := s.lookUp(sb, classType, containerGlobal, id); found {
		return class, true
	}
	return s.lookUp(sb, classType, containerTenant, id)
}
