package flow

import (
	"net/http"
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// inletDigits is the length of the last part of a documented inlet URL.
const inletDigits = 64

func checkConnection(_ *store.Sandbox, request map[string]any) error {
	spec, err := checkNamed(request)
	if err != nil {
		return err
	}
	return checkAuth(spec, request["auth"])
}

// checkNamed wants a name and a valid spec.
func checkNamed(request map[string]any) (map[string]any, error) {
	if err := checkName(request); err != nil {
		return nil, err
	}
	return specOf(request, "connectionSpec")
}

func checkName(request map[string]any) error {
	if strings.TrimSpace(document.Text(request, "name")) == "" {
		return plainProblem(http.StatusBadRequest, "Please provide a name")
	}
	return nil
}

// specOf finds the spec that a create names. Its version is required, whatever other pages say.
func specOf(request map[string]any, member string) (spec map[string]any, err error) {
	id := document.Text(request, member, "id")
	spec, known := findSpec(member+"s", id)
	switch {
	case id == "":
		return spec, plainProblem(http.StatusBadRequest, "Please provide a valid spec id")
	case !known:
		return spec, web.Flow("1413-400", "The given spec ID %s is invalid.", id)
	case document.Text(request, member, "version") == "":
		return spec, plainProblem(http.StatusUnprocessableEntity, member+".version 'version' is required for spec info")
	}
	return spec, nil
}

// checkAuth holds auth against the authentication specs of the connection spec, of which Customer.io has none.
func checkAuth(spec map[string]any, auth any) error {
	if auth == nil {
		return nil
	}
	object, isObject := auth.(map[string]any)
	if !isObject {
		return plainProblem(http.StatusBadRequest, "auth must be an object")
	}
	name := document.Text(object, "specName")
	for _, known := range document.List(spec, "authSpec") {
		if known := known.(map[string]any); known["name"] == name {
			return checkAuthParams(known, document.Object(object, "params"))
		}
	}
	return web.Flow("1415-400", "The auth spec %s is not found for the connection spec %s.", name, spec["id"])
}

func checkAuthParams(spec, params map[string]any) error {
	for _, required := range document.List(spec, "spec", "required") {
		if _, given := params[required.(string)]; !given {
			return plainProblem(http.StatusBadRequest, "auth.params: required property '"+required.(string)+"' not found")
		}
	}
	return nil
}

func (s *Service) completeConnection(r *web.Request, o *store.Object) {
	if o.Body["auth"] == nil {
		return
	}
	if document.Text(o.Body, "connectionSpec", "id") == specHTTPAPI {
		// The HTTP API source has its inlet on the base connection, unlike sources made with the SDK.
		inletID := store.RandomHex(inletDigits)
		params := document.WithDefaults(document.Member(o.Body, "auth", "params"), map[string]any{"authenticationRequired": false})
		params["inletId"], params["inletUrl"] = inletID, r.BaseURL()+s.InletBase+"/"+inletID
		document.Object(o.Body, "auth")["params"] = params
	}
	hideSecrets(o)
}

// hideSecrets keeps all authentication parameters, but only a partial view of them where clients can read.
func hideSecrets(o *store.Object) {
	params, shown := document.Object(o.Body, "auth", "params"), map[string]any{}
	for name, value := range params {
		if !isSecretName(name) {
			shown[name] = value
		}
	}
	o.Hidden["params"] = params
	o.Body["auth"] = map[string]any{"specName": document.Text(o.Body, "auth", "specName"), "params": shown}
}

func isSecretName(name string) bool {
	lower := strings.ToLower(name)
	return slices.ContainsFunc([]string{"secret", "password", "token", "key", "credential", "sasuri"},
		func(part string) bool { return strings.Contains(lower, part) })
}

func checkSourceConnection(sb *store.Sandbox, request map[string]any) error {
	spec, err := checkNamed(request)
	if err != nil {
		return err
	}
	if err := checkBaseConnection(sb, spec, document.Text(request, "baseConnectionId")); err != nil {
		return err
	}
	format := document.Text(request, "data", "format")
	if withoutAuth(spec) && format != "json" {
		return web.Flow("1327-400", "The source format %s is not supported. The allowed values are [json].", format)
	}
	return nil
}

func checkBaseConnection(sb *store.Sandbox, spec map[string]any, id string) error {
	switch {
	case withoutAuth(spec) && id != "":
		return web.Flow("1332-400", "The source connection request with the connectionSpecId: %s"+
			" cannot have a baseConnectionId. Please remove the baseConnectionId.", spec["id"])
	case withoutAuth(spec):
		return nil
	case id == "":
		return web.Flow("1323-400", "The baseConnectionId is empty in the source connection.")
	case sb.Find(store.KindConnection, id) == nil:
		return notFound(connections.path, id)
	}
	return nil
}

// completeSourceConnection adds the empty members that the service makes up.
func (s *Service) completeSourceConnection(_ *web.Request, o *store.Object) {
	o.Body["description"] = document.Text(o.Body, "description")
	o.Body["data"] = document.WithDefaults(o.Body["data"], map[string]any{"schema": nil, "properties": nil})
	o.Body["params"] = document.WithDefaults(o.Body["params"], map[string]any{"columns": []any{}})
	o.Body["lastOperation"] = s.operation("create")
	if connection := o.Home.Find(store.KindConnection, document.Text(o.Body, "baseConnectionId")); connection != nil {
		o.Body["inheritedAttributes"] = map[string]any{"baseConnection": summaryOf(connection)}
	}
}

func summaryOf(connection *store.Object) map[string]any {
	return document.Only(connection.Body, "id", "connectionSpec")
}

func checkTargetConnection(sb *store.Sandbox, request map[string]any) error {
	spec, err := specOf(request, "connectionSpec")
	if err != nil {
		return err
	}
	if spec["id"] != specDataLake {
		return web.Flow("1307-400", "The target connection spec must be %s.", specDataLake)
	}
	dataset := document.Text(request, "params", "dataSetId")
	if dataset == "" {
		return web.Flow("1325-400", "The dataSetId is missing in the params of the target connection.")
	}
	if _, _, known := sb.SchemaRef(dataset); !known {
		return olderProblem(http.StatusBadRequest, "The dataset "+dataset+" does not exist in the sandbox "+sb.Name+".")
	}
	return nil
}

func (s *Service) completeTargetConnection(_ *web.Request, o *store.Object) {
	o.Body["data"] = document.WithDefaults(o.Body["data"], map[string]any{"schema": nil, "properties": nil})
}
