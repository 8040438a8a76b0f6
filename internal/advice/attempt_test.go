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

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/ims"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// createFlow is the attempt that the errors below interrupt.
var createFlow = advice.Attempt{Verb: "create", Object: "dataflow", Name: "Shop"}

func report(t *testing.T, attempt advice.Attempt, err error) diag.Diagnostic {
	t.Helper()
	var diags diag.Diagnostics
	attempt.Report(&diags, err)
	require.Len(t, diags, 1, "one error is one diagnostic")
	require.Equal(t, diag.SeverityError, diags[0].Severity())
	return diags[0]
}

// attributeOf is the path of a diagnostic, the empty one if it has none.
func attributeOf(reported diag.Diagnostic) path.Path {
	if on, is := reported.(diag.DiagnosticWithPath); is {
		return on.Path()
	}
	return path.Empty()
}

// flowError is a refusal by the Flow Service.
func flowError(code, message string) *transport.Error {
	refused := &transport.Error{
		Call: transport.Call{Service: flowservice.Service, Method: "POST", Path: "/flows"}, Code: "FLOW-" + code, Message: message, RequestID: "r-1",
	}
	_, status, _ := strings.Cut(code, "-")
	_, _ = fmt.Sscan(status, &refused.Status)
	return refused
}

// The whole text, for the errors that users meet first.
func TestReportTexts(t *testing.T) {
	t.Parallel()
	lost := &transport.AmbiguousError{Call: transport.Call{Service: flowservice.Service, Method: "POST", Path: "/flows"}, Cause: errors.New("connection reset by peer")}
	for name, test := range map[string]struct {
		err       error
		summary   string
		attribute path.Path
		detail    string
	}{
		"wrong mapping version, on the attribute": {
			flowError("1412-400", "Invalid Mapping Version"), "Unable to create dataflow", path.Root("mapping_version"),
			`Dataflow "Shop": Adobe Flow Service answered POST /flows with 400 (Bad Request), code FLOW-1412-400: Invalid Mapping Version (request ID r-1).

The mapping set does not have this version. Set ` + "`mapping_version` to the attribute `version` of the `customerio_mapping_set`" + `, so that the dataflow follows it.`,
		},
		"bad secret, whatever the token was for": {
			&transport.Error{Call: transport.Call{Service: ims.Service, Method: "POST", Path: "/ims/token/v3"}, Status: 400, Code: "invalid_client", Message: "invalid client_secret parameter"},
			"Unable to obtain access token", path.Empty(),
			`Adobe IMS answered POST /ims/token/v3 with 400 (Bad Request), code invalid_client: invalid client_secret parameter.

IMS does not accept this client ID and secret. Check ` + "`adobe.client_id` (ADOBE_CLIENT_ID) and `adobe.client_secret` (ADOBE_CLIENT_SECRET)" + `: they must belong to the same OAuth Server-to-Server credential, and the secret must not have been deleted.`,
		},
		"a message that ends with a full stop": {
			&transport.Error{Call: transport.Call{Service: flowservice.Service, Method: "GET", Path: "/flows/1"}, Status: 400, Message: "No."}, "Unable to create dataflow", path.Empty(),
			`Dataflow "Shop": Adobe Flow Service answered GET /flows/1 with 400 (Bad Request): No.

Flow Service does not accept the request. Correct what the message names in the configuration of the dataflow. If it names nothing, or what it names is right, report it as a bug in this provider.`,
		},
		"unknown outcome": {
			&objects.UnknownError{Cause: lost}, "Unable to create dataflow", path.Empty(),
			`Dataflow "Shop": Adobe Flow Service did not answer POST /flows (connection reset by peer), and may have carried it out.

It is not known whether the dataflow was created. Apply again when Flow Service answers: the provider then looks for the dataflow, deletes it if it exists, and creates it once. Do not create it by hand in the meantime.`,
		},
		"unknown outcome of an action": {
			lost, "Unable to create dataflow", path.Empty(),
			`Dataflow "Shop": Adobe Flow Service did not answer POST /flows (connection reset by peer), and may have carried it out.

It is not known whether Flow Service carried out the call. Plan again when Flow Service answers: the plan shows what is left to do.`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := report(t, createFlow, test.err)
			require.Equal(t, test.summary, got.Summary())
			require.Equal(t, test.detail, got.Detail())
			require.Equal(t, test.attribute, attributeOf(got))
		})
	}
}

// The golden files in internal/diagnostics show what services answer; these are the answers that they do not show.
func TestAdviceByStatus(t *testing.T) {
	t.Parallel()
	const app = customerio.Service
	for name, test := range map[string]struct {
		refused transport.Error
		advice  string
	}{
		"token service, 404":      {transport.Error{Call: transport.Call{Service: ims.Service}, Status: 404}, "ADOBE_IMS_URL"},
		"long wait":               {transport.Error{Status: 429, RetryAfter: 24 * time.Hour}, "Adobe asks clients to wait 24h."},
		"short wait":              {transport.Error{Status: 429, RetryAfter: 90 * time.Second}, "Adobe asks clients to wait 1m30s."},
		"conflict":                {transport.Error{Status: 412, Call: transport.Call{Service: catalog.Service}}, "Another change of the dataflow is in progress"},
		"sandbox, without a code": {transport.Error{Status: 404, Message: "Sandbox not found"}, "ADOBE_SANDBOX_NAME"},
		"App API, 301 to Europe":  {transport.Error{Call: transport.Call{Service: app}, Status: 301, Location: customerio.Regions["eu"] + "/v1/x"}, `(CUSTOMERIO_REGION) to "eu".`},
		"App API, 301 to nowhere": {transport.Error{Call: transport.Call{Service: app}, Status: 301}, `(CUSTOMERIO_REGION) to "eu" or "us".`},
		"App API, 302 of a proxy": {transport.Error{Call: transport.Call{Service: app}, Status: 302, Location: "https://login.example.com/?token=1"}, "redirected to login.example.com, and"},
		"App API, 404 of a proxy": {transport.Error{Call: transport.Call{Service: app}, Status: 404}, "CUSTOMERIO_BASE_URL"},
		"App API, 503":            {transport.Error{Call: transport.Call{Service: app}, Status: 503}, "contact Customer.io support."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.refused.Service == "" {
				test.refused.Service = flowservice.Service
			}
			require.Contains(t, report(t, createFlow, &test.refused).Detail(), test.advice)
		})
	}
}

// One code is about different attributes of different objects, and about none of others.
func TestAttributeAtFaultDependsOnTheObject(t *testing.T) {
	t.Parallel()
	for object, attribute := range map[string]path.Path{
		"source connection": path.Root("connection_spec").AtName("id"), "dataflow": path.Root("flow_spec").AtName("id"), "mapping set": path.Empty(),
	} {
		got := report(t, advice.Attempt{Verb: "create", Object: object}, flowError("1413-400", "unknown"))
		require.Equal(t, attribute, attributeOf(got), object)
	}
}

// A field that Customer.io points at decides the attribute, however the pointer is written.
func TestPointerBecomesTheAttribute(t *testing.T) {
	t.Parallel()
	for pointer, attribute := range map[string]path.Path{
		"/endpoint": path.Root("endpoint"), "/data/attributes/endpoint": path.Root("endpoint"), "endpoint": path.Root("endpoint"),
		"/events/0": path.Root("events"), "/color": path.Empty(), "": path.Empty(),
	} {
		err := fmt.Errorf("wrapped: %w", &transport.Error{Call: transport.Call{Service: customerio.Service}, Status: 422, Pointer: pointer})
		got := report(t, advice.Attempt{Verb: "create", Object: "reporting webhook"}, err)
		require.Equal(t, attribute, attributeOf(got), pointer)
	}
}

func TestConflictsAreOnTheAttribute(t *testing.T) {
	t.Parallel()
	for member, attribute := range map[string]string{"description": "description", "mappingId": "mapping_set_id", "mappingVersion": "mapping_version", "version": "mappings"} {
		got := report(t, advice.Attempt{Verb: "update", Object: "dataflow"}, &objects.ConflictError{Member: member})
		require.Equal(t, path.Root(attribute), attributeOf(got))
		require.Contains(t, got.Detail(), "applying it overwrites theirs")
	}
}

func TestReportsOfOtherErrors(t *testing.T) {
	t.Parallel()
	unreachable := transport.New(transport.Config{Service: "S", BaseURL: httpscript.Serve(t, httpscript.Reset()).URL, Timeout: time.Minute})
	unanswered := unreachable.Do(t.Context(), transport.Request{Method: "GET", Path: "/"}, nil)
	for name, test := range map[string]struct {
		err    error
		advice string
	}{
		"canceled":    {fmt.Errorf("gave up waiting (%w): %w", context.Canceled, errors.New("enabling")), "The operation was canceled."},
		"out of time": {fmt.Errorf("gave up waiting (%w): %w", context.DeadlineExceeded, errors.New("enabling")), "gave up waiting (time ran out): enabling."},
		"out of time, with the last answer": {
			fmt.Errorf("%w; the last attempt before that: %w", context.DeadlineExceeded, flowError("2103-404", "no sandbox")), "adobe.sandbox_name",
		},
		"several":    {&objects.UnknownError{Cause: &objects.SeveralError{Object: "dataflow", Cause: errors.New("EOF")}}, "Delete those that nobody uses"},
		"unanswered": {unanswered, "Check the network"},
		"unreadable": {&transport.UnreadableError{Call: transport.Call{Service: "S"}, Status: 200, Reason: "<html>"}, "may have answered instead"},
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
