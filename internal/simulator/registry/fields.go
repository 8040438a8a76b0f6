package registry

import (
	_ "embed"
	"encoding/json"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
)

// resourcesIn are all resources of a kind in a container, as they are stored. Of Adobe's own, only two classes and
// their behaviors are here.
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
	class, _ := classOf(sb, externalReferences(body))
	return resolved(sb, body), document.List(class, "required"), true
}

func present(sb *store.Sandbox, body map[string]any, format acceptFormat) map[string]any {
	if format.has("id") {
		return summaryOf(body)
	}
	id := body["$id"]
	if format.has("full") {
		body = resolved(sb, body)
	} else {
		body = document.Clone(body)
	}
	if format.has("desc") {
		// The guide says that descriptors are included, the published description says something else.
		descriptors := []any{}
		for _, descriptor := range sb.All(store.KindDescriptor) {
			if descriptor.Body["xdm:sourceSchema"] == id {
				descriptors = append(descriptors, document.Clone(descriptor.Body))
			}
		}
		body["meta:descriptors"] = descriptors
	}
	if format.has("notext") {
		dropTexts(body)
	}
	return body
}

// dropTexts leaves out titles and descriptions at every depth. A field that is called title is an object and stays.
func dropTexts(value any) {
	switch value := value.(type) {
	case map[string]any:
		for _, name := range []string{"title", "description"} {
			if document.IsText(value[name]) {
				delete(value, name)
			}
		}
		for _, nested := range value {
			dropTexts(nested)
		}
	case []any:
		for _, nested := range value {
			dropTexts(nested)
		}
	}
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
			extended, found = classOf(sb, []any{reference})
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

// classOf finds the class among the references of a schema.
func classOf(sb *store.Sandbox, references []any) (map[string]any, bool) {
	for _, reference := range references {
		for _, container := range []string{containerGlobal, containerTenant} {
			if class, found := lookUp(sb, classType, container, reference.(string)); found {
				return class, true
			}
		}
	}
	return nil, false
}

// Adobe's resources that the schemas of an event pipeline build on.
const (
	classExperienceEvent = "https://ns.adobe.com/xdm/context/experienceevent"

	behaviorTimeSeries = "https://ns.adobe.com/xdm/data/time-series"
	behaviorRecord     = "https://ns.adobe.com/xdm/data/record"

	globalLibVersion = "1.44.0"
)

// globals are the two classes and the behaviors that they extend. Documented: records of a time series need _id and
// timestamp. The behaviors add no fields that the classes do not have here.
var globals = func() (found map[string][]map[string]any) {
	if err := json.Unmarshal(globalsJSON, &found); err != nil {
		panic("simulator: globals.json: " + err.Error())
	}
	return found
}()

//go:embed globals.json
var globalsJSON []byte
