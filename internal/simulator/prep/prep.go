// Package prep is Data Prep: mapping sets with their versions, and what they make of records.
package prep

import (
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
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
	calls := map[string]web.Handler{
		"GET /mappingSets":           s.listSets,
		"POST /mappingSets":          s.createSet,
		"POST /mappingSets/validate": web.WithObject(s.validateSet),
		"POST /mappingSets/preview":  s.preview,
		"GET /mappingSets/{id}":      web.On(find, s.getSet),
		"PUT /mappingSets/{id}":      web.On(find, s.replaceSet),
	}
	if s.Deletes {
		calls["DELETE /mappingSets/{id}"] = web.On(find, web.Remove)
	}
	return web.Service{
		Name: "dataprep", Base: base, Adobe: true, Guard: guard, Refuse: web.Placeholder,
		Calls: calls, Documented: []string{
			"GET /mappingSets/{id}/mappings", "GET /mappingSets/{id}/mappings/{mapping}",
			"GET /languages/el/functions", "GET /languages/el/operators", "POST /languages/el/validate",
			"GET /samples", "POST /samples", "GET /samples/{id}",
			"PUT /samples/{id}", "GET /schemas", "POST /schemas", "GET /schemas/{id}",
		},
	}
}

var find = web.Stored(store.KindMappingSet, func(id string) error {
	return web.NotFound("The mapping set %s is not found.", id)
})

func roundedToSeconds(milliseconds any) int64 {
	exact, _ := document.Number(milliseconds)
	return (int64(exact) + 500) / 1000 * 1000
}
