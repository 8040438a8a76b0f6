package simulator

import (
	"net/http"
	"slices"
	"strings"

	"github.com/google/uuid"
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

func (s *Simulator) createDescriptor(w http.ResponseWriter, r *http.Request, sb *sandbox) {
	request, refusal := decodeObject(r)
	if refusal == nil {
		refusal = s.checkDescriptor(sb, request, "")
	}
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	id := strings.ReplaceAll(uuid.NewString()+uuid.NewString(), "-", "")[:40]
	added := sb.add(KindDescriptor, id, nil, s.now())
	s.fillDescriptor(added, request)
	writeJSON(w, http.StatusCreated, added.body)
}

func (s *Simulator) fillDescriptor(o *object, request map[string]any) {
	o.body = cloneJSON(request)
	o.body["@id"] = o.id
	o.body["version"] = "1"
	o.body["imsOrg"] = s.options.OrgID
	o.body["created"], o.body["updated"] = o.created.UnixMilli(), s.now().UnixMilli()
	o.body["createdUser"], o.body["updatedUser"] = s.technicalAccount(), s.technicalAccount()
	o.body["createdClient"] = s.options.ClientID
	o.body["meta:containerId"] = containerTenant
	o.body["meta:sandboxId"] = o.home.id
	o.body["meta:sandboxType"] = sandboxType(o.home)
}

func (s *Simulator) checkDescriptor(sb *sandbox, request map[string]any, id string) *problem {
	needed, known := descriptorTypes[stringMember(request, "@type")]
	if !known {
		return placeholderProblem(http.StatusBadRequest, "The @type "+stringMember(request, "@type")+" is not a type of descriptor.")
	}
	for _, name := range append([]string{"xdm:sourceSchema", "xdm:sourceVersion"}, needed...) {
		if request[name] == nil || request[name] == "" {
			return placeholderProblem(http.StatusBadRequest, "The descriptor needs "+name+".")
		}
	}
	schema, found := s.lookUp(sb, schemaType, containerTenant, stringMember(request, "xdm:sourceSchema"))
	if !found {
		return schemaType.notFoundProblem(stringMember(request, "xdm:sourceSchema"))
	}
	if path := stringMember(request, "xdm:sourceProperty"); !s.hasField(sb, schema, path) {
		return placeholderProblem(http.StatusBadRequest, "The schema has no field at "+path+".")
	}
	return checkPrimaryIdentity(sb, request, id)
}

// hasField follows a path such as /_acme/email through the fields of a schema.
func (s *Simulator) hasField(sb *sandbox, schema map[string]any, path string) bool {
	field := map[string]any{"properties": s.fieldsOf(sb, schema)}
	for name := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		next, ok := member(field, "properties", name).(map[string]any)
		if !ok {
			return false
		}
		field = next
	}
	return true
}

// checkPrimaryIdentity: a schema has at most one primary identity.
func checkPrimaryIdentity(sb *sandbox, request map[string]any, id string) *problem {
	if request["@type"] != "xdm:descriptorIdentity" || request["xdm:isPrimary"] != true {
		return nil
	}
	for _, other := range sb.kinds[KindDescriptor] {
		if other.id != id && other.body["@type"] == request["@type"] && other.body["xdm:isPrimary"] == true &&
			other.body["xdm:sourceSchema"] == request["xdm:sourceSchema"] {
			return placeholderProblem(http.StatusBadRequest, "The schema already has a primary identity.")
		}
	}
	return nil
}

func (s *Simulator) withDescriptor(handler func(http.ResponseWriter, *http.Request, *object)) platformHandler {
	return func(w http.ResponseWriter, r *http.Request, sb *sandbox) {
		found := sb.find(KindDescriptor, r.PathValue("id"))
		if found == nil {
			writeProblem(w, xdmProblem("1010-404", "Resource Not Found", "Requested resource "+r.PathValue("id")+" is not found"))
			return
		}
		handler(w, r, found)
	}
}

// getDescriptor needs no Accept header, unlike all other lookups of the registry.
func (s *Simulator) getDescriptor(w http.ResponseWriter, _ *http.Request, o *object) {
	writeJSON(w, http.StatusOK, o.body)
}

func (s *Simulator) replaceDescriptor(w http.ResponseWriter, r *http.Request, o *object) {
	request, refusal := decodeObject(r)
	if refusal == nil {
		refusal = s.checkDescriptor(o.home, request, o.id)
	}
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	s.fillDescriptor(o, request)
	writeJSON(w, http.StatusOK, o.body)
}

func (s *Simulator) deleteDescriptor(w http.ResponseWriter, _ *http.Request, o *object) {
	o.home.remove(o)
	w.WriteHeader(http.StatusNoContent)
}

// removeDescriptorsOf drops what described a schema that is gone.
func removeDescriptorsOf(schema *object) {
	for _, descriptor := range schema.home.all(KindDescriptor) {
		if descriptor.body["xdm:sourceSchema"] == schema.id {
			schema.home.remove(descriptor)
		}
	}
}

// listDescriptors groups by type, except in the newer form, which has pages.
func (s *Simulator) listDescriptors(w http.ResponseWriter, r *http.Request, sb *sandbox) {
	format := acceptOf(r)
	paged := format.has("v2")
	shape := strings.Join(slices.DeleteFunc(format.modifiers, func(part string) bool { return part == "v2" }), "-")
	if format.version != "" || format.kind != "xdm" || !slices.Contains([]string{"", "id", "link"}, shape) {
		writeProblem(w, acceptProblem(r, "1008-400", "application/vnd.adobe.xdm-id+json"))
		return
	}
	bodies := []map[string]any{}
	for _, descriptor := range sb.kinds[KindDescriptor] {
		bodies = append(bodies, cloneJSON(descriptor.body))
	}
	page, refusal := pageOf(bodies, r.URL.Query(), "created")
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	if paged {
		writeDescriptorPage(w, r, page, shape)
		return
	}
	grouped := map[string][]any{}
	for _, body := range page.bodies {
		kind := stringMember(body, "@type")
		grouped[kind] = append(grouped[kind], presentDescriptor(body, shape))
	}
	writeJSON(w, http.StatusOK, grouped)
}

func writeDescriptorPage(w http.ResponseWriter, r *http.Request, page registryPage, shape string) {
	results := []any{}
	for _, body := range page.bodies {
		results = append(results, presentDescriptor(body, shape))
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"results": results, "_page": page.summary(), "_links": map[string]any{"next": page.nextURL(r)},
	})
}

func presentDescriptor(body map[string]any, shape string) any {
	switch shape {
	case "id":
		return body["@id"]
	case "link":
		return "/tenant/descriptors/" + stringMember(body, "@id")
	default:
		return body
	}
}
