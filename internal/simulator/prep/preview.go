package prep

import (
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// preview maps records without storing anything. Documented: the answer has one element per record, with the row and, if there are any,
// the errors, which are those of a real run. That a required field without a value is one of them is inferred: it is an error of a run.
func (s *Service) preview(r *web.Request) (*web.Answer, error) {
	if _, err := r.Object(); err != nil {
		return nil, err
	}
	request, err := document.DecodeExact(r.Content)
	if err != nil {
		return nil, web.BadRequest("The request body is not valid JSON: %s", err)
	}
	records, areObjects := document.Objects(recordsOf(request))
	if !areObjects || len(records) == 0 {
		return nil, web.BadRequest("Invalid preview: data must be a list of at least one object.")
	}
	set := document.Object(request, "mappingSet")
	mappings, err := mappingsOf(set, parseMapping)
	if err != nil {
		return nil, err
	}
	schema, required, found := s.Schema(r.Sandbox, schemaOf(set))
	if !found {
		return nil, web.BadRequest("Invalid mapping set: the schema %s is not found.", schemaOf(set))
	}
	previews := []any{}
	for _, record := range records {
		row, failures := transform(mappings, schema, required, record, s.Store.Now())
		preview := map[string]any{"data": row, "errors": nil}
		if len(failures) > 0 {
			preview["errors"] = presentAll(failures)
		}
		previews = append(previews, preview)
	}
	return web.OK(previews)
}

// recordsOf is a list, or a single record as in the example of the published description.
func recordsOf(request map[string]any) []any {
	if record := document.Object(request, "data"); record != nil {
		return []any{record}
	}
	return document.List(request, "data")
}

func presentAll(failures []mappingError) []any {
	presented := make([]any, 0, len(failures))
	for _, failure := range failures {
		presented = append(presented, failure.present())
	}
	return presented
}
