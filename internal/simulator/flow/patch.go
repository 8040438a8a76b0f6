package flow

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	jsonpatch "github.com/evanphx/json-patch/v5"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// patch changes an entity by a list of JSON Patch operations and answers ID and new etag.
func (s *Service) patch(e entity) func(*web.Request, *store.Object) (*web.Answer, error) {
	return func(r *web.Request, o *store.Object) (*web.Answer, error) {
		operations, err := readPatch(r)
		if err != nil {
			return nil, err
		}
		if err := cmp.Or(checkIfMatch(r, o), checkSettled(o, "update")); err != nil {
			return nil, err
		}
		changed, err := patched(e, o, operations)
		if err != nil {
			return nil, err
		}
		if err := checkPatched(o, changed); err != nil {
			return nil, err
		}
		s.replaceBody(o, changed)
		return receipt(http.StatusOK, o), nil
	}
}

func (s *Service) replaceBody(o *store.Object, changed map[string]any) {
	before := o.Body
	o.Body = changed
	o.Body["updatedBy"], o.Body["updatedClient"] = s.Store.Account.User(), s.Store.Account.ClientID
	if o.Kind == store.KindConnection && o.Body["auth"] != nil {
		hideSecrets(o)
	}
	if o.Kind != store.KindFlow || document.Same(changed["transformations"], before["transformations"]) {
		s.Touch(o)
		return
	}
	// A new mapping goes to the provider of the dataflow, which takes a while.
	operation := s.operation("update")
	finished := document.WithDefaults(operation, nil)
	operation["status"] = map[string]any{"value": "in_progress", "errors": []any{}}
	finished["status"] = map[string]any{"value": "completed", "errors": []any{}}
	finished["updated"], finished["percentCompleted"] = finished["started"], 100
	o.Body["lastOperation"] = operation
	s.passThrough(o, stateUpdating, document.Text(before, "state"), finished)
}

// readPatch reads a list of operations. Adobe's description also allows a single one, not in a list.
func readPatch(r *web.Request) ([]map[string]any, error) {
	value, err := r.Value()
	if err != nil {
		return nil, err
	}
	if single, isObject := value.(map[string]any); isObject && len(single) > 0 {
		value = []any{single}
	}
	list, isList := value.([]any)
	if !isList || len(list) == 0 {
		return nil, errEmptyBody
	}
	operations, areObjects := document.Objects(list)
	if !areObjects {
		return nil, web.BadRequest("The request body is not a list of patch operations.")
	}
	return operations, nil
}

// checkIfMatch wants the current etag, double quotes included.
func checkIfMatch(r *web.Request, o *store.Object) error {
	supplied, current := r.Header.Get("If-Match"), document.Text(o.Body, "etag")
	switch supplied {
	case "":
		return web.Flow("1403-400", "The header 'If-Match' is missing in the request.")
	case current:
		return nil
	default:
		return web.Flow("1404-412", "Supplied version=[%s] does not match the current version on entity=[%s]", supplied, current)
	}
}

// patched is what an entity would be after the operations. They see the hidden credentials, so that a patch can change
// one of them.
func patched(e entity, o *store.Object, operations []map[string]any) (map[string]any, error) {
	for _, operation := range operations {
		operation["op"] = strings.ToLower(document.Text(operation, "op"))
		if err := checkOperation(e, operation); err != nil {
			return nil, err
		}
	}
	body := document.Clone(o.Body)
	if auth := document.Object(body, "auth"); auth != nil {
		auth["params"] = o.Hidden["params"]
	}
	for _, operation := range operations {
		encoded, err := json.Marshal([]any{operation})
		if err != nil {
			return nil, err
		}
		body, err = document.Patch(body, encoded)
		if errors.Is(err, jsonpatch.ErrMissing) {
			path := document.Text(operation, "path")
			return nil, web.Flow("1455-400", "Patch validation failed: Missing field %q", path[strings.LastIndex(path, "/")+1:])
		}
		if err != nil {
			return nil, err
		}
	}
	return body, nil
}

func checkOperation(e entity, operation map[string]any) error {
	op, path := document.Text(operation, "op"), document.Text(operation, "path")
	if !slices.Contains([]string{"add", "replace", "remove"}, op) {
		return web.Flow("1434-400", "Unsupported operation '%s'.", op)
	}
	for _, reachable := range e.patchable {
		if path == reachable || strings.HasPrefix(path, reachable+"/") {
			return nil
		}
	}
	return web.Flow("1414-400", "The field %s of %s cannot be updated.", path, e.path)
}

// checkPatched refuses results that a create would have refused.
func checkPatched(o *store.Object, changed map[string]any) error {
	if o.Kind != store.KindTargetConnection {
		if err := checkName(changed); err != nil {
			return err
		}
	}
	if o.Kind == store.KindConnection {
		spec, _ := findSpec("connectionSpecs", document.Text(changed, "connectionSpec", "id"))
		return checkAuth(spec, changed["auth"])
	}
	if o.Kind != store.KindFlow || document.Same(changed["transformations"], o.Body["transformations"]) {
		return nil
	}
	_, target := connectionsOf(o)
	if target == nil {
		return web.Flow("1419-400", "Error validating the mapping: the target connection of the flow is gone.")
	}
	spec, _ := findSpec("flowSpecs", document.Text(changed, "flowSpec", "id"))
	return checkTransformations(o.Home, spec, target, changed)
}
