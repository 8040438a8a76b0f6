// Package flow is the Flow Service: base, source and target connections, dataflows, their specs and their runs.
package flow

import (
	"maps"
	"net/http"

	"github.com/google/uuid"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

const base = "/data/foundation/flowservice"

// Service keeps connections and dataflows.
type Service struct {
	Store *store.Store
	// PageSize is how many items a list has when the client names no limit.
	PageSize int
	// DeleteStatus is the answer to a DELETE, documented as 204 and as 202.
	DeleteStatus int
	// InletBase is the path of the streaming inlets.
	InletBase string
}

// entity is one of the four kinds of things that a client creates in Flow Service.
type entity struct {
	kind string
	// path is the collection, and what error messages call the kind.
	path string
	// accepted are the members that a create takes over from the request. Others, such as providerId, are never
	// answered.
	accepted []string
	// patchable are the members that a PATCH may reach. Everything else is fixed when the entity is created.
	patchable []string
	// check refuses what the service refuses on a create.
	check func(sb *store.Sandbox, request map[string]any) error
	// complete adds what the service derives from a create.
	complete func(s *Service, r *web.Request, o *store.Object)
}

var (
	connections = entity{
		kind: store.KindConnection, path: "connections",
		accepted:  []string{"name", "description", "connectionSpec", "auth"},
		patchable: []string{"/name", "/description", "/auth/params"},
		check:     checkConnection, complete: (*Service).completeConnection,
	}
	sourceConnections = entity{
		kind: store.KindSourceConnection, path: "sourceConnections",
		accepted:  []string{"name", "description", "connectionSpec", "baseConnectionId", "data", "params"},
		patchable: []string{"/name", "/description", "/data", "/params"},
		check:     checkSourceConnection, complete: (*Service).completeSourceConnection,
	}
	targetConnections = entity{
		kind: store.KindTargetConnection, path: "targetConnections",
		accepted:  []string{"name", "description", "connectionSpec", "data", "params"},
		patchable: []string{"/name", "/description", "/data", "/params"},
		check:     checkTargetConnection, complete: (*Service).completeTargetConnection,
	}
	flows = entity{
		kind: store.KindFlow, path: "flows",
		accepted: []string{"name", "description", "flowSpec", "sourceConnectionIds", "targetConnectionIds",
			"transformations", "options", "scheduleParams", "policy", "labels"},
		patchable: []string{"/name", "/description", "/transformations", "/labels", "/policy", "/scheduleParams"},
		check:     checkFlow, complete: (*Service).completeFlow,
	}
)

// Web is the service on the web.
func (s *Service) Web(guard func(*web.Request) error) web.Service {
	calls := map[string]web.Handler{
		"GET /connectionSpecs":      s.listSpecs("connectionSpecs"),
		"GET /connectionSpecs/{id}": getSpec("connectionSpecs"),
		"GET /flowSpecs":            s.listSpecs("flowSpecs"),
		"GET /flowSpecs/{id}":       getSpec("flowSpecs"),
		"GET /runs":                 s.listRuns,
		"GET /runs/{id}":            getRun,
	}
	for _, e := range []entity{connections, sourceConnections, targetConnections, flows} {
		calls["GET /"+e.path] = s.list(e)
		calls["POST /"+e.path] = s.create(e)
		find := web.Stored(e.kind, func(id string) error { return notFound(e.path, id) })
		calls["GET /"+e.path+"/{id}"] = web.On(find, get)
		calls["PATCH /"+e.path+"/{id}"] = web.On(find, s.patch(e))
		calls["DELETE /"+e.path+"/{id}"] = web.On(find, s.delete)
		calls["POST /"+e.path+"/{id}/action"] = web.On(find, s.act(e))
	}
	return web.Service{
		Name: "flowservice", Base: base, Adobe: true, Guard: guard, Refuse: web.Placeholder, Calls: calls,
		Documented: []string{
			"POST /connections/search", "POST /flows/search", "GET /connections/{id}/test", "GET /connections/{id}/explore",
			"GET /connections/{id}/configs", "POST /connectionSpecs", "PUT /connectionSpecs/{id}",
			"GET /connectionSpecs/{id}/explore", "GET /connectionSpecs/{id}/configs", "POST /flowSpecs",
			"PUT /flowSpecs/{id}", "POST /flowSpecs/search", "POST /runs", "PUT /runs/{id}", "POST /runs/{id}/action",
		},
	}
}

// notFound has two documented forms. The older one is the one shown for destinations.
func notFound(path, id string) error {
	if path == targetConnections.path {
		return olderProblem(http.StatusNotFound, path+" not found with id = ["+id+"]")
	}
	return web.FlowWith(map[string]any{"id": id, "type": path}, "1439-404",
		"The requested %s resource %s is not found. Verify the resource ID before trying again.", path, id)
}

// olderProblem is the older form of Flow Service errors, without a code.
func olderProblem(status int, message string) error {
	return web.Fixed(status, map[string]any{"errorMessage": message, "errorDetails": message})
}

// plainProblem is the shortest documented form, seen when a create names no valid spec.
func plainProblem(status int, message string) error {
	return web.Fixed(status, map[string]any{"message": message})
}

func get(_ *web.Request, o *store.Object) (*web.Answer, error) { return answerOne(present(o)) }

func answerOne(item map[string]any) (*web.Answer, error) {
	return web.OK(map[string]any{"items": []any{item}})
}

// present is an entity as it is answered: what is stored, and what the service derives from other objects.
func present(o *store.Object) map[string]any {
	shown := document.Clone(o.Body)
	if o.Kind == store.KindFlow {
		presentFlow(o, shown)
	}
	return shown
}

func (s *Service) create(e entity) web.Handler {
	return func(r *web.Request) (*web.Answer, error) {
		request, err := readEntity(r)
		if err != nil {
			return nil, err
		}
		if r.URL.Query().Get("mode") == "draft" {
			// Only specs with isDraftModeSupported know drafts, and none here has it.
			return nil, plainProblem(http.StatusBadRequest, "Draft mode is not supported for the given spec")
		}
		if err := e.check(r.Sandbox, request); err != nil {
			return nil, err
		}
		created := s.add(e, r, request)
		return receipt(http.StatusCreated, created).With("Location", r.BaseURL()+base+"/"+e.path+"/"+created.ID), nil
	}
}

func (s *Service) add(e entity, r *web.Request, request map[string]any) *store.Object {
	account, id := s.Store.Account, uuid.NewString()
	body := map[string]any{
		"id":            id,
		"createdAt":     s.Store.Now().UnixMilli(),
		"createdBy":     account.User(),
		"updatedBy":     account.User(),
		"createdClient": account.ClientID,
		"updatedClient": account.ClientID,
		"sandboxId":     r.Sandbox.ID,
		"sandboxName":   r.Sandbox.Name,
		"imsOrgId":      account.OrgID,
		"state":         stateEnabled,
	}
	maps.Copy(body, document.Only(request, e.accepted...))
	created := r.Sandbox.Add(e.kind, id, body)
	e.complete(s, r, created)
	s.Touch(created)
	return created
}

// receipt is all that a write in Flow Service answers: ID and etag.
func receipt(status int, o *store.Object) *web.Answer {
	return &web.Answer{Status: status, Body: map[string]any{"id": o.ID, "etag": o.Body["etag"]}}
}

// readEntity reads a body that Flow Service does not take empty.
func readEntity(r *web.Request) (map[string]any, error) {
	value, err := r.Value()
	if err != nil {
		return nil, err
	}
	object, isObject := value.(map[string]any)
	if !isObject || len(object) == 0 {
		return nil, errEmptyBody
	}
	return object, nil
}

var errEmptyBody = web.Flow("1405-400", "The request body is null or empty.")
