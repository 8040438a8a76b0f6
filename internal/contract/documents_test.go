package contract_test

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/descriptions"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// document is one vendor's description of one service.
type document struct{ descriptions.Document }

func documents(t *testing.T) []document {
	t.Helper()
	var all []document
	for _, one := range descriptions.Load(t) {
		all = append(all, document{one})
	}
	return all
}

// checkRequest compares what was asked with its description and returns what does not fit, each with the operation before it.
func (d document) checkRequest(t *testing.T, call simulator.Call) []string {
	t.Helper()
	input, err := d.input(t, call)
	if err != nil {
		return []string{fmt.Sprintf("%s %s: %s", call.Method, withoutIDs(strings.TrimPrefix(call.Path, d.Base)), err)}
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

// find returns the described operation that a call is.
func (d document) find(t *testing.T, call simulator.Call) (request *http.Request, route *routers.Route, parameters map[string]string, err error) {
	t.Helper()
	for _, spelling := range descriptions.Spellings {
		target := "http://service" + spelling(call.Path) + query(call)
		request, err = http.NewRequestWithContext(t.Context(), call.Method, target, strings.NewReader(call.RequestBody))
		require.NoError(t, err)
		request.Header = call.Header.Clone()
		if route, parameters, err = d.Router.FindRoute(request); err == nil {
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
