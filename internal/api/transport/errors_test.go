package transport_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// config reaches a scripted service without retries.
func config(service *httpscript.Service) transport.Config {
	return transport.Config{
		Service: "Adobe Flow Service", BaseURL: service.URL, UserAgent: "terraform-provider-customerio/test",
		Timeout: 10 * time.Second, Redactor: &transport.Redactor{},
	}
}

func get(path string) transport.Request { return transport.Request{Method: http.MethodGet, Path: path} }

func post(path string) transport.Request {
	return transport.Request{Method: http.MethodPost, Path: path, Body: map[string]string{"name": "Shop & Söhne <1>"}}
}

// refusalOf is the error for a GET that is answered like this.
func refusalOf(t *testing.T, answer httpscript.Answer) *transport.Error {
	t.Helper()
	err := transport.New(config(httpscript.Serve(t, answer))).Do(t.Context(), get("/flows/1"), nil)
	var refused *transport.Error
	require.ErrorAs(t, err, &refused)
	return refused
}

// Every form of error body that the services and their gateways are documented or known to send.
func TestErrorBodiesAreUnderstood(t *testing.T) {
	t.Parallel()
	withID := map[string]string{"X-Request-Id": "gw-7f3a"}
	for name, test := range map[string]struct {
		status int
		header map[string]string
		body   string
		want   transport.Error
	}{
		"Flow Service, current form": {
			404, withID, `{"type":"https://ns.adobe.com/aep/errors/FLOW-1439-404","title":"Resource not found","status":404,
				"report":{"detailed-message":"The requested flows resource 84224def is not found.","id":"84224def","request-id":"r-1","type":"flows"},
				"errorMessage":"other words","errorDetails":"other words"}`,
			transport.Error{Code: "FLOW-1439-404", Message: "The requested flows resource 84224def is not found.", RequestID: "r-1"},
		},
		"Flow Service, permission": {
			403, nil, `{"type":"https://ns.adobe.com/aep/errors/FLOW-2120-403","title":"Forbidden","status":403,
				"report":{"detailed-message":"You do not have sufficient permissions","request-id":"r-2"},"errorMessage":"…","errorDetails":"…"}`,
			transport.Error{Code: "FLOW-2120-403", Message: "You do not have sufficient permissions", RequestID: "r-2"},
		},
		"Flow Service, older form": {
			412, withID, `{"errorMessage":"Supplied version=[\"04001277\"] does not match","errorDetails":"Supplied version=[\"04001277\"] does not match the current version"}`,
			transport.Error{Message: `Supplied version=["04001277"] does not match the current version`, RequestID: "gw-7f3a"},
		},
		"Flow Service, message alone": {
			400, nil, `{"message":"Please provide a valid spec id"}`, transport.Error{Message: "Please provide a valid spec id"},
		},
		"gateway, code as string": {
			401, withID, `{"error_code":"401013","message":"Oauth token is not valid"}`,
			transport.Error{Code: "401013", Message: "Oauth token is not valid", RequestID: "gw-7f3a"},
		},
		"gateway, code as number": {
			403, nil, `{"error_code":403010,"message":"Oauth token is missing."}`,
			transport.Error{Code: "403010", Message: "Oauth token is missing."},
		},
		"content type, a type that holds no code": {
			400, nil, `{"type":"/placeholder/type/uri","status":400,"title":"BadRequestError","detail":"A valid content-type must be specified"}`,
			transport.Error{Message: "A valid content-type must be specified"},
		},
		"title alone": {
			503, nil, `{"type":"/placeholder/type/uri","status":503,"title":"ServiceUnavailableError"}`,
			transport.Error{Message: "ServiceUnavailableError"},
		},
		"Schema Registry": {
			404, nil, `{"type":"http://ns.adobe.com/aep/errors/XDM-1012-404","title":"Resource Not Found","status":404,
				"report":{"registryRequestId":"x-9","timestamp":"10-22-2020 06:42:13","detailed-message":"The requested schema is not found.","sub-errors":["one","two"]},
				"detail":"other words"}`,
			transport.Error{Code: "XDM-1012-404", Message: "The requested schema is not found.", RequestID: "x-9", Details: []string{"one", "two"}},
		},
		"platform, with a chain of errors": {
			400, nil, `{"type":"http://ns.adobe.com/aep/errors/XDM-1521-400","title":"Title not unique","detail":"The title is taken.",
				"error-chain":[{"serviceId":"XDM","errorCode":"XDM-1521-400","invokingServiceId":"XDM","unixTimeStampMs":1603348933000}]}`,
			transport.Error{Code: "XDM-1521-400", Message: "The title is taken."},
		},
		"streaming inlet": {
			401, nil, `{"type":"https://ns.adobe.com/adobecloud/problem/data-collection-service-authorization","status":"401",
				"title":"Authorization","report":{"message":"[id] Ims service token is empty"}}`,
			transport.Error{Message: "[id] Ims service token is empty"},
		},
		"IMS": {
			400, map[string]string{"X-Debug-Id": "d-4"}, `{"error":"invalid_client","error_description":"invalid client_secret parameter"}`,
			transport.Error{Code: "invalid_client", Message: "invalid client_secret parameter", RequestID: "d-4"},
		},
		"IMS, bare": {
			400, nil, `{"error":"unauthorized_client"}`, transport.Error{Code: "unauthorized_client"},
		},
		"App API, all members": {
			400, nil, `{"errors":[{"detail":"bad request (reference a1b2c3)","status":"400","code":"invalid_credentials","source":{"pointer":"/data/attributes/email"},"meta":{}}]}`,
			transport.Error{Code: "invalid_credentials", Message: "bad request (reference a1b2c3)", Pointer: "/data/attributes/email"},
		},
		"App API, no code": {
			429, nil, `{"errors":[{"detail":"rate limited to 10 requests per 1s (reference a1b2c3)","status":"429"}]}`,
			transport.Error{Message: "rate limited to 10 requests per 1s (reference a1b2c3)"},
		},
		"App API, several": {
			422, nil, `{"errors":[{"detail":"name is taken","source":{"pointer":"/name"},"status":"422"},{"detail":"endpoint is no URL","source":{"pointer":"/endpoint"},"status":"422"}]}`,
			transport.Error{Message: "name is taken", Details: []string{"endpoint is no URL"}, Pointer: "/name"},
		},
		"App API, meta.error": {
			400, nil, `{"meta":{"error":"Missing message data"}}`, transport.Error{Message: "Missing message data"},
		},
		"App API, meta.errors": {
			400, nil, `{"meta":{"errors":["first","second"]}}`, transport.Error{Message: "first", Details: []string{"second"}},
		},
		"App API, error": {
			404, nil, `{"error":"not found"}`, transport.Error{Message: "not found"},
		},
		"Track API": {
			400, nil, `{"errors":[{"reason":"invalid","field":"name","message":"name is required"}]}`,
			transport.Error{Message: "name is required", Pointer: "name"},
		},
		"errors as texts": {
			400, nil, `{"errors":["first","second"]}`, transport.Error{Message: "first", Details: []string{"second"}},
		},
		"errors null": {
			400, nil, `{"message":"no mapping","errors":null}`, transport.Error{Message: "no mapping"},
		},
		"a member of another type than usual costs only itself": {
			400, nil, `{"report":"none","type":7,"errors":{"name":"taken"},"message":"bad name"}`, transport.Error{Code: "7", Message: "bad name"},
		},
		"an object where a text is usual": {
			400, nil, `{"error":{"reason":"teapot"}}`, transport.Error{Message: `{"reason":"teapot"}`},
		},
		"JSON of no known form": {
			400, nil, `{"fault":"x"}`, transport.Error{Message: `{"fault":"x"}`},
		},
		"plain text": {
			404, map[string]string{"Content-Type": "text/plain"}, "404 page not found\n", transport.Error{Message: "404 page not found"},
		},
		"no body": {500, nil, "", transport.Error{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.want.Service, test.want.Method, test.want.Path = "Adobe Flow Service", http.MethodGet, "/flows/1"
			test.want.Status = test.status
			got := refusalOf(t, httpscript.Answer{Status: test.status, Header: test.header, Body: test.body})
			require.Equal(t, test.want, *got)
		})
	}
}

// A proxy's page must not hide the status, nor pass for an answer of the service.
func TestHTMLErrorPage(t *testing.T) {
	t.Parallel()
	page := "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>nginx</body></html>"
	for name, answer := range map[string]httpscript.Answer{
		"declared": {Status: 502, Header: map[string]string{"Content-Type": "text/html"}, Body: page},
		"sniffed":  {Status: 502, Body: page},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused := refusalOf(t, answer)
			require.Equal(t, 502, refused.Status)
			require.True(t, refused.Foreign)
			require.Contains(t, refused.Error(), "502 (Bad Gateway)")
			require.Equal(t, `an HTML page, "502 Bad Gateway"`, refused.Message)
		})
	}
}

// A page is declared as one by who wrote it, whatever is on it. Its 404 says nothing of the object.
func TestTextThatIsDeclaredAsAPage(t *testing.T) {
	t.Parallel()
	refused := refusalOf(t, httpscript.Answer{Status: 404, Header: map[string]string{"Content-Type": "text/html"}, Body: "no such thing"})
	require.True(t, refused.Foreign)
	require.False(t, transport.IsNotFound(refused))
}

// A text is cut off between two characters.
func TestErrorTextIsCutOffBetweenCharacters(t *testing.T) {
	t.Parallel()
	for _, before := range []string{"", "x"} {
		text := refusalOf(t, httpscript.JSON(500, `{"message":"`+before+strings.Repeat("ü", 10_000)+`"}`)).Error()
		require.True(t, utf8.ValidString(text))
		require.NotContains(t, text, "\uFFFD")
		require.Contains(t, text, "ü …")
	}
}

func TestErrorTextOfLongBodyIsShortened(t *testing.T) {
	t.Parallel()
	body := make([]byte, 100_000)
	for i := range body {
		body[i] = 'x'
	}
	refused := refusalOf(t, httpscript.Answer{Status: 500, Body: string(body)})
	require.Less(t, len(refused.Error()), 1000)
	require.Contains(t, refused.Error(), "xxx …")
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	refused := transport.Error{
		Call: transport.Call{Service: "Customer.io App API", Method: "POST", Path: "/v1/reporting_webhooks"}, Status: 422, Code: "taken",
		Message: "name is taken", Details: []string{"endpoint is no URL"}, RequestID: "r-1",
	}
	require.Equal(t, "Customer.io App API answered POST /v1/reporting_webhooks with 422 (Unprocessable Entity), code taken: "+
		"name is taken; endpoint is no URL (request ID r-1)", refused.Error())
	require.Equal(t, "S answered GET / with 599", (&transport.Error{Call: transport.Call{Service: "S", Method: "GET", Path: "/"}, Status: 599}).Error())
}

// Only a 404 that a service wrote about the object itself may drop the object from the state.
func TestIsNotFound(t *testing.T) {
	t.Parallel()
	flowError := func(code, message string) string {
		return fmt.Sprintf(`{"type":"https://ns.adobe.com/aep/errors/FLOW-%s","report":{"detailed-message":%q}}`, code, message)
	}
	xdmError := func(code, detail string) string {
		return fmt.Sprintf(`{"type":"http://ns.adobe.com/aep/errors/XDM-%s","title":"Resource Not Found","status":404,"detail":%q}`, code, detail)
	}
	for name, test := range map[string]struct {
		status int
		header map[string]string
		body   string
		want   bool
	}{
		"object, current form":      {404, nil, flowError("1439-404", "The requested flows resource 1 is not found."), true},
		"object, framework's code":  {404, nil, flowError("1101-404", "resource with given id does not exist"), true},
		"object, older form":        {404, nil, `{"errorMessage":"flows not found with id = [1]","errorDetails":"flows not found with id = [1]"}`, true},
		"object of a sandbox":       {404, nil, flowError("1439-404", "not found in sandbox dev"), true},
		"App API":                   {404, nil, `{"errors":[{"detail":"The webhook ID does not exist.","status":"404"}]}`, true},
		"no body":                   {404, nil, "", false},
		"a blank body":              {404, nil, " \n", false},
		"sandbox 2100":              {404, nil, flowError("2100-404", "gone"), false},
		"sandbox 2101":              {404, nil, flowError("2101-404", "gone"), false},
		"sandbox 2103":              {404, nil, flowError("2103-404", "The sandbox dev is not found."), false},
		"sandbox 2106":              {404, nil, flowError("2106-404", "There is no default sandbox."), false},
		"sandbox, without a code":   {404, nil, `{"message":"Sandbox not found"}`, false},
		"sandbox, another's code":   {404, nil, xdmError("1010-404", "Sandbox not found"), false},
		"sandbox by its name":       {404, nil, xdmError("1012-404", "The sandbox dev does not exist in the organization."), false},
		"no such sandbox":           {404, nil, xdmError("1012-404", "Could not find sandbox dev."), false},
		"another's object":          {404, nil, xdmError("1010-404", "The requested resource is not found."), true},
		"another's in a sandbox":    {404, nil, xdmError("1010-404", "The schema in the sandbox dev was not found."), true},
		"page of a proxy":           {404, map[string]string{"Content-Type": "text/html"}, "<html>404</html>", false},
		"page without content type": {404, nil, "<!DOCTYPE html><html>404</html>", false},
		"another status":            {410, nil, `{"message":"gone"}`, false},
		"400 that says not found":   {400, nil, flowError("1439-400", "not found"), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused := refusalOf(t, httpscript.Answer{Status: test.status, Header: test.header, Body: test.body})
			require.Equal(t, test.want, transport.IsNotFound(refused))
			require.Equal(t, test.want, transport.IsNotFound(fmt.Errorf("reading the flow: %w", refused)))
		})
	}
	require.False(t, transport.IsNotFound(nil))
	require.False(t, transport.IsNotFound(errors.New("not found")))
}

func TestCodesAreComparedWithoutTheirPrefix(t *testing.T) {
	t.Parallel()
	for code, short := range map[string]string{
		"FLOW-1404-412": "1404-412", "1404-412": "1404-412", "403025": "403025", "invalid_client": "invalid_client", "": "",
	} {
		require.Equal(t, short, (&transport.Error{Code: code}).ShortCode())
	}
	err := fmt.Errorf("patching: %w", &transport.Error{Code: "FLOW-1404-412", Status: 412})
	require.True(t, transport.HasCode(err, "1403-400", "1404-412"))
	require.False(t, transport.HasCode(err, "1403-400"))
	require.True(t, transport.HasStatus(err, http.StatusPreconditionFailed))
	require.False(t, transport.HasStatus(context.Canceled, http.StatusPreconditionFailed))
}

func TestIsGatewayRefusal(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{"403025": true, "401013": true, "FLOW-2120-403": false, "1439-4": false, "": false, "forbid": false} {
		require.Equal(t, want, transport.IsGatewayRefusal(&transport.Error{Code: code}), code)
	}
	require.False(t, transport.IsGatewayRefusal(context.Canceled))
}
