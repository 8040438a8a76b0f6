package simulator

import (
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

func (s *Simulator) routesDataPrep(mux *http.ServeMux) {
	sets := dataPrepBase + "/mappingSets"
	mux.HandleFunc("GET "+sets, s.platform(s.listMappingSets))
	mux.HandleFunc("POST "+sets, s.platform(s.createMappingSet))
	mux.HandleFunc("POST "+sets+"/validate", s.platform(s.validateMappingSet))
	mux.HandleFunc("POST "+sets+"/preview", s.platform(s.previewMappingSet))
	mux.HandleFunc("GET "+sets+"/{id}", s.platform(s.withMappingSet(s.getMappingSet)))
	mux.HandleFunc("PUT "+sets+"/{id}", s.platform(s.withMappingSet(s.replaceMappingSet)))
	mux.HandleFunc("GET "+sets+"/{id}/mappings", s.platform(s.withMappingSet(s.listMappings)))
	mux.HandleFunc("GET "+sets+"/{id}/mappings/{mapping}", s.platform(s.withMappingSet(s.getMapping)))
	if s.options.MappingSetDelete == MappingSetDeleteWorks {
		mux.HandleFunc("DELETE "+sets+"/{id}", s.platform(s.withMappingSet(s.deleteMappingSet)))
	}
	s.routesSamples(mux)
	s.routesMapperSchemas(mux)
	s.routesExpressionLanguage(mux)
}

func (s *Simulator) withMappingSet(handler func(http.ResponseWriter, *http.Request, *object)) platformHandler {
	return func(w http.ResponseWriter, r *http.Request, sb *sandbox) {
		id := r.PathValue("id")
		set := sb.find(KindMappingSet, id)
		if set == nil {
			writeProblem(w, placeholderProblem(http.StatusNotFound, "The mapping set "+id+" is not found."))
			return
		}
		handler(w, r, set)
	}
}

// createMappingSet answers 200, not 201, with a short form of the set.
func (s *Simulator) createMappingSet(w http.ResponseWriter, r *http.Request, sb *sandbox) {
	content, refusal := readMappingSet(r)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	set := sb.add(KindMappingSet, newMappingID(), nil, s.now())
	s.appendMappingSetVersion(set, content)
	writeJSON(w, http.StatusOK, map[string]any{
		"id":           set.id,
		"version":      set.body["version"],
		"createdDate":  set.body["createdDate"],
		"modifiedDate": set.body["modifiedDate"],
		"createdBy":    set.body["createdBy"],
		"modifiedBy":   set.body["modifiedBy"],
	})
}

// replaceMappingSet makes a new version; flows keep running the one that they name.
func (s *Simulator) replaceMappingSet(w http.ResponseWriter, r *http.Request, set *object) {
	content, refusal := readMappingSet(r)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	s.appendMappingSetVersion(set, content)
	shown := presentMappingSet(set.body)
	for _, entry := range shown["mappings"].([]any) {
		// Seen: the answer to a PUT lacks what describes a mapping.
		delete(entry.(map[string]any), "name")
		delete(entry.(map[string]any), "description")
	}
	writeJSON(w, http.StatusOK, shown)
}

// appendMappingSetVersion numbers and dates a version. All mappings get new ids with every version.
func (s *Simulator) appendMappingSetVersion(set *object, content map[string]any) {
	content["id"] = set.id
	content["version"] = len(set.versions)
	content["createdDate"] = set.created.UnixMilli()
	content["modifiedDate"] = s.now().UnixMilli()
	content["createdBy"], content["modifiedBy"] = s.technicalAccount(), s.technicalAccount()
	for _, entry := range content["mappings"].([]any) {
		entry.(map[string]any)["id"] = newMappingID()
	}
	set.versions = append(set.versions, content)
	set.body = content
}

// addMappingSetVersion changes a mapping set as somebody else would, in the user interface.
func (s *Simulator) addMappingSetVersion(set *object, change func(map[string]any)) {
	content := cloneJSON(set.body)
	change(content)
	s.appendMappingSetVersion(set, content)
}

// newMappingID looks like the ids of Data Prep: 32 hexadecimal digits.
func newMappingID() string {
	id := uuid.New()
	return hex.EncodeToString(id[:])
}

func (s *Simulator) getMappingSet(w http.ResponseWriter, r *http.Request, set *object) {
	version, refusal := s.mappingSetVersion(r, set)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	writeJSON(w, http.StatusOK, presentMappingSet(version))
}

// mappingSetVersion picks the version that the query names. Without one, the statements on the default contradict.
func (s *Simulator) mappingSetVersion(r *http.Request, set *object) (map[string]any, *problem) {
	wanted := r.URL.Query().Get("version")
	if wanted == "" {
		if s.options.MappingSetDefaultVersion == MappingSetZero {
			return set.versions[0], nil
		}
		return set.body, nil
	}
	version, err := strconv.Atoi(wanted)
	if err != nil {
		return nil, placeholderProblem(http.StatusBadRequest, "The version "+wanted+" is not a number.")
	}
	if version < 0 || version >= len(set.versions) {
		return nil, placeholderProblem(http.StatusNotFound, "The version "+wanted+" of the mapping set "+set.id+" is not found.")
	}
	return set.versions[version], nil
}

func (s *Simulator) listMappings(w http.ResponseWriter, r *http.Request, set *object) {
	version, refusal := s.mappingSetVersion(r, set)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	writeJSON(w, http.StatusOK, presentMappingSet(version)["mappings"])
}

func (s *Simulator) getMapping(w http.ResponseWriter, r *http.Request, set *object) {
	id := r.PathValue("mapping")
	for _, version := range set.versions {
		for _, entry := range presentMappingSet(version)["mappings"].([]any) {
			if entry.(map[string]any)["id"] == id {
				writeJSON(w, http.StatusOK, entry)
				return
			}
		}
	}
	writeProblem(w, placeholderProblem(http.StatusNotFound, "The mapping "+id+" is not found."))
}

func (s *Simulator) deleteMappingSet(w http.ResponseWriter, _ *http.Request, set *object) {
	set.home.remove(set)
	w.WriteHeader(http.StatusNoContent)
}

// listMappingSets answers zero as the count, as in the documented example, and the fields of the target schemas only on
// demand.
func (s *Simulator) listMappingSets(w http.ResponseWriter, r *http.Request, sb *sandbox) {
	query := r.URL.Query()
	matches, refusal := propertyFilter(query["property"])
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	sets := slices.DeleteFunc(withoutOtherNames(sb.all(KindMappingSet), query), func(set *object) bool {
		return !matches(presentMappingSet(set.body))
	})
	page, refusal := mapperPageOf(query, "/mappingSets", sets)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	page.write(w, 0, func(set *object) any {
		shown := presentMappingSet(set.body)
		if !isTrue(query.Get("expandSchema")) {
			delete(shown["outputSchema"].(map[string]any), "jsonSchema")
		}
		return shown
	})
}

// isTrue reads a boolean of a query. Python clients write it with a capital.
func isTrue(text string) bool { return strings.EqualFold(text, "true") }

// mappingSet returns the mappings of one version of a mapping set.
func (s *Simulator) mappingSet(sb *sandbox, id string, version int) ([]mapping, bool) {
	set := sb.find(KindMappingSet, id)
	if set == nil || version < 0 || version >= len(set.versions) {
		return nil, false
	}
	var mappings []mapping
	for _, entry := range set.versions[version]["mappings"].([]any) {
		mappings = append(mappings, storedMapping(entry.(map[string]any)))
	}
	return mappings, true
}
