package simulator

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"

	"github.com/google/uuid"
)

// entity is one of the four kinds of things that a client makes in Flow Service.
type entity struct {
	kind string
	// path is the collection, and what error messages call the kind.
	path string
	// accepted are the members that a create takes over from the request. Others, such as providerId, are never
	// answered.
	accepted []string
	check    func(s *Simulator, sb *sandbox, request map[string]any) *problem
	complete func(s *Simulator, r *http.Request, o *object)
}

var entities = []entity{
	{
		kind: KindConnection, path: "connections",
		accepted: []string{"name", "description", "connectionSpec", "auth"},
		check:    (*Simulator).checkConnection,
		complete: (*Simulator).completeConnection,
	},
	{
		kind: KindSourceConnection, path: "sourceConnections",
		accepted: []string{"name", "description", "connectionSpec", "baseConnectionId", "data", "params"},
		check:    (*Simulator).checkSourceConnection,
		complete: (*Simulator).completeSourceConnection,
	},
	{
		kind: KindTargetConnection, path: "targetConnections",
		accepted: []string{"name", "description", "connectionSpec", "data", "params"},
		check:    (*Simulator).checkTargetConnection,
		complete: (*Simulator).completeTargetConnection,
	},
	{
		kind: KindFlow, path: "flows",
		accepted: []string{"name", "description", "flowSpec", "sourceConnectionIds", "targetConnectionIds",
			"transformations", "options", "scheduleParams", "policy", "labels"},
		check:    (*Simulator).checkFlow,
		complete: (*Simulator).completeFlow,
	},
}

func (s *Simulator) routesFlowService(mux *http.ServeMux) {
	for _, e := range entities {
		collection := flowServiceBase + "/" + e.path
		mux.HandleFunc("GET "+collection, s.platform(s.listEntities(e)))
		mux.HandleFunc("POST "+collection, s.platform(s.createEntity(e)))
		mux.HandleFunc("GET "+collection+"/{id}", s.platform(s.withEntity(e, s.getEntity)))
		mux.HandleFunc("PATCH "+collection+"/{id}", s.platform(s.withEntity(e, s.patchEntity)))
		mux.HandleFunc("DELETE "+collection+"/{id}", s.platform(s.withEntity(e, s.deleteEntity)))
		mux.HandleFunc("POST "+collection+"/{id}/action", s.platform(s.withEntity(e, s.actOnEntity)))
	}
	for _, e := range []entity{entities[0], entities[3]} {
		mux.HandleFunc("POST "+flowServiceBase+"/"+e.path+"/search", s.platform(s.searchEntities(e)))
	}
	mux.HandleFunc("GET "+flowServiceBase+"/connections/{id}/test",
		s.platform(s.withEntity(entities[0], s.testConnection)))
	s.routesSpecs(mux)
	s.routesRuns(mux)
}

// withEntity finds the entity of the path, or answers that there is none.
func (s *Simulator) withEntity(e entity, handler func(http.ResponseWriter, *http.Request, entity, *object)) platformHandler {
	return func(w http.ResponseWriter, r *http.Request, sb *sandbox) {
		id := r.PathValue("id")
		found := sb.find(e.kind, id)
		if found == nil {
			writeProblem(w, entityNotFound(e.path, id))
			return
		}
		handler(w, r, e, found)
	}
}

// entityNotFound has two documented forms; the older one is the one shown for destinations.
func entityNotFound(path, id string) *problem {
	if path == "targetConnections" {
		return olderFlowProblem(http.StatusNotFound, path+" not found with id = ["+id+"]")
	}
	message := "The requested " + path + " resource " + id + " is not found. Verify the resource ID before trying again."
	return flowProblem("1439-404", message, map[string]any{"id": id, "type": path})
}

func (s *Simulator) getEntity(w http.ResponseWriter, _ *http.Request, _ entity, o *object) {
	writeJSON(w, http.StatusOK, map[string]any{"items": []any{s.present(o)}})
}

// present is an entity as it is answered: what is stored, and what the service derives from other objects.
func (s *Simulator) present(o *object) map[string]any {
	shown := cloneJSON(o.body)
	if o.kind == KindFlow {
		s.presentFlow(o, shown)
	}
	return shown
}

func (s *Simulator) createEntity(e entity) platformHandler {
	return func(w http.ResponseWriter, r *http.Request, sb *sandbox) {
		request, refusal := decodeEntity(r)
		if refusal == nil && r.URL.Query().Get("mode") == "draft" {
			// Only specs with isDraftModeSupported know drafts, and none here has it.
			refusal = messageProblem(http.StatusBadRequest, "Draft mode is not supported for the given spec")
		}
		if refusal == nil {
			refusal = e.check(s, sb, request)
		}
		if refusal != nil {
			writeProblem(w, refusal)
			return
		}
		created := s.addEntity(e, r, sb, request)
		w.Header().Set("Location", baseURL(r)+flowServiceBase+"/"+e.path+"/"+created.id)
		writeReceipt(w, http.StatusCreated, created)
	}
}

func (s *Simulator) addEntity(e entity, r *http.Request, sb *sandbox, request map[string]any) *object {
	now := s.now()
	body := map[string]any{
		"createdAt":     now.UnixMilli(),
		"createdBy":     s.technicalAccount(),
		"updatedBy":     s.technicalAccount(),
		"createdClient": s.options.ClientID,
		"updatedClient": s.options.ClientID,
		"sandboxId":     sb.id,
		"sandboxName":   sb.name,
		"imsOrgId":      s.options.OrgID,
		"state":         stateEnabled,
	}
	for _, member := range e.accepted {
		if value, sent := request[member]; sent {
			body[member] = value
		}
	}
	id := uuid.NewString()
	body["id"] = id
	created := sb.add(e.kind, id, body, now)
	e.complete(s, r, created)
	s.stamp(created)
	return created
}

// technicalAccount is the user that stands for OAuth Server-to-Server credentials.
func (s *Simulator) technicalAccount() string {
	return s.options.ClientID[:min(len(s.options.ClientID), 24)] + "@techacct.adobe.com"
}

// writeReceipt is all that a write in Flow Service answers: id and etag.
func writeReceipt(w http.ResponseWriter, status int, o *object) {
	writeJSON(w, status, map[string]any{"id": o.id, "etag": o.body["etag"]})
}

func (s *Simulator) testConnection(w http.ResponseWriter, _ *http.Request, _ entity, _ *object) {
	writeJSON(w, http.StatusOK, map[string]any{"result": true})
}

// decodeEntity reads a body that Flow Service does not take empty.
func decodeEntity(r *http.Request) (map[string]any, *problem) {
	body, refusal := decodeJSON(r)
	if refusal != nil {
		return nil, refusal
	}
	object, isObject := body.(map[string]any)
	if !isObject || len(object) == 0 {
		return nil, flowProblem("1405-400", "The request body is null or empty.", nil)
	}
	return object, nil
}

// decodeObject reads a JSON object from the body of a request.
func decodeObject(r *http.Request) (map[string]any, *problem) {
	body, refusal := decodeJSON(r)
	if refusal != nil {
		return nil, refusal
	}
	object, isObject := body.(map[string]any)
	if !isObject {
		return nil, placeholderProblem(http.StatusBadRequest, "The request body must be a JSON object.")
	}
	return object, nil
}

// decodeJSON reads one JSON value; an empty body is null.
func decodeJSON(r *http.Request) (any, *problem) {
	body, err := io.ReadAll(r.Body)
	if err == nil && len(bytes.TrimSpace(body)) == 0 {
		return nil, nil
	}
	var value any
	if err == nil {
		err = json.Unmarshal(body, &value)
	}
	if err != nil {
		return nil, placeholderProblem(http.StatusBadRequest, "The request body is not valid JSON: "+err.Error())
	}
	return value, nil
}

// member digs a value out of nested JSON objects.
func member(body map[string]any, path ...string) any {
	var value any = body
	for _, key := range path {
		object, isObject := value.(map[string]any)
		if !isObject {
			return nil
		}
		value = object[key]
	}
	return value
}

func stringMember(body map[string]any, path ...string) string {
	text, _ := member(body, path...).(string)
	return text
}

// withDefaults returns a copy of a JSON object, which may be absent, with members added that it lacks.
func withDefaults(value any, defaults map[string]any) map[string]any {
	filled := map[string]any{}
	maps.Copy(filled, defaults)
	if object, isObject := value.(map[string]any); isObject {
		maps.Copy(filled, object)
	}
	return filled
}
