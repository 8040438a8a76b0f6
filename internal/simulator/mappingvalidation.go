package simulator

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"unicode/utf8"
)

// check tells what is wrong with a mapping beyond its form.
func (m mapping) check() error {
	if m.sourceType != sourceExpression {
		return nil
	}
	if err := checkExpression(m.source); err != nil {
		return fmt.Errorf("the expression of %s is invalid: %w", m.destination, err)
	}
	return nil
}

// validateMappingSet answers 200 whatever it finds, with one result per mapping in the order of the request.
func (s *Simulator) validateMappingSet(w http.ResponseWriter, r *http.Request, _ *sandbox) {
	request, refusal := decodeObject(r)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	entries, refusal := mappingEntries(request)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	results := []any{}
	for _, entry := range entries {
		results = append(results, validateMapping(entry))
	}
	writeJSON(w, http.StatusOK, map[string]any{"validationResponse": results})
}

func validateMapping(entry map[string]any) map[string]any {
	parsed, err := parseMapping(entry)
	if err == nil {
		err = parsed.check()
	}
	if err == nil {
		return map[string]any{"status": "SUCCESS", "errors": nil}
	}
	return map[string]any{"status": "FAILED", "errors": []any{mappingError{mapping: parsed, err: err}.present()}}
}

func (s *Simulator) routesExpressionLanguage(mux *http.ServeMux) {
	mux.HandleFunc("POST "+dataPrepBase+"/languages/el/validate", s.platform(s.validateExpression))
	mux.HandleFunc("GET "+dataPrepBase+"/languages/el/functions", s.platform(s.listFunctions))
}

// validateExpression answers nothing but true or false.
func (s *Simulator) validateExpression(w http.ResponseWriter, r *http.Request, _ *sandbox) {
	request, refusal := decodeObject(r)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	expression := stringMember(request, "expression")
	if expression == "" {
		writeProblem(w, placeholderProblem(http.StatusBadRequest, "The expression is missing."))
		return
	}
	valid := utf8.RuneCountInString(expression) <= maxExpressionLength && checkExpression(expression) == nil
	writeJSON(w, http.StatusOK, valid)
}

func (s *Simulator) listFunctions(w http.ResponseWriter, _ *http.Request, _ *sandbox) {
	listed := []any{}
	for _, name := range slices.Sorted(maps.Keys(functions)) {
		listed = append(listed, map[string]any{"name": name})
	}
	writeJSON(w, http.StatusOK, listed)
}
