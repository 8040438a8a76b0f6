// Package prep is Data Prep: mapping sets with their versions, and what they make of records.
package prep

import (
	"encoding/hex"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/expression"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

const base = "/data/foundation/conversion"

// Service keeps mapping sets.
type Service struct {
	Store *store.Store
	// ZeroByDefault: a read without a version means version 0. Adobe's published description says so, working clients
	// rely on the latest version.
	ZeroByDefault bool
	// Deletes: DELETE of a mapping set works. The call is not documented, one public client makes it.
	Deletes bool
	// Schema finds a schema with all its fields in properties, and the fields that its class requires.
	Schema func(sb *store.Sandbox, id string) (schema map[string]any, required []any, found bool)
}

// Web is the service on the web.
func (s *Service) Web(guard func(*web.Request) error) web.Service {
	set := func(handle func(*web.Request, *store.Object) (*web.Answer, error)) web.Handler {
		return web.On(find, handle)
	}
	calls := map[string]web.Handler{
		"GET /mappingSets":                         s.listSets,
		"POST /mappingSets":                        s.createSet,
		"POST /mappingSets/validate":               web.WithObject(s.validateSet),
		"GET /mappingSets/{id}":                    set(s.getSet),
		"PUT /mappingSets/{id}":                    set(s.replaceSet),
		"GET /mappingSets/{id}/mappings":           set(s.listMappings),
		"GET /mappingSets/{id}/mappings/{mapping}": set(s.getMapping),
		"POST /languages/el/validate":              web.WithObject(s.validateExpression),
		"GET /languages/el/functions":              s.listFunctions,
	}
	if s.Deletes {
		calls["DELETE /mappingSets/{id}"] = set(s.deleteSet)
	}
	return web.Service{
		Name: "dataprep", Base: base, Adobe: true, Guard: guard, Refuse: web.Placeholder,
		Calls: calls, Documented: []string{
			"GET /languages/el/operators", "POST /mappingSets/preview", "GET /samples", "POST /samples", "GET /samples/{id}",
			"PUT /samples/{id}", "GET /schemas", "POST /schemas", "GET /schemas/{id}",
		},
	}
}

func find(r *web.Request) (*store.Object, error) {
	id := r.PathValue("id")
	if found := r.Sandbox.Find(store.KindMappingSet, id); found != nil {
		return found, nil
	}
	return nil, web.NotFound("The mapping set %s is not found.", id)
}

// newID looks like the IDs of Data Prep: 32 hexadecimal digits.
func newID() string {
	id := uuid.New()
	return hex.EncodeToString(id[:])
}

func roundedToSeconds(milliseconds any) int64 {
	exact, _ := document.Number(milliseconds)
	return (int64(exact) + 500) / 1000 * 1000
}

// validateExpression answers nothing but true or false.
func (s *Service) validateExpression(_ *web.Request, request map[string]any) (*web.Answer, error) {
	source := document.Text(request, "expression")
	if source == "" {
		return nil, web.BadRequest("The expression is missing.")
	}
	return web.OK(utf8.RuneCountInString(source) <= maxExpressionLength && expression.Check(source) == nil)
}

func (s *Service) listFunctions(*web.Request) (*web.Answer, error) {
	listed := []any{}
	for _, name := range expression.Functions() {
		listed = append(listed, map[string]any{"name": name})
	}
	return web.OK(listed)
}
