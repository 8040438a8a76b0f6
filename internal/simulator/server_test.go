package simulator

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

// testClient calls a simulator with all headers that Adobe wants, and with a token.
type testClient struct {
	t      *testing.T
	url    string
	server *httptest.Server
	header http.Header
}

// newTestServer serves a simulator for the duration of a test.
func newTestServer(t *testing.T, options Options) (*Simulator, *testClient) {
	t.Helper()
	options = options.withDefaults()
	s := New(options)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	client := &testClient{t: t, url: server.URL, server: server, header: http.Header{}}
	return s, client.
		with("Authorization", "Bearer "+client.token(options, allScopes)).
		with("x-api-key", options.ClientID).
		with("x-gw-ims-org-id", options.OrgID).
		with("x-sandbox-name", options.Sandboxes[min(1, len(options.Sandboxes)-1)]).
		with("Content-Type", "application/json")
}

const (
	flowServiceBase = "/data/foundation/flowservice"
	dataPrepBase    = "/data/foundation/conversion"
)

const allScopes = "openid,session,AdobeID,read_organizations,additional_info.projectedProductContext"

// with is the same client with one header changed, or left out when the value is empty.
func (c *testClient) with(name, value string) *testClient {
	changed := &testClient{t: c.t, url: c.url, server: c.server, header: c.header.Clone()}
	changed.header.Del(name)
	if value != "" {
		changed.header.Set(name, value)
	}
	return changed
}

// do makes a call and decodes the answer when it is a JSON object. A body that is a string is sent as it is.
func (c *testClient) do(method, path string, body any) (int, http.Header, map[string]any) {
	c.t.Helper()
	status, header, raw := c.raw(method, path, body)
	var decoded map[string]any
	if json.Unmarshal(raw, &decoded) != nil {
		decoded = nil
	}
	return status, header, decoded
}

func (c *testClient) raw(method, path string, body any) (int, http.Header, []byte) {
	c.t.Helper()
	response, err := c.send(method, path, body)
	require.NoError(c.t, err)
	defer func() { require.NoError(c.t, response.Body.Close()) }()
	raw, err := io.ReadAll(response.Body)
	require.NoError(c.t, err)
	return response.StatusCode, response.Header, raw
}

func (c *testClient) send(method, path string, body any) (*http.Response, error) {
	c.t.Helper()
	request, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, bodyReader(c.t, body))
	require.NoError(c.t, err)
	request.Header = c.header.Clone()
	return http.DefaultTransport.RoundTrip(request)
}

func bodyReader(t *testing.T, body any) io.Reader {
	t.Helper()
	switch content := body.(type) {
	case nil:
		return http.NoBody
	case string:
		return strings.NewReader(content)
	default:
		encoded, err := json.Marshal(content)
		require.NoError(t, err)
		return bytes.NewReader(encoded)
	}
}

func (c *testClient) token(options Options, scopes string) string {
	c.t.Helper()
	form := url.Values{
		"grant_type": {"client_credentials"}, "scope": {scopes},
		"client_id": {options.ClientID}, "client_secret": {options.ClientSecret},
	}
	status, _, body := c.with("Content-Type", "application/x-www-form-urlencoded").do("POST", "/ims/token/v3", form.Encode())
	require.Equal(c.t, http.StatusOK, status)
	return body["access_token"].(string)
}

func TestTokenIsIssuedForTheRightSecretOnly(t *testing.T) {
	_, client := newTestServer(t, Options{})
	form := client.with("Content-Type", "application/x-www-form-urlencoded").with("Authorization", "")
	right := "grant_type=client_credentials&client_id=" + DefaultClientID + "&client_secret=" + DefaultClientSecret +
		"&scope=" + url.QueryEscape(allScopes)

	status, _, body := form.do("POST", "/ims/token/v3", right)
	require.Equal(t, 200, status)
	require.Equal(t, "bearer", body["token_type"])
	require.InDelta(t, 86400, body["expires_in"], 1, "seconds, not milliseconds")

	status, _, body = form.do("POST", "/ims/token/v2?"+right, nil)
	require.Equal(t, 200, status, "the older version takes the same parameters in the query")
	require.NotEmpty(t, body["access_token"])

	for name, wrong := range map[string]struct{ form, description string }{
		"client_id":     {strings.Replace(right, DefaultClientID, "nobody", 1), "invalid client_id parameter"},
		"client_secret": {strings.Replace(right, DefaultClientSecret, "guess", 1), "invalid client_secret parameter"},
	} {
		t.Run(name, func(t *testing.T) {
			status, _, body := form.do("POST", "/ims/token/v3", wrong.form)
			require.Equal(t, 400, status, "documented: 400, not 401")
			require.Equal(t, "invalid_client", body["error"])
			require.Equal(t, wrong.description, body["error_description"])
		})
	}
}

func TestGatewayRefusals(t *testing.T) {
	_, client := newTestServer(t, Options{})
	orgless := client.token(Options{}.withDefaults(), "openid,AdobeID")

	for name, test := range map[string]struct {
		header, value string
		status        int
		code          string
	}{
		"no token":                {"Authorization", "", 403, "403010"},
		"unknown token":           {"Authorization", "Bearer nonsense", 401, "401013"},
		"no api key":              {"x-api-key", "", 403, "403000"},
		"unknown api key":         {"x-api-key", "nobody", 403, "403003"},
		"no organisation":         {"x-gw-ims-org-id", "", 400, "400003"},
		"another organisation":    {"x-gw-ims-org-id", "FFFF@AdobeOrg", 403, "403027"},
		"token with few scopes":   {"Authorization", "Bearer " + orgless, 403, "403027"},
		"token of another scheme": {"Authorization", "Basic abc", 401, "401013"},
	} {
		t.Run(name, func(t *testing.T) {
			status, header, body := client.with(test.header, test.value).do("GET", flowServiceBase+"/flows", nil)
			require.Equal(t, test.status, status)
			require.Equal(t, test.code, body["error_code"])
			require.NotEmpty(t, header.Get("X-Request-Id"))
		})
	}
}

func TestSandboxRefusals(t *testing.T) {
	_, client := newTestServer(t, Options{})
	for name, test := range map[string]struct {
		header, value string
		status        int
		code          string
	}{
		"no sandbox":             {"x-sandbox-name", "", 400, "FLOW-2105-400"},
		"unknown sandbox":        {"x-sandbox-name", "nowhere", 404, "FLOW-2103-404"},
		"sandbox in upper case":  {"x-sandbox-name", "DEV", 404, "FLOW-2103-404"},
		"sandbox by id":          {"x-sandbox-id", "1bd86660-c5da-11e9-93d4-6d5fc3a66a8e", 400, "FLOW-2110-400"},
		"wildcard for sandboxes": {"x-sandbox-name", "*", 403, "FLOW-2111-403"},
	} {
		t.Run(name, func(t *testing.T) {
			status, header, body := client.with(test.header, test.value).do("GET", flowServiceBase+"/flows", nil)
			require.Equal(t, test.status, status)
			require.Equal(t, "https://ns.adobe.com/aep/errors/"+test.code, body["type"])
			require.Equal(t, header.Get("X-Request-Id"), document.Member(body, "report", "request-id"))
		})
	}
}

func TestTokensExpire(t *testing.T) {
	s, client := newTestServer(t, Options{})
	clock := newClock(s)
	status, _, _ := client.do("GET", flowServiceBase+"/flows", nil)
	require.Equal(t, 200, status)

	clock.advance(24 * time.Hour)
	status, _, body := client.do("GET", flowServiceBase+"/flows", nil)
	require.Equal(t, 401, status)
	require.Equal(t, "401013", body["error_code"])
}

func TestReadyMadeAccessTokenIsAccepted(t *testing.T) {
	_, client := newTestServer(t, Options{AccessToken: "from-elsewhere"})
	status, _, _ := client.with("Authorization", "Bearer from-elsewhere").do("GET", flowServiceBase+"/flows", nil)
	require.Equal(t, 200, status)
}

func TestSandboxesAreSeparateUniverses(t *testing.T) {
	_, client := newTestServer(t, Options{})
	status, _, created := client.do("POST", flowServiceBase+"/sourceConnections", sourceBody())
	require.Equal(t, 201, status)
	path := flowServiceBase + "/sourceConnections/" + created["id"].(string)

	status, _, _ = client.do("GET", path, nil)
	require.Equal(t, 200, status)
	status, _, _ = client.with("x-sandbox-name", "prod").do("GET", path, nil)
	require.Equal(t, 404, status)
}

func TestClientsThatKnowNothing(t *testing.T) {
	_, client := newTestServer(t, Options{})
	flows := flowServiceBase + "/flows"

	t.Run("unknown path", func(t *testing.T) {
		status, _, body := client.do("GET", flowServiceBase+"/nothing", nil)
		require.Equal(t, 404, status)
		require.Equal(t, "/placeholder/type/uri", body["type"])
	})
	t.Run("path of no service", func(t *testing.T) {
		status, _, body := client.do("GET", "/", nil)
		require.Equal(t, 404, status)
		require.NotEmpty(t, body["detail"])
	})
	t.Run("wrong method", func(t *testing.T) {
		status, header, _ := client.do("PUT", flows+"/4982698b-e6b3-48c2-8dcf-040e20121fd2", "{}")
		require.Equal(t, 405, status, "there is no PUT for flows")
		require.Contains(t, header.Get("Allow"), "PATCH")
	})
	t.Run("HEAD", func(t *testing.T) {
		status, _, raw := client.raw("HEAD", flows, nil)
		require.Equal(t, 200, status)
		require.Empty(t, raw)
	})
	t.Run("malformed JSON", func(t *testing.T) {
		status, _, _ := client.do("POST", flows, `{"name":`)
		require.Equal(t, 400, status)
	})
	t.Run("JSON of another type", func(t *testing.T) {
		status, _, body := client.do("POST", flows, `[1]`)
		require.Equal(t, 400, status)
		require.Equal(t, "https://ns.adobe.com/aep/errors/FLOW-1405-400", body["type"])
	})
	t.Run("no content type", func(t *testing.T) {
		status, _, body := client.with("Content-Type", "").do("POST", flows, `{"name":"x"}`)
		require.Equal(t, 400, status)
		require.Equal(t, "A valid content-type must be specified", body["detail"])
	})
	t.Run("a body beyond all bounds", func(t *testing.T) {
		status, _, _ := client.do("POST", flows, strings.Repeat(" ", 8<<20+1))
		require.Equal(t, 413, status)
	})
	t.Run("trailing slash", func(t *testing.T) {
		status, _, _ := client.do("GET", flows+"/", nil)
		require.Equal(t, 200, status)
	})
}

func TestWhatIsDocumentedAndNotSimulatedSaysSo(t *testing.T) {
	_, client := newTestServer(t, Options{})
	for _, call := range []string{
		"GET /data/foundation/flowservice/connections/1/explore",
		"POST /data/foundation/flowservice/flows/search",
		"PATCH /data/foundation/catalog/v2/dataSets/1",
		"POST /data/foundation/schemaregistry/tenant/classes",
		"POST /data/foundation/flowservice/runs",
		"DELETE /data/foundation/catalog/batches/1",
		"GET /data/foundation/catalog/",
		"GET /data/foundation/conversion/languages/el/operators",
		"GET /data/foundation/schemaregistry/tenant/datatypes",
		"GET /data/foundation/schemaregistry/global/descriptors/1",
	} {
		method, path, _ := strings.Cut(call, " ")
		status, _, body := client.do(method, path, nil)
		require.Equal(t, 501, status, call)
		require.Contains(t, body["detail"], "The simulator does not have the documented call "+method+" /")
	}
	status, _, _ := client.with("Authorization", "").do("GET", "/data/foundation/catalog/batches", nil)
	require.Equal(t, 403, status, "the gateway comes first")
}

func TestCallsAreLogged(t *testing.T) {
	s, client := newTestServer(t, Options{})
	s.ResetCalls()
	_, header, _ := client.do("GET", flowServiceBase+"/flows?limit=5", nil)

	calls := s.Calls()
	require.Len(t, calls, 1)
	require.Equal(t, "GET", calls[0].Method)
	require.Equal(t, flowServiceBase+"/flows", calls[0].Path)
	require.Equal(t, "limit=5", calls[0].Query)
	require.Equal(t, ServiceFlow, calls[0].Service)
	require.Equal(t, 200, calls[0].Status)
	require.Equal(t, header.Get("X-Request-Id"), calls[0].RequestID)
	require.JSONEq(t, `{"items":[],"_links":{}}`, calls[0].ResponseBody)

	s.ResetCalls()
	require.Empty(t, s.Calls())
}

// clock is a time that only tests move.
type clock struct {
	s   *Simulator
	now time.Time
}

func newClock(s *Simulator) *clock {
	c := &clock{s: s, now: time.Now()}
	c.advance(0)
	return c
}

func (c *clock) advance(by time.Duration) {
	c.now = c.now.Add(by)
	now := c.now
	c.s.store.Do(func() { c.s.store.Clock = func() time.Time { return now } })
}
