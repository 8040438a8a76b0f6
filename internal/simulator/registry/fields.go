package registry

import (
	_ "embed"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
)

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
	for _, part := range document.List(body, "allOf") {
		object, _ := part.(map[string]any)
		add(object)
		if definition, isLocal := strings.CutPrefix(document.Text(object, "$ref"), "#/definitions/"); isLocal {
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
