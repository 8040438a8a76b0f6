package diagnostics_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// proxied is a name that no resolver knows. Only a proxy leads to it: see [useProxies].
const proxied = ".proxied.invalid"

// useProxies makes every pool of connections, which is a copy of the standard transport, reach "http-PORT.proxied.invalid" through the proxy
// on that port. The environment variables are of no use here: Go reads them once, and not for loopback addresses.
func useProxies() {
	http.DefaultTransport.(*http.Transport).Proxy = func(request *http.Request) (*url.URL, error) {
		name, found := strings.CutSuffix(request.URL.Hostname(), proxied)
		if !found {
			return nil, nil //nolint:nilnil // as documented: no proxy
		}
		scheme, port, _ := strings.Cut(name, "-")
		return &url.URL{Scheme: scheme, Host: "127.0.0.1:" + port}, nil
	}
}

// unreached are the ways in which a call does not reach Adobe's services, by golden file: each starts a server, and returns the address
// to configure in place of the services'.
var unreached = map[string]func(*testing.T) string{
	"proxy-407": func(t *testing.T) string { return through(t, http.StatusProxyAuthRequired) },
	"proxy-403": func(t *testing.T) string { return through(t, http.StatusForbidden) },
	"proxy-without-tls": func(t *testing.T) string {
		return strings.Replace(through(t, http.StatusOK), "http-", "https-", 1)
	},
	"certificate-not-trusted": func(t *testing.T) string { return serve(t, httptest.NewTLSServer) },
	"https-to-http":           func(t *testing.T) string { return strings.Replace(serve(t, httptest.NewServer), "http:", "https:", 1) },
	"http-to-https": func(t *testing.T) string {
		return strings.Replace(serve(t, httptest.NewTLSServer), "https:", "http:", 1)
	},
	"tls-too-old": func(t *testing.T) string {
		return serve(t, func(handler http.Handler) *httptest.Server {
			server := httptest.NewUnstartedServer(handler)
			server.TLS = &tls.Config{MaxVersion: tls.VersionTLS11}
			server.StartTLS()
			return server
		})
	},
}

// serve starts a server that no request reaches, and returns its address.
func serve(t *testing.T, start func(http.Handler) *httptest.Server) string {
	t.Helper()
	server := start(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a request arrived") }))
	t.Cleanup(server.Close)
	return server.URL
}

// through is an address behind a proxy that answers with a status.
func through(t *testing.T, status int) string {
	t.Helper()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	t.Cleanup(proxy.Close)
	target, err := url.Parse(proxy.URL)
	require.NoError(t, err)
	return "https://http-" + target.Port() + proxied
}

// requireNothingPending creates a source connection, which must fail with one error, the golden one, and leave nothing in the state.
func requireNothingPending(ctx context.Context, t *testing.T, terraform *core.Core, name string) {
	t.Helper()
	created := core.Instance{Type: "customerio_source_connection"}
	diags := terraform.Apply(ctx, &created, attributes{"name": "Customer.io"})
	require.Len(t, diags, 1)
	require.False(t, created.Exists(), "nothing was sent")
	shown := rendered(diags[0], "")
	require.Empty(t, canaryParts.FindAllString(shown, -1), shown)
	require.NotContains(t, shown, "127.0.0.1", "the value of a setting")
	requireGolden(t, filepath.Join("testdata", connectionGroup, name+".txt"), shown)
}

const connectionGroup = "connection"

func TestWhyACallDoesNotReachTheService(t *testing.T) {
	t.Parallel()
	for name, start := range unreached {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := newWorld(t)
			world.URL = start(t)
			requireNothingPending(t.Context(), t, world.terraform(), name)
		})
	}
}

// tokenWithNewline is the one value of a header that no setting holds and nobody has checked before.
const tokenWithNewline = "token-with-newline"

func TestAccessTokenThatNoHeaderCanHold(t *testing.T) {
	t.Parallel()
	world := newWorld(t)
	world.withoutToken = true
	world.AddFault(simulator.Fault{
		Method: http.MethodPost, Path: tokenPath, Do: simulator.FaultAnswer, Status: http.StatusOK,
		Body: fmt.Sprintf(`{"access_token":"%s\n","token_type":"bearer","expires_in":86399}`, "canarytoken-4f9d"),
	})
	requireNothingPending(t.Context(), t, world.terraform(), tokenWithNewline)
}

// etagWithNewline is a value that a service told and that is sent back to it in a header.
const etagWithNewline = "etag-with-newline"

func TestEtagThatNoHeaderCanHold(t *testing.T) {
	t.Parallel()
	scene := newWorld(t).prepare(updateSource)
	scene.AddFault(simulator.Fault{
		Method: http.MethodGet, Path: updateSource.path, Do: simulator.FaultAnswer, Status: http.StatusOK,
		Body: fmt.Sprintf(`{"items":[{"id":%q,"name":"Customer.io","etag":"1\n2","state":"enabled"}]}`, scene.before.Text("id")),
	})
	diags := scene.run()
	require.Len(t, diags, 1)
	requireGolden(t, filepath.Join("testdata", connectionGroup, etagWithNewline+".txt"), rendered(diags[0], ""))
}
