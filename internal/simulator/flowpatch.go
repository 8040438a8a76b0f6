package simulator

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	jsonpatch "github.com/evanphx/json-patch/v5"
)

// patchable are the members that a PATCH may reach, by kind. Everything else of an entity is fixed when it is made.
var patchable = map[string][]string{
	KindConnection:       {"/name", "/description", "/auth/params"},
	KindSourceConnection: {"/name", "/description", "/data", "/params"},
	KindTargetConnection: {"/name", "/description", "/data", "/params"},
	KindFlow:             {"/name", "/description", "/transformations", "/labels", "/policy", "/scheduleParams"},
}

type patchOperation struct {
	Op    string          `json:"op"`
	Path  string          `json:"path"`
	Value json.RawMessage `json:"value,omitempty"`
}

// patchEntity changes an entity by a list of JSON Patch operations and answers id and new etag.
func (s *Simulator) patchEntity(w http.ResponseWriter, r *http.Request, e entity, o *object) {
	changed, refusal := s.patched(r, e, o)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	before := stateOf(o)
	remapped := e.kind == KindFlow && !sameJSON(changed["transformations"], o.body["transformations"])
	o.body = changed
	o.body["updatedBy"], o.body["updatedClient"] = s.technicalAccount(), s.options.ClientID
	if e.kind == KindConnection && o.body["auth"] != nil {
		params, _ := member(o.body, "auth", "params").(map[string]any)
		hideSecrets(o, stringMember(o.body, "auth", "specName"), params)
	}
	if remapped {
		s.remap(o, before)
	} else {
		s.stamp(o)
	}
	writeReceipt(w, http.StatusOK, o)
}

// remap sends the new mapping of a flow to its provider, which takes a while.
func (s *Simulator) remap(flow *object, before string) {
	started := s.now().UnixMilli()
	flow.body["lastOperation"] = map[string]any{
		"started": started, "updated": 0, "operation": "update",
		"status": map[string]any{"value": "in_progress", "errors": []any{}},
	}
	s.passThrough(flow, stateUpdating, before, map[string]any{
		"lastOperation": map[string]any{
			"started": started, "updated": started, "percentCompleted": 100, "operation": "update",
			"status": map[string]any{"value": "completed", "errors": []any{}},
		},
	})
}

// patched is what an entity would be after the PATCH.
func (s *Simulator) patched(r *http.Request, e entity, o *object) (map[string]any, *problem) {
	operations, refusal := decodePatch(r)
	if refusal != nil {
		return nil, refusal
	}
	if refusal := checkIfMatch(r, o, true); refusal != nil {
		return nil, refusal
	}
	if refusal := checkSettled(o, "updated"); refusal != nil {
		return nil, refusal
	}
	for i, operation := range operations {
		operations[i].Op = strings.ToLower(operation.Op)
		if refusal := checkOperation(e, operations[i]); refusal != nil {
			return nil, refusal
		}
	}
	changed, refusal := applyPatch(o, operations)
	if refusal != nil {
		return nil, refusal
	}
	return changed, s.checkPatched(e, o, changed)
}

// decodePatch reads a list of operations. Adobe's description also allows a single one, not in a list.
func decodePatch(r *http.Request) ([]patchOperation, *problem) {
	body, refusal := decodeJSON(r)
	if refusal != nil {
		return nil, refusal
	}
	if single, isObject := body.(map[string]any); isObject && len(single) > 0 {
		body = []any{single}
	}
	list, isList := body.([]any)
	if !isList || len(list) == 0 {
		return nil, flowProblem("1405-400", "The request body is null or empty.", nil)
	}
	encoded, err := json.Marshal(list)
	if err != nil {
		return nil, placeholderProblem(http.StatusBadRequest, err.Error())
	}
	var operations []patchOperation
	if err := json.Unmarshal(encoded, &operations); err != nil {
		return nil, placeholderProblem(http.StatusBadRequest, "The request body is not a list of patch operations: "+err.Error())
	}
	return operations, nil
}

// checkIfMatch wants the current etag, double quotes included.
func checkIfMatch(r *http.Request, o *object, required bool) *problem {
	supplied := r.Header.Get("If-Match")
	if supplied == "" {
		if required {
			return flowProblem("1403-400", "The header 'If-Match' is missing in the request.", nil)
		}
		return nil
	}
	current := stringMember(o.body, "etag")
	if supplied == current {
		return nil
	}
	return flowProblem("1404-412", "Supplied version=["+supplied+
		"] does not match the current version on entity=["+current+"]", nil)
}

func checkOperation(e entity, operation patchOperation) *problem {
	if !slices.Contains([]string{"add", "replace", "remove"}, operation.Op) {
		return flowProblem("1434-400", "Unsupported operation '"+operation.Op+"'.", nil)
	}
	reachable := slices.ContainsFunc(patchable[e.kind], func(prefix string) bool {
		return operation.Path == prefix || strings.HasPrefix(operation.Path, prefix+"/")
	})
	if !reachable {
		return flowProblem("1414-400", "The field "+operation.Path+" of "+e.path+" cannot be updated.", nil)
	}
	return nil
}

// applyPatch works on a copy that has the hidden credentials, so that a patch can change one of them.
func applyPatch(o *object, operations []patchOperation) (map[string]any, *problem) {
	document := cloneJSON(o.body)
	if auth, hasAuth := document["auth"].(map[string]any); hasAuth {
		auth["params"] = o.hidden["params"]
	}
	encodedDocument, err := json.Marshal(document)
	if err != nil {
		return nil, placeholderProblem(http.StatusInternalServerError, err.Error())
	}
	for _, operation := range operations {
		encodedDocument, err = applyOperation(encodedDocument, operation)
		if errors.Is(err, jsonpatch.ErrMissing) {
			field := operation.Path[strings.LastIndex(operation.Path, "/")+1:]
			return nil, flowProblem("1455-400", `Patch validation failed: Missing field "`+field+`"`, nil)
		}
		if err != nil {
			return nil, placeholderProblem(http.StatusBadRequest, err.Error())
		}
	}
	var changed map[string]any
	if err := json.Unmarshal(encodedDocument, &changed); err != nil {
		return nil, placeholderProblem(http.StatusBadRequest, err.Error())
	}
	return changed, nil
}

func applyOperation(document []byte, operation patchOperation) ([]byte, error) {
	encoded, err := json.Marshal([]patchOperation{operation})
	if err != nil {
		return nil, err
	}
	patch, err := jsonpatch.DecodePatch(encoded)
	if err != nil {
		return nil, err
	}
	return patch.Apply(document)
}

// checkPatched refuses results that a create would have refused.
func (s *Simulator) checkPatched(e entity, o *object, changed map[string]any) *problem {
	if e.kind != KindTargetConnection {
		if refusal := checkName(changed); refusal != nil {
			return refusal
		}
	}
	if e.kind == KindConnection {
		spec := connectionSpecs[stringMember(changed, "connectionSpec", "id")]
		return checkAuth(spec, changed["auth"])
	}
	if e.kind != KindFlow || sameJSON(changed["transformations"], o.body["transformations"]) {
		return nil
	}
	_, target := flowConnections(o)
	if target == nil {
		return flowProblem("1419-400", "Error validating the mapping: the target connection of the flow is gone.", nil)
	}
	return s.checkTransformations(o.home, flowSpecs[stringMember(changed, "flowSpec", "id")], target, changed)
}

func sameJSON(one, other any) bool {
	a, errA := json.Marshal(one)
	b, errB := json.Marshal(other)
	return errA == nil && errB == nil && string(a) == string(b)
}
