package simulator

import "net/http"

// previewMappingSet maps records without storing anything. The tutorial sends a list of records and shows a list, the
// published description's examples have a single one on both sides.
func (s *Simulator) previewMappingSet(w http.ResponseWriter, r *http.Request, sb *sandbox) {
	request, refusal := decodeObject(r)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	set, _ := request["mappingSet"].(map[string]any)
	mappings, refusal := previewedMappings(set)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	fields := s.targetFields(sb, schemaOfMappingSet(set))
	preview := func(record map[string]any) map[string]any {
		return transform(mappings, fields, record, s.now()).preview()
	}
	switch data := request["data"].(type) {
	case map[string]any:
		writeJSON(w, http.StatusOK, preview(data))
	case []any:
		previews := []any{}
		for _, element := range data {
			record, _ := element.(map[string]any)
			previews = append(previews, preview(record))
		}
		writeJSON(w, http.StatusOK, previews)
	default:
		writeProblem(w, placeholderProblem(http.StatusBadRequest, "The data to preview is missing."))
	}
}

func schemaOfMappingSet(set map[string]any) string {
	return orDefault(stringMember(set, "outputSchema", "schemaRef", "id"), stringMember(set, "xdmSchema"))
}

func previewedMappings(set map[string]any) ([]mapping, *problem) {
	entries, refusal := mappingEntries(set)
	if refusal != nil {
		return nil, refusal
	}
	mappings := make([]mapping, 0, len(entries))
	for _, entry := range entries {
		parsed, err := parseMapping(entry)
		if err != nil {
			return nil, placeholderProblem(http.StatusBadRequest, "Invalid mapping set: "+err.Error()+".")
		}
		mappings = append(mappings, parsed)
	}
	return mappings, nil
}

// preview has null in place of an empty list of errors, as in the tutorial.
func (t transformation) preview() map[string]any {
	shown := map[string]any{"data": t.row, "errors": nil}
	var failures []any
	for _, failed := range t.errors {
		failures = append(failures, failed.present())
	}
	if len(failures) > 0 {
		shown["errors"] = failures
	}
	return shown
}
