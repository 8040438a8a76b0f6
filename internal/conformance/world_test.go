package conformance

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// world is a simulator with objects of others in it, and the options of a run against it.
type world struct {
	*simulator.Simulator
	options Options
	// before are the objects of others.
	before []simulator.Object
}

const tenantID = "tenantofsomebody"

// newWorld serves the simulator over TLS, so that HTTP/2 can be asked for. The handler, if there is one, stands before it.
func newWorld(t *testing.T, before func(http.Handler) http.Handler) *world {
	t.Helper()
	w := newEmptyWorld(t, before)
	w.SeedDataset(simulator.DefaultSandbox, "Events of somebody")
	w.AddJSWebhook("A webhook of somebody")
	w.before = w.Objects()
	return w
}

func newEmptyWorld(t *testing.T, before func(http.Handler) http.Handler) *world {
	t.Helper()
	w := &world{Simulator: simulator.New(simulator.Options{RequestsPerSecond: -1, TenantID: tenantID}), before: []simulator.Object{}}
	handler := http.Handler(w.Simulator)
	if before != nil {
		handler = before(handler)
	}
	server := httptest.NewUnstartedServer(handler)
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	settings, err := FromEnvironment(environment(map[string]string{
		"ADOBE_PLATFORM_URL": server.URL, "ADOBE_IMS_URL": server.URL, "CUSTOMERIO_BASE_URL": server.URL,
	}))
	require.NoError(t, err)
	w.options = Options{
		Settings: settings, Pool: server.Client().Transport, Pace: 2 * time.Millisecond, Progress: io.Discard,
		Ask: func(string) (bool, error) { return true, nil },
	}
	return w
}

// environment is that of somebody with both accounts, with some variables over it.
func environment(over map[string]string) func(string) string {
	return func(name string) string {
		if value, set := over[name]; set {
			return value
		}
		return map[string]string{
			"ADOBE_ORG_ID": simulator.DefaultOrgID, "ADOBE_CLIENT_ID": simulator.DefaultClientID, "ADOBE_CLIENT_SECRET": simulator.DefaultClientSecret,
			"ADOBE_SANDBOX_NAME": simulator.DefaultSandbox, "CUSTOMERIO_APP_API_KEY": simulator.DefaultAppAPIKey,
			"CUSTOMERIO_REQUESTS_PER_SECOND": "1000",
		}[name]
	}
}

func (w *world) run(t *testing.T) *Result {
	t.Helper()
	result, err := Run(t.Context(), w.options)
	require.NoError(t, err)
	return result
}

// requireNothingLeft wants the objects of others, and no others.
func (w *world) requireNothingLeft(t *testing.T) {
	t.Helper()
	require.Equal(t, w.before, w.Objects())
}

// writes are the calls that may change something: a token is none of the account's objects.
func (w *world) writes() (calls []simulator.Call) {
	return slices.DeleteFunc(w.Calls(), func(call simulator.Call) bool {
		return call.Method == http.MethodGet || call.Service == simulator.ServiceIMS
	})
}

// idsOf are the probes with a verdict.
func (r *Result) idsOf(verdict Verdict) (ids []string) {
	for _, one := range r.with(verdict) {
		ids = append(ids, one.ID)
	}
	return ids
}

// rewriting is a proxy that changes the bodies of requests.
func rewriting(old, replacement string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(strings.NewReader(strings.ReplaceAll(string(body), old, replacement)))
			next.ServeHTTP(w, r)
		})
	}
}
