package simulator

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	jsonpatch "github.com/evanphx/json-patch/v5"
)

// datasetChange works out what a dataset becomes by a request.
type datasetChange func(r *http.Request, current map[string]any) (map[string]any, *problem)

// changeDataset answers any of the ways to change a dataset. If-Match is documented as optional and not needed.
func (s *Simulator) changeDataset(change datasetChange) platformHandler {
	return func(w http.ResponseWriter, r *http.Request, sb *sandbox) {
		found := sb.find(KindDataSet, r.PathValue("id"))
		if found == nil {
			writeProblem(w, datasetNotFound(r.PathValue("id")))
			return
		}
		changed, refusal := change(r, cloneJSON(found.body))
		if refusal == nil {
			refusal = checkChangedDataset(sb, found.body, changed)
		}
		if refusal != nil {
			writeProblem(w, refusal)
			return
		}
		for _, member := range datasetMembers {
			setOrDelete(found.body, member, changed)
		}
		s.touchDataset(found)
		writeJSON(w, http.StatusOK, []string{datasetReference(found.id)})
	}
}

func setOrDelete(body map[string]any, name string, from map[string]any) {
	if value, present := from[name]; present {
		body[name] = value
		return
	}
	delete(body, name)
}

// checkChangedDataset also keeps the schema: a change of it is documented nowhere, and rows would not conform.
func checkChangedDataset(sb *sandbox, current, changed map[string]any) *problem {
	if _, present := changed["schemaRef"]; !present {
		changed["schemaRef"] = current["schemaRef"]
	}
	if stringMember(changed, "schemaRef", "id") != stringMember(current, "schemaRef", "id") {
		return placeholderProblem(http.StatusBadRequest, "The schemaRef of a dataset cannot be changed.")
	}
	return checkDataset(sb, changed)
}

// replaceDataset is PUT: what the request leaves out is gone.
func replaceDataset(r *http.Request, _ map[string]any) (map[string]any, *problem) {
	return decodeObject(r)
}

// patchDataset is PATCH in one of its two documented forms, which only the content type tells apart.
func patchDataset(r *http.Request, current map[string]any) (map[string]any, *problem) {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && mediaType == "application/json-patch+json" {
		return applyJSONPatch(r, current)
	}
	request, refusal := decodeObject(r)
	if refusal != nil {
		return nil, refusal
	}
	// Documented: objects and arrays are replaced, not merged.
	maps.Copy(current, request)
	return current, nil
}

// mergeDataset is PATCH of version 2, which reaches nested members and leaves their siblings alone.
func mergeDataset(r *http.Request, current map[string]any) (map[string]any, *problem) {
	request, refusal := decodeObject(r)
	if refusal != nil {
		return nil, refusal
	}
	mergeInto(current, request)
	return current, nil
}

func mergeInto(target, changes map[string]any) {
	for name, value := range changes {
		nested, isObject := value.(map[string]any)
		existing, exists := target[name].(map[string]any)
		if isObject && exists {
			mergeInto(existing, nested)
			continue
		}
		target[name] = value
	}
}

// applyJSONPatch applies the JSON Patch in the body of a request to a JSON object.
func applyJSONPatch(r *http.Request, current map[string]any) (map[string]any, *problem) {
	changed, err := patchedBy(r.Body, current)
	if err != nil {
		return nil, placeholderProblem(http.StatusBadRequest, "The JSON Patch cannot be applied: "+err.Error())
	}
	return changed, nil
}

func patchedBy(body io.Reader, current map[string]any) (map[string]any, error) {
	operations, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	patch, err := jsonpatch.DecodePatch(operations)
	if err != nil {
		return nil, err
	}
	document, err := json.Marshal(current)
	if err != nil {
		return nil, err
	}
	if document, err = patch.Apply(document); err != nil {
		return nil, err
	}
	var changed map[string]any
	err = json.Unmarshal(document, &changed)
	return changed, err
}

// touchDataset is what every change of a dataset brings about.
func (s *Simulator) touchDataset(dataset *object) {
	completeDataset(dataset.body)
	dataset.body["version"] = nextVersion(stringMember(dataset.body, "version"))
	dataset.body["updated"] = s.now().UnixMilli()
	dataset.body["updatedUser"] = s.technicalAccount()
}

// nextVersion counts the last part of a version up: 1.0.3 becomes 1.0.4, and 1.3 becomes 1.4.
func nextVersion(version string) string {
	parts := strings.Split(version, ".")
	last, err := strconv.Atoi(parts[len(parts)-1])
	if err != nil {
		panic(fmt.Sprintf("simulator: %q is not a version", version))
	}
	return strings.Join(append(slices.Clone(parts[:len(parts)-1]), strconv.Itoa(last+1)), ".")
}

// touchForeign is what a change behind a client's back brings about in Catalog and the Schema Registry.
func (s *Simulator) touchForeign(o *object) {
	o.body = cloneJSON(o.body)
	switch o.kind {
	case KindDataSet:
		s.touchDataset(o)
	case KindSchema, KindFieldGroup, KindClass:
		s.touchResource(o)
	}
}
