package simulator

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
)

// checkConnection refuses what the service refuses on POST /connections.
func (s *Simulator) checkConnection(_ *sandbox, request map[string]any) *problem {
	if refusal := checkName(request); refusal != nil {
		return refusal
	}
	spec, refusal := connectionSpecOf(request)
	if refusal != nil {
		return refusal
	}
	return checkAuth(spec, request["auth"])
}

func checkName(request map[string]any) *problem {
	if strings.TrimSpace(stringMember(request, "name")) == "" {
		return messageProblem(http.StatusBadRequest, "Please provide a name")
	}
	return nil
}

// connectionSpecOf finds the spec that a create names. Its version is required, whatever other pages say.
func connectionSpecOf(request map[string]any) (connectionSpec, *problem) {
	id := stringMember(request, "connectionSpec", "id")
	if id == "" {
		return connectionSpec{}, messageProblem(http.StatusBadRequest, "Please provide a valid spec id")
	}
	spec, known := connectionSpecs[id]
	if !known {
		return connectionSpec{}, flowProblem("1413-400", "The given spec ID "+id+" is invalid.", nil)
	}
	if stringMember(request, "connectionSpec", "version") == "" {
		return connectionSpec{}, messageProblem(http.StatusUnprocessableEntity,
			"connectionSpec.version 'version' is required for spec info")
	}
	return spec, nil
}

// checkAuth holds auth against the authentication specs of the connection spec, of which Customer.io has none.
func checkAuth(spec connectionSpec, auth any) *problem {
	if auth == nil {
		return nil
	}
	object, isObject := auth.(map[string]any)
	if !isObject {
		return messageProblem(http.StatusBadRequest, "auth must be an object")
	}
	name := stringMember(object, "specName")
	known := slices.IndexFunc(spec.auth, func(candidate authSpec) bool { return candidate.name == name })
	if known < 0 {
		return flowProblem("1415-400",
			"The auth spec "+name+" is not found for the connection spec "+spec.id+".", nil)
	}
	params, _ := object["params"].(map[string]any)
	for _, required := range spec.auth[known].required {
		if _, given := params[required]; !given {
			return messageProblem(http.StatusBadRequest, "auth.params: required property '"+required+"' not found")
		}
	}
	return nil
}

func (s *Simulator) completeConnection(r *http.Request, o *object) {
	auth, hasAuth := o.body["auth"].(map[string]any)
	if !hasAuth {
		return
	}
	params, _ := auth["params"].(map[string]any)
	if stringMember(o.body, "connectionSpec", "id") == specHTTPAPI {
		// The HTTP API source has its inlet on the base connection, unlike sources made with the SDK.
		inletID := newInletID()
		params = withDefaults(params, map[string]any{"authenticationRequired": false})
		params["inletId"] = inletID
		params["inletUrl"] = baseURL(r) + inletBase + "/" + inletID
	}
	hideSecrets(o, stringMember(auth, "specName"), params)
}

// hideSecrets keeps all authentication parameters, but only a partial view of them where clients can read.
func hideSecrets(o *object, specName string, params map[string]any) {
	o.hidden["params"] = params
	shown := map[string]any{}
	for name, value := range params {
		if !isSecretName(name) {
			shown[name] = value
		}
	}
	o.body["auth"] = map[string]any{"specName": specName, "params": shown}
}

func isSecretName(name string) bool {
	lower := strings.ToLower(name)
	return slices.ContainsFunc([]string{"secret", "password", "token", "key", "credential", "sasuri"},
		func(part string) bool { return strings.Contains(lower, part) })
}

// checkSourceConnection refuses what the service refuses on POST /sourceConnections.
func (s *Simulator) checkSourceConnection(sb *sandbox, request map[string]any) *problem {
	if refusal := checkName(request); refusal != nil {
		return refusal
	}
	spec, refusal := connectionSpecOf(request)
	if refusal != nil {
		return refusal
	}
	if refusal := checkBaseConnection(sb, spec, request["baseConnectionId"]); refusal != nil {
		return refusal
	}
	format := stringMember(request, "data", "format")
	if spec.onlyJSON && format != "json" {
		return flowProblem("1327-400",
			"The source format "+format+" is not supported. The allowed values are [json].", nil)
	}
	return nil
}

func checkBaseConnection(sb *sandbox, spec connectionSpec, baseConnection any) *problem {
	id, given := baseConnection.(string)
	if spec.withoutBase {
		if given && id != "" {
			return flowProblem("1332-400", "The source connection request with the connectionSpecId: "+spec.id+
				" cannot have a baseConnectionId. Please remove the baseConnectionId.", nil)
		}
		return nil
	}
	if id == "" {
		return flowProblem("1323-400", "The baseConnectionId is empty in the source connection.", nil)
	}
	if sb.find(KindConnection, id) == nil {
		return entityNotFound("connections", id)
	}
	return nil
}

// completeSourceConnection adds the empty members that the service makes up.
func (s *Simulator) completeSourceConnection(_ *http.Request, o *object) {
	o.body["description"] = stringMember(o.body, "description")
	o.body["data"] = withDefaults(o.body["data"], map[string]any{"schema": nil, "properties": nil})
	o.body["params"] = withDefaults(o.body["params"], map[string]any{"columns": []any{}})
	o.body["lastOperation"] = map[string]any{"started": s.now().UnixMilli(), "updated": 0, "operation": "create"}
	base := o.home.find(KindConnection, stringMember(o.body, "baseConnectionId"))
	if base == nil {
		return
	}
	o.body["inheritedAttributes"] = map[string]any{
		"baseConnection": map[string]any{"id": base.id, "connectionSpec": base.body["connectionSpec"]},
	}
}

// checkTargetConnection refuses what the service refuses on POST /targetConnections.
func (s *Simulator) checkTargetConnection(sb *sandbox, request map[string]any) *problem {
	spec, refusal := connectionSpecOf(request)
	if refusal != nil {
		return refusal
	}
	if spec.id != specDataLake {
		return flowProblem("1307-400", "The target connection spec must be "+specDataLake+".", nil)
	}
	dataset := stringMember(request, "params", "dataSetId")
	if dataset == "" {
		return flowProblem("1325-400", "The dataSetId is missing in the params of the target connection.", nil)
	}
	if _, _, known := s.datasetSchemaRef(sb, dataset); !known {
		return olderFlowProblem(http.StatusBadRequest, "The dataset "+dataset+" does not exist in the sandbox "+sb.name+".")
	}
	return nil
}

func (s *Simulator) completeTargetConnection(_ *http.Request, o *object) {
	o.body["data"] = withDefaults(o.body["data"], map[string]any{"schema": nil, "properties": nil})
}

// newInletID looks like the last part of a documented inlet URL: 64 hexadecimal digits.
func newInletID() string {
	id := make([]byte, 32)
	// crypto/rand never fails: it crashes the program instead.
	_, _ = rand.Read(id)
	return hex.EncodeToString(id)
}
