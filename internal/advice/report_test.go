package advice_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/apitest"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/ims"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// createFlow is the operation that the errors below interrupt.
var createFlow = advice.Attempt{
	Verb: "create", Object: "dataflow", Name: "Shop",
	Attributes: map[string]path.Path{
		"1412-400": path.Root("mapping_version"), "1413-400": path.Root("flow_spec"), "endpoint": path.Root("endpoint"),
	},
}

func report(t *testing.T, operation advice.Attempt, err error) diag.Diagnostic {
	t.Helper()
	var diags diag.Diagnostics
	operation.Report(&diags, err)
	require.Len(t, diags, 1, "one error is one diagnostic")
	require.Equal(t, diag.SeverityError, diags[0].Severity())
	return diags[0]
}

// flowError is a refusal by the Flow Service.
func flowError(code, message string) *transport.Error {
	_, status, _ := strings.Cut(code, "-")
	refused := &transport.Error{
		Service: flowservice.Service, Method: "POST", Path: "/flows", Code: "FLOW-" + code, Message: message, RequestID: "r-1", Structured: true,
	}
	_, _ = fmt.Sscan(status, &refused.Status)
	return refused
}

// The whole text, for the errors that users meet first.
func TestReportTexts(t *testing.T) {
	t.Parallel()
	lost := &transport.AmbiguousError{Service: flowservice.Service, Method: "POST", Path: "/flows", Cause: errors.New("connection reset by peer")}
	for name, test := range map[string]struct {
		err       error
		attribute path.Path
		detail    string
	}{
		"wrong mapping version, on the attribute": {
			flowError("1412-400", "Invalid Mapping Version"), path.Root("mapping_version"),
			`Dataflow "Shop": Adobe Flow Service answered POST /flows with 400 (Bad Request), code FLOW-1412-400: Invalid Mapping Version (request id r-1).

The mapping set has no such version. Refer to customerio_mapping_set.….version, so that the dataflow follows it.`,
		},
		"bad secret": {
			&transport.Error{Service: ims.Service, Method: "POST", Path: "/ims/token/v3", Status: 400, Code: "invalid_client", Message: "invalid client_secret parameter"},
			path.Empty(),
			`Dataflow "Shop": Adobe IMS answered POST /ims/token/v3 with 400 (Bad Request), code invalid_client: invalid client_secret parameter.

The client id is unknown, or the secret is not its own. Check adobe.client_id (ADOBE_CLIENT_ID) and adobe.client_secret (ADOBE_CLIENT_SECRET): the credential must be of the type OAuth Server-to-Server, and the secret must not be retired.`,
		},
		"a message that ends with a full stop": {
			&transport.Error{Service: flowservice.Service, Method: "GET", Path: "/flows/1", Status: 400, Message: "No."}, path.Empty(),
			`Dataflow "Shop": Adobe Flow Service answered GET /flows/1 with 400 (Bad Request): No.

The service does not take the request as it is. Correct what it names in the configuration of the dataflow, and apply again. If that is right already, report it as a bug of this provider.`,
		},
		"unknown outcome": {
			&objects.UnknownError{Cause: lost}, path.Empty(),
			`Dataflow "Shop": Adobe Flow Service may or may not have carried out POST /flows: connection reset by peer.

The dataflow may exist all the same, and it could not be looked for. Apply again once the service answers: it is looked for first, and what is found is replaced, so that there is one in the end.`,
		},
		"unknown outcome of an action": {
			lost, path.Empty(),
			`Dataflow "Shop": Adobe Flow Service may or may not have carried out POST /flows: connection reset by peer.

It may have been carried out all the same. Apply again once the service answers: the plan shows what is left to do.`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := report(t, createFlow, test.err)
			require.Equal(t, "Unable to create dataflow", got.Summary())
			require.Equal(t, test.detail, got.Detail())
			if test.attribute.Equal(path.Empty()) {
				require.NotImplements(t, (*diag.DiagnosticWithPath)(nil), got)
				return
			}
			require.Equal(t, test.attribute, got.(diag.DiagnosticWithPath).Path())
		})
	}
}

func TestAdviceByStatus(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		refused transport.Error
		advice  string
	}{
		"401":                      {transport.Error{Status: 401}, "does not take the credentials"},
		"403":                      {transport.Error{Status: 403}, "lacks a permission"},
		"404 of a proxy":           {transport.Error{Status: 404}, "No service wrote this answer"},
		"409":                      {transport.Error{Status: 409}, "at the same time"},
		"429":                      {transport.Error{Status: 429}, "-parallelism"},
		"redirect":                 {transport.Error{Status: 302, Location: "https://login.example.com"}, "redirects are not followed"},
		"500":                      {transport.Error{Status: 500, Structured: true}, "at the service's side"},
		"500 of a proxy":           {transport.Error{Status: 500}, "A gateway or proxy wrote this answer"},
		"500 of the token service": {transport.Error{Service: ims.Service, Status: 502}, "ADOBE_IMS_URL"},
		"429 of the token service": {transport.Error{Service: ims.Service, Status: 429}, "fetch one token"},
		"long wait":                {transport.Error{Status: 429, RetryAfter: 24 * time.Hour}, "It asks to wait 24h."},
		"short wait":               {transport.Error{Status: 429, RetryAfter: 90 * time.Second}, "It asks to wait 1m30s."},
		"404 of the token service": {transport.Error{Service: ims.Service, Status: 404, Structured: true}, "ADOBE_IMS_URL"},
		"create refers to nothing": {transport.Error{Status: 404, Structured: true}, "Something that the dataflow refers to"},
		"sandbox, without a code":  {transport.Error{Status: 404, Structured: true, Message: "Sandbox not found"}, "ADOBE_SANDBOX_NAME"},
		"App API, 301 to Europe":   {transport.Error{Service: customerio.Service, Status: 301, Location: customerio.Regions["eu"] + "/v1/x"}, `(CUSTOMERIO_REGION) to "eu".`},
		"App API, reference":       {transport.Error{Service: customerio.Service, Status: 500, Structured: true, Message: "no (reference a1)"}, "give the reference to Customer.io"},
		"App API, 401":             {transport.Error{Service: customerio.Service, Status: 401}, "CUSTOMERIO_APP_API_KEY"},
		"App API, code":            {transport.Error{Service: customerio.Service, Status: 400, Code: "invalid_credentials"}, "CUSTOMERIO_APP_API_KEY"},
		"App API, 403":             {transport.Error{Service: customerio.Service, Status: 403}, "The App API key has no access to this"},
		"App API, 404":             {transport.Error{Service: customerio.Service, Status: 404, Structured: true}, "use that workspace's key"},
		"App API, 404 of a proxy":  {transport.Error{Service: customerio.Service, Status: 404}, "No service wrote this answer"},
		"App API, 301":             {transport.Error{Service: customerio.Service, Status: 301}, "CUSTOMERIO_REGION"},
		"App API, quota":           {transport.Error{Service: customerio.Service, Status: 429}, "daily quota"},
		"App API, limit":           {transport.Error{Service: customerio.Service, Status: 429, RetryAfter: time.Second}, "requests_per_second"},
		"App API, 503":             {transport.Error{Service: customerio.Service, Status: 503, Structured: true}, "ask Customer.io's support"},
		"what the service says":    {transport.Error{Status: 400, Message: "no"}, "Correct what it names"},
		"no reason":                {transport.Error{Status: 400}, "gives no reason"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			detail := report(t, createFlow, &test.refused).Detail()
			require.Contains(t, detail, test.advice)
		})
	}
}

// A field that the service points at decides the attribute, however the pointer is written.
func TestPointerBecomesTheAttribute(t *testing.T) {
	t.Parallel()
	for pointer, known := range map[string]bool{"/endpoint": true, "/data/attributes/endpoint": true, "endpoint": true, "/name": false, "": false} {
		err := fmt.Errorf("wrapped: %w", &transport.Error{Service: customerio.Service, Status: 422, Pointer: pointer})
		got, onAttribute := report(t, createFlow, err).(diag.DiagnosticWithPath)
		require.Equal(t, known, onAttribute, pointer)
		if known {
			require.Equal(t, path.Root("endpoint"), got.Path())
		}
	}
}

func TestReportsOfOtherErrors(t *testing.T) {
	t.Parallel()
	unreachable := transport.New(transport.Config{Service: "S", BaseURL: apitest.Serve(t, apitest.Reset()).URL, Timeout: time.Minute})
	_, unanswered := unreachable.Do(t.Context(), transport.Request{Method: "GET", Path: "/"}, nil)
	for name, test := range map[string]struct {
		err    error
		advice string
	}{
		"cancelled":   {fmt.Errorf("gave up waiting (%w): %w", context.Canceled, errors.New("enabling")), "The operation was cancelled."},
		"out of time": {fmt.Errorf("gave up waiting (%w): %w", context.DeadlineExceeded, errors.New("enabling")), "raise the resource's timeouts"},
		"out of time, with the last answer": {
			fmt.Errorf("%w; the last attempt before that: %w", context.DeadlineExceeded, flowError("2103-404", "no sandbox")), "adobe.sandbox_name",
		},
		"unanswered": {unanswered, "Check the network"},
		"unreadable": {&transport.UnreadableError{Service: "S", Status: 200, Reason: "<html>"}, "may have answered in its place"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, report(t, createFlow, test.err).Detail(), test.advice)
		})
	}
	require.Equal(t, "Some text.", report(t, advice.Attempt{Verb: "read", Object: "dataflow"}, errors.New("Some text")).Detail())
}

func TestListed(t *testing.T) {
	t.Parallel()
	require.Equal(t, "a, b, c", advice.Listed([]string{"c", "a", "b"}))
	require.Empty(t, advice.Listed(nil))
}
