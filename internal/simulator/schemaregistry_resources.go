package simulator

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// registryOwned are the members of a resource that only the registry writes; a client's are dropped.
var registryOwned = []string{
	"$id", "meta:altId", "meta:resourceType", "version", "imsOrg", "refs", "meta:extends", "meta:class",
	"meta:containerId", "meta:sandboxId", "meta:sandboxType", "meta:tenantNamespace", "meta:registryMetadata",
	"meta:extensible", "meta:abstract", "meta:xdmType",
}

func (s *Simulator) createResource(kind resourceType) platformHandler {
	return func(w http.ResponseWriter, r *http.Request, sb *sandbox) {
		request, refusal := decodeObject(r)
		if refusal == nil {
			refusal = s.checkResource(sb, kind, request, "")
		}
		if refusal != nil {
			writeProblem(w, refusal)
			return
		}
		writeJSON(w, http.StatusCreated, s.addResource(sb, kind, request).body)
	}
}

func (s *Simulator) addResource(sb *sandbox, kind resourceType, request map[string]any) *object {
	id, altID := s.newResourceID(kind)
	body := withoutOwned(request)
	body["$id"], body["meta:altId"], body["version"] = id, altID, "1.0"
	added := sb.add(kind.kind, id, body, s.now())
	s.completeResource(added)
	return added
}

func withoutOwned(request map[string]any) map[string]any {
	body := cloneJSON(request)
	for _, name := range registryOwned {
		delete(body, name)
	}
	return body
}

// completeResource writes what the registry adds to what a client sent.
func (s *Simulator) completeResource(o *object) {
	kind := typeOfKind(o.kind)
	body := o.body
	decorateAllOf(body)
	references := externalReferences(body)
	body["type"] = "object"
	body["refs"] = references
	body["imsOrg"] = s.options.OrgID
	body["meta:resourceType"] = kind.collection
	body["meta:xdmType"] = "object"
	body["meta:extensible"] = kind == classType
	body["meta:abstract"] = kind == classType
	body["meta:extends"] = s.ancestors(o.home, references)
	body["meta:containerId"] = containerTenant
	body["meta:sandboxId"] = o.home.id
	body["meta:sandboxType"] = sandboxType(o.home)
	body["meta:tenantNamespace"] = s.tenantNamespace()
	if class, found := s.classOf(o.home, references); found && kind == schemaType {
		body["meta:class"] = class["$id"]
	}
	body["meta:registryMetadata"] = s.registryMetadata(o)
}

func typeOfKind(kind string) resourceType {
	switch kind {
	case KindFieldGroup:
		return fieldGroupType
	case KindClass:
		return classType
	default:
		return schemaType
	}
}

func sandboxType(sb *sandbox) string {
	if sb.name == "prod" {
		return "production"
	}
	return "development"
}

func decorateAllOf(body map[string]any) {
	parts, _ := body["allOf"].([]any)
	for _, part := range parts {
		if object, isObject := part.(map[string]any); isObject {
			object["type"], object["meta:xdmType"] = "object", "object"
		}
	}
}

// registryMetadata has an eTag that is for information only: no call takes If-Match.
func (s *Simulator) registryMetadata(o *object) map[string]any {
	encoded, err := json.Marshal([]any{o.id, o.body["version"], o.body["title"], o.body["allOf"], o.body["definitions"]})
	if err != nil {
		panic("simulator: a stored schema is not JSON: " + err.Error())
	}
	sum := sha256.Sum256(encoded)
	return map[string]any{
		"repo:createdDate":         o.created.UnixMilli(),
		"repo:lastModifiedDate":    s.now().UnixMilli(),
		"xdm:createdClientId":      s.options.ClientID,
		"xdm:lastModifiedClientId": s.options.ClientID,
		"xdm:createdUserId":        s.technicalAccount(),
		"xdm:lastModifiedUserId":   s.technicalAccount(),
		"eTag":                     hex.EncodeToString(sum[:]),
		"meta:globalLibVersion":    globalLibVersion,
	}
}

// ancestors are everything that a resource extends, directly and over its class. Their order is not stable in the
// real registry; here it is not the order of the references.
func (s *Simulator) ancestors(sb *sandbox, references []any) []any {
	ancestors := slices.Clone(references)
	if class, found := s.classOf(sb, references); found {
		for _, inherited := range anyList(class["meta:extends"]) {
			if !slices.Contains(ancestors, inherited) {
				ancestors = append(ancestors, inherited)
			}
		}
	}
	slices.Reverse(ancestors)
	return ancestors
}

func anyList(value any) []any {
	list, _ := value.([]any)
	return list
}

// externalReferences are the ids of other resources in allOf. Those within a resource start with #.
func externalReferences(body map[string]any) []any {
	references := []any{}
	for _, part := range anyList(body["allOf"]) {
		object, _ := part.(map[string]any)
		reference := stringMember(object, "$ref")
		if reference != "" && !strings.HasPrefix(reference, "#") {
			references = append(references, reference)
		}
	}
	return references
}

// replaceResource is PUT. There is no If-Match.
func (s *Simulator) replaceResource(w http.ResponseWriter, r *http.Request, kind resourceType, o *object) {
	request, refusal := decodeObject(r)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	s.changeResource(w, kind, o, request)
}

// patchResource is PATCH with a JSON Patch.
func (s *Simulator) patchResource(w http.ResponseWriter, r *http.Request, kind resourceType, o *object) {
	changed, refusal := applyJSONPatch(r, cloneJSON(o.body))
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	s.changeResource(w, kind, o, changed)
}

func (s *Simulator) changeResource(w http.ResponseWriter, kind resourceType, o *object, changed map[string]any) {
	refusal := s.checkResource(o.home, kind, changed, o.id)
	if refusal == nil && hasUnionTag(o.body) && !hasUnionTag(changed) {
		// Documented: taking part in the union cannot be undone.
		refusal = xdmProblem("1526-400", "Union tag cannot be removed", "The union tag of "+o.id+" cannot be removed.")
	}
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	body := withoutOwned(changed)
	body["$id"], body["meta:altId"], body["version"] = o.id, o.body["meta:altId"], o.body["version"]
	o.body = body
	s.touchResource(o)
	writeJSON(w, http.StatusOK, o.body)
}

// touchResource is what every change of a resource brings about: among others the next minor version.
func (s *Simulator) touchResource(o *object) {
	o.body["version"] = nextVersion(stringMember(o.body, "version"))
	s.completeResource(o)
}

func hasUnionTag(body map[string]any) bool {
	return slices.Contains(anyList(body["meta:immutableTags"]), any("union"))
}

// deleteResource refuses what other things still need.
func (s *Simulator) deleteResource(w http.ResponseWriter, _ *http.Request, kind resourceType, o *object) {
	if refusal := checkUnused(o); refusal != nil {
		writeProblem(w, refusal)
		return
	}
	o.home.remove(o)
	if kind == schemaType {
		removeDescriptorsOf(o)
	}
	w.WriteHeader(http.StatusNoContent)
}

// checkUnused: documented for schemas with datasets and for schemas in a union.
func checkUnused(o *object) *problem {
	if hasUnionTag(o.body) {
		return xdmProblem("1527-400", "Resource is part of a union", "The resource "+o.id+" is part of a union and cannot be deleted.")
	}
	for _, dataset := range o.home.kinds[KindDataSet] {
		if stringMember(dataset.body, "schemaRef", "id") == o.id {
			return inUse(o, "dataset "+dataset.id)
		}
	}
	for _, schema := range o.home.kinds[KindSchema] {
		if slices.Contains(externalReferences(schema.body), any(o.id)) {
			return inUse(o, "schema "+schema.id)
		}
	}
	return nil
}

func inUse(o *object, by string) *problem {
	return placeholderProblem(http.StatusBadRequest, "The resource "+o.id+" is in use by the "+by+" and cannot be deleted.")
}
