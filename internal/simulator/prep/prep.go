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
		return web.On(find(store.KindMappingSet, "mapping set"), handle)
	}
	sample, schema := find(store.KindSample, "sample"), find(store.KindMapperSchema, "schema")
	calls := map[string]web.Handler{
		"GET /mappingSets":                         s.listSets,
		"POST /mappingSets":                        s.createSet,
		"POST /mappingSets/validate":               s.validateSet,
		"POST /mappingSets/preview":                s.previewSet,
		"GET /mappingSets/{id}":                    set(s.getSet),
		"PUT /mappingSets/{id}":                    set(s.replaceSet),
		"GET /mappingSets/{id}/mappings":           set(s.listMappings),
		"GET /mappingSets/{id}/mappings/{mapping}": set(s.getMapping),
		"GET /samples":                             s.listSamples,
		"POST /samples":                            s.createSample,
		"GET /samples/{id}":                        web.On(sample, s.getSample),
		"PUT /samples/{id}":                        web.On(sample, s.replaceSample),
		"GET /schemas":                             s.listSchemas,
		"POST /schemas":                            s.createSchema,
		"GET /schemas/{id}":                        web.On(schema, s.getSchema),
		"POST /languages/el/validate":              s.validateExpression,
		"GET /languages/el/functions":              s.listFunctions,
	}
	if s.Deletes {
		calls["DELETE /mappingSets/{id}"] = set(s.deleteSet)
	}
	return web.Service{
		Name: "dataprep", Base: base, Adobe: true, Guard: guard, Refuse: web.Placeholder,
		Calls: calls, Documented: []string{"GET /languages/el/operators"},
	}
}

func find(kind, noun string) func(*web.Request) (*store.Object, error) {
	return func(r *web.Request) (*store.Object, error) {
		id := r.PathValue("id")
		if found := r.Sandbox.Find(kind, id); found != nil {
			return found, nil
		}
		return nil, web.NotFound("The %s %s is not found.", noun, id)
	}
}

// newID looks like the IDs of Data Prep: 32 hexadecimal digits.
func newID() string {
	id := uuid.New()
	return hex.EncodeToString(id[:])
}

// stamp writes what Data Prep knows of a version of an object.
func (s *Service) stamp(o *store.Object, content map[string]any, version int) {
	user := s.Store.Account.User()
	content["id"], content["version"] = o.ID, version
	content["createdDate"], content["modifiedDate"] = o.Created.UnixMilli(), s.Store.Now().UnixMilli()
	content["createdBy"], content["modifiedBy"] = user, user
	o.Body = content
}

func roundedToSeconds(milliseconds any) int64 {
	exact, _ := document.Number(milliseconds)
	return (int64(exact) + 500) / 1000 * 1000
}

// validateExpression answers nothing but true or false.
func (s *Service) validateExpression(r *web.Request) (*web.Answer, error) {
	request, err := r.Object()
	if err != nil {
		return nil, err
	}
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
