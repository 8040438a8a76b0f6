package simulator

import (
	"fmt"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// catalogState is the part of a sandbox that Catalog needs beside its datasets.
type catalogState struct {
	// made counts the datasets, for ids that sort like their creation.
	made uint32
}

func (s *Simulator) routesCatalog(mux *http.ServeMux) {
	datasets := catalogBase + "/dataSets"
	mux.HandleFunc("GET "+datasets, s.platform(s.listDatasets))
	mux.HandleFunc("POST "+datasets, s.platform(s.createDataset))
	mux.HandleFunc("GET "+datasets+"/{id}", s.platform(s.getDataset))
	mux.HandleFunc("PUT "+datasets+"/{id}", s.platform(s.changeDataset(replaceDataset)))
	mux.HandleFunc("PATCH "+datasets+"/{id}", s.platform(s.changeDataset(patchDataset)))
	mux.HandleFunc("PATCH "+catalogBase+"/v2/dataSets/{id}", s.platform(s.changeDataset(mergeDataset)))
	mux.HandleFunc("DELETE "+datasets+"/{id}", s.platform(s.deleteDataset))
	mux.HandleFunc("POST "+controlBase+"/seed/dataset", s.locked(s.seedOverHTTP))
}

// datasetMembers are what a client can set. Everything else is the service's own.
var datasetMembers = []string{
	"name", "description", "tags", "schemaRef", "enableErrorDiagnostics", "fileDescription", "observableSchema",
	"dataSourceId", "classification", "extensions",
}

// createDataset answers a reference in an array, not the dataset.
func (s *Simulator) createDataset(w http.ResponseWriter, r *http.Request, sb *sandbox) {
	request, refusal := decodeObject(r)
	if refusal == nil {
		refusal = checkDataset(sb, request)
	}
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	created := s.addDataset(sb, request)
	w.Header().Set("Location", baseURL(r)+catalogBase+"/dataSets/"+created.id)
	writeJSON(w, http.StatusCreated, []string{datasetReference(created.id)})
}

func datasetReference(id string) string { return "@/dataSets/" + id }

func (s *Simulator) addDataset(sb *sandbox, request map[string]any) *object {
	now := s.now()
	sb.catalog.made++
	id := fmt.Sprintf("%08x%s%06x", now.Unix(), strings.ReplaceAll(sb.id, "-", "")[:10], sb.catalog.made)
	body := map[string]any{
		"imsOrg":        s.options.OrgID,
		"version":       "1.0.0",
		"created":       now.UnixMilli(),
		"updated":       now.UnixMilli(),
		"createdClient": s.options.ClientID,
		"createdUser":   s.technicalAccount(),
		"updatedUser":   s.technicalAccount(),
		"viewId":        strings.ReplaceAll(uuid.NewString(), "-", "")[:24],
		"files":         "@/dataSetFiles?dataSetId=" + id,
		"classification": map[string]any{
			"dataBehavior": "time-series",
			"managedBy":    "CUSTOMER",
		},
	}
	for _, member := range datasetMembers {
		if value, sent := request[member]; sent {
			body[member] = value
		}
	}
	completeDataset(body)
	return sb.add(KindDataSet, id, body, now)
}

// completeDataset derives what the service adds to what a client sent.
func completeDataset(body map[string]any) {
	tags := withDefaults(body["tags"], nil)
	if tags == nil {
		tags = map[string]any{}
	}
	tags["adobe/pqs/table"] = []any{tableName(stringMember(body, "name"))}
	tags["adobe/siphon/table/format"] = []any{"delta"}
	body["tags"] = tags
	body["schema"] = "@/xdms/" + stringMember(body, "schemaRef", "id")
}

// tableName is the name under which Query Service knows a dataset.
func tableName(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToLower(name))
}

func checkDataset(sb *sandbox, request map[string]any) *problem {
	if strings.TrimSpace(stringMember(request, "name")) == "" {
		return placeholderProblem(http.StatusBadRequest, "The dataset needs a name.")
	}
	if refusal := checkTags(request["tags"]); refusal != nil {
		return refusal
	}
	return checkSchemaRef(sb, request)
}

// checkTags insists on the documented form: each tag has an array of strings.
func checkTags(sent any) *problem {
	tags, isObject := sent.(map[string]any)
	if sent != nil && !isObject {
		return placeholderProblem(http.StatusBadRequest, "The tags must be an object.")
	}
	for name, value := range tags {
		values, isArray := value.([]any)
		if !isArray || slices.ContainsFunc(values, func(value any) bool { return !isString(value) }) {
			return placeholderProblem(http.StatusBadRequest, "The tag "+name+" must be an array of strings.")
		}
	}
	return nil
}

func checkSchemaRef(sb *sandbox, request map[string]any) *problem {
	id, contentType := stringMember(request, "schemaRef", "id"), stringMember(request, "schemaRef", "contentType")
	if sb.find(KindSchema, id) == nil {
		return placeholderProblem(http.StatusBadRequest, "The schema "+id+" of schemaRef does not exist in this sandbox.")
	}
	mediaType, parameters, err := mime.ParseMediaType(contentType)
	if err != nil || !strings.HasPrefix(mediaType, "application/vnd.adobe.xed") || parameters["version"] == "" {
		return placeholderProblem(http.StatusBadRequest, "The contentType "+contentType+" of schemaRef is not supported.")
	}
	return nil
}

// datasetSchemaRef is the schema that the rows of a dataset conform to.
func (s *Simulator) datasetSchemaRef(sb *sandbox, datasetID string) (id, contentType string, ok bool) {
	found := sb.find(KindDataSet, datasetID)
	if found == nil {
		return "", "", false
	}
	return stringMember(found.body, "schemaRef", "id"), stringMember(found.body, "schemaRef", "contentType"), true
}

// getDataset answers a map with the one dataset under its id.
func (s *Simulator) getDataset(w http.ResponseWriter, r *http.Request, sb *sandbox) {
	found := sb.find(KindDataSet, r.PathValue("id"))
	if found == nil {
		writeProblem(w, datasetNotFound(r.PathValue("id")))
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{found.id: presentDataset(found, r.URL.Query().Get("properties"))})
}

func datasetNotFound(id string) *problem {
	return placeholderProblem(http.StatusNotFound, "Object with id "+id+" of type dataSets was not found.")
}

// presentDataset is a dataset as it is answered, or those of its members that the client asked for.
func presentDataset(dataset *object, properties string) map[string]any {
	shown := cloneJSON(dataset.body)
	if properties == "" {
		return shown
	}
	wanted := strings.Split(properties, ",")
	maps.DeleteFunc(shown, func(name string, _ any) bool { return !slices.Contains(wanted, name) })
	return shown
}

// deleteDataset is documented to answer 200 with an empty array when there was nothing to delete. Datasets of
// running flows are not protected.
func (s *Simulator) deleteDataset(w http.ResponseWriter, r *http.Request, sb *sandbox) {
	found := sb.find(KindDataSet, r.PathValue("id"))
	if found == nil {
		writeJSON(w, http.StatusOK, []string{})
		return
	}
	sb.remove(found)
	delete(s.inlet.rows, found.id)
	writeJSON(w, http.StatusOK, []string{datasetReference(found.id)})
}
