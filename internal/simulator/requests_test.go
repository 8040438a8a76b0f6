package simulator

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const testAccessToken = "an-access-token"

// account is a simulator that tests talk to without a network.
type account struct {
	*Simulator
	t *testing.T
}

// newAccount makes a simulator without delays and without a rate limit, unless the options say otherwise.
func newAccount(t *testing.T, options Options) account {
	t.Helper()
	options.AccessToken = testAccessToken
	options.Provisioning = cmp.Or(options.Provisioning, -1)
	options.RequestsPerSecond = cmp.Or(options.RequestsPerSecond, -1)
	return account{Simulator: New(options), t: t}
}

type headers map[string]string

// send makes a call with these headers and nothing else.
func (a account) send(method, target string, sent headers, body any) reply {
	a.t.Helper()
	text, isText := body.(string)
	if !isText && body != nil {
		encoded, err := json.Marshal(body)
		require.NoError(a.t, err)
		text = string(encoded)
	}
	request := httptest.NewRequest(method, target, strings.NewReader(text))
	for name, value := range sent {
		request.Header.Set(name, value)
	}
	recorder := httptest.NewRecorder()
	a.ServeHTTP(recorder, request)
	return reply{t: a.t, status: recorder.Code, header: recorder.Header(), text: recorder.Body.String()}
}

// adobe makes a call of the Adobe account in the default sandbox. More headers replace the usual ones.
func (a account) adobe(method, path string, body any, more ...headers) reply {
	a.t.Helper()
	sent := headers{
		"Authorization":   "Bearer " + testAccessToken,
		"x-api-key":       DefaultClientID,
		"x-gw-ims-org-id": DefaultOrgID,
		"x-sandbox-name":  DefaultSandbox,
		"Content-Type":    "application/json",
	}
	for _, extra := range more {
		maps.Copy(sent, extra)
	}
	return a.send(method, "/data/foundation"+path, sent, body)
}

// appAPI makes a call with the key of the workspace in the United States.
func (a account) appAPI(method, path string, body any) reply {
	a.t.Helper()
	return a.send(method, path, headers{"Authorization": "Bearer " + DefaultAppAPIKey}, body)
}

type reply struct {
	t      *testing.T
	status int
	header http.Header
	text   string
}

func (r reply) requireStatus(status int) reply {
	r.t.Helper()
	require.Equal(r.t, status, r.status, r.text)
	return r
}

func (r reply) object() map[string]any {
	r.t.Helper()
	var object map[string]any
	require.NoError(r.t, json.Unmarshal([]byte(r.text), &object), r.text)
	return object
}

func (r reply) list() []any {
	r.t.Helper()
	var list []any
	require.NoError(r.t, json.Unmarshal([]byte(r.text), &list), r.text)
	return list
}

func escaped(id string) string { return url.PathEscape(id) }

func accept(format string) headers { return headers{"Accept": "application/vnd.adobe." + format} }
