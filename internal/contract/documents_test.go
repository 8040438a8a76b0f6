package contract_test

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/oasdiff/yaml"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// document is one vendor's description of one service.
type document struct {
	base   string
	router routers.Router
	paths  map[string]*openapi3.PathItem
}

// folder is where the vendors' API descriptions are. They are not part of the project.
func folder(t *testing.T) string {
	t.Helper()
	path := os.Getenv("OPENAPI_DIR")
	if path == "" {
		t.Skip("OPENAPI_DIR names no folder with the vendors' API descriptions")
	}
	return path
}

func documents(t *testing.T) []document {
	t.Helper()
	dir := folder(t)
	return []document{
		loadDocument(t, filepath.Join(dir, "flow-service.yaml"), "/data/foundation/flowservice"),
		loadDocument(t, filepath.Join(dir, "data-prep.yaml"), "/data/foundation/conversion"),
		loadDocument(t, filepath.Join(dir, "catalog.yaml"), "/data/foundation/catalog"),
		loadSwagger(t, filepath.Join(dir, "schema-registry.yaml"), "/data/foundation/schemaregistry"),
	}
}

func loadDocument(t *testing.T, file, base string) document {
	t.Helper()
	loaded, err := openapi3.NewLoader().LoadFromFile(file)
	require.NoError(t, err)
	return newDocument(t, loaded, base)
}

// loadSwagger reads the one description that is still in version 2 of the format. One of its definitions has a colon in its
// name, which version 3 does not allow.
func loadSwagger(t *testing.T, file, base string) document {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	text = []byte(strings.ReplaceAll(string(text), "meta:datasetNamespace", "datasetNamespace"))
	var old openapi2.T
	_, err = yaml.Unmarshal(text, &old, yaml.DecodeOpts{})
	require.NoError(t, err)
	converted, err := openapi2conv.ToV3(&old)
	require.NoError(t, err)
	return newDocument(t, converted, base)
}

func newDocument(t *testing.T, loaded *openapi3.T, base string) document {
	t.Helper()
	loaded.Servers = openapi3.Servers{{URL: base}}
	router, err := gorillamux.NewRouter(loaded)
	require.NoError(t, err)
	return document{base: base, router: router, paths: loaded.Paths.Map()}
}

// checkRequest compares what was asked with its description and returns what does not fit, each with the operation before it.
func (d document) checkRequest(t *testing.T, call simulator.Call) []string {
	t.Helper()
	input, err := d.input(t, call)
	if err != nil {
		return []string{fmt.Sprintf("%s %s: %s", call.Method, withoutIDs(strings.TrimPrefix(call.Path, d.base)), err)}
	}
	return findings(operation(input)+" request", openapi3filter.ValidateRequest(t.Context(), input))
}

// checkAnswer does the same for what was answered.
func (d document) checkAnswer(t *testing.T, call simulator.Call) []string {
	t.Helper()
	input, err := d.input(t, call)
	if err != nil {
		return nil // checkRequest tells of it
	}
	answer := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: call.Status, Header: call.ResponseHeader, Options: input.Options,
	}
	answer.SetBodyBytes([]byte(call.ResponseBody))
	return findings(fmt.Sprintf("%s answer %d", operation(input), call.Status), openapi3filter.ValidateResponse(t.Context(), answer))
}

func (d document) input(t *testing.T, call simulator.Call) (*openapi3filter.RequestValidationInput, error) {
	t.Helper()
	request, route, parameters, err := d.find(t, call)
	if err != nil {
		return nil, err
	}
	return &openapi3filter.RequestValidationInput{
		Request: request, PathParams: parameters, Route: route,
		Options: &openapi3filter.Options{MultiError: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true},
	}, nil
}

func operation(input *openapi3filter.RequestValidationInput) string {
	return input.Request.Method + " " + input.Route.Path
}

// spellings are other ways in which a description writes the same path: the Flow Service's has PATCH and DELETE of base
// connections with a slash at the end only, and the registry's has reads under any container but writes under "tenant".
var spellings = []func(path string) string{
	func(path string) string { return path },
	func(path string) string { return path + "/" },
	func(path string) string { return strings.Replace(path, "/tenant/", "/global/", 1) },
}

// find returns the described operation that a call is.
func (d document) find(t *testing.T, call simulator.Call) (request *http.Request, route *routers.Route, parameters map[string]string, err error) {
	t.Helper()
	for _, spelling := range spellings {
		target := "http://service" + spelling(call.Path) + query(call)
		request, err = http.NewRequestWithContext(t.Context(), call.Method, target, strings.NewReader(call.RequestBody))
		require.NoError(t, err)
		request.Header = call.Header.Clone()
		if route, parameters, err = d.router.FindRoute(request); err == nil {
			return request, route, parameters, nil
		}
	}
	return nil, nil, nil, err
}

var someID = regexp.MustCompile(`/[0-9a-f]{8}[0-9a-f-]{16,}|/https:[^/]*`)

func withoutIDs(path string) string { return someID.ReplaceAllString(path, "/{id}") }

func query(call simulator.Call) string {
	if call.Query == "" {
		return ""
	}
	return "?" + call.Query
}

// findings flattens a validation error into one line per fault: where it is, and what is wrong.
func findings(where string, err error) []string {
	if err == nil {
		return nil
	}
	var several openapi3.MultiError
	if errors.As(err, &several) {
		var all []string
		for _, one := range several {
			all = append(all, findings(where, one)...)
		}
		return all
	}
	var schema *openapi3.SchemaError
	if errors.As(err, &schema) {
		return []string{fmt.Sprintf("%s /%s: %s", where, strings.Join(indexed(schema.JSONPointer()), "/"), schema.Reason)}
	}
	return []string{where + ": " + strings.SplitN(err.Error(), "\n", 2)[0]}
}

// indexed writes * for the places in lists, so that one fault is one line.
func indexed(pointer []string) []string {
	for i, part := range pointer {
		if strings.Trim(part, "0123456789") == "" {
			pointer[i] = "*"
		}
	}
	return pointer
}

func unique(lines []string) []string {
	seen := map[string]bool{}
	for _, line := range lines {
		seen[line] = true
	}
	var all []string
	for line := range seen {
		all = append(all, line)
	}
	sort.Strings(all)
	return all
}
