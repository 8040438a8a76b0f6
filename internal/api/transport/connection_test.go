package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// clientOf reaches a URL with a pool of connections that trusts a server and takes a proxy.
func clientOf(t *testing.T, base string, trusted *x509.Certificate, proxy string, timeout time.Duration) *Client {
	t.Helper()
	t.Cleanup(prepared(trusted, proxy))
	return New(Config{Service: "Adobe Flow Service", BaseURL: base, Timeout: timeout, MaxRetries: 1, Redactor: &Redactor{}})
}

// prepared changes the standard transport, from which every pool is made, until it is called.
func prepared(trusted *x509.Certificate, proxy string) func() {
	before := http.DefaultTransport
	changed := before.(*http.Transport).Clone()
	if trusted != nil {
		roots := x509.NewCertPool()
		roots.AddCert(trusted)
		changed.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	}
	changed.Proxy = nil
	if proxy != "" {
		target, err := url.Parse(proxy)
		changed.Proxy = func(*http.Request) (*url.URL, error) { return target, err }
	}
	http.DefaultTransport = changed
	return func() { http.DefaultTransport = before }
}

// silentFirst accepts connections, of which the first is answered once and then receives nothing any more.
type silentFirst struct {
	net.Listener
	accepted atomic.Int32
	silenced chan struct{}
}

func (l *silentFirst) Accept() (net.Conn, error) {
	connection, err := l.Listener.Accept()
	if err == nil && l.accepted.Add(1) == 1 {
		connection = &silent{connection, l.silenced}
	}
	return connection, err
}

// silent swallows all that is written once it is silenced, as a network that drops packets.
type silent struct {
	net.Conn
	silenced chan struct{}
}

func (c *silent) Write(data []byte) (int, error) {
	select {
	case <-c.silenced:
		return len(data), nil
	default:
		return c.Conn.Write(data)
	}
}

func TestSilentHTTP2ConnectionIsNotUsedAgain(t *testing.T) { //nolint:paralleltest // changes the standard transport
	silenced := make(chan struct{})
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 {
			w.WriteHeader(http.StatusHTTPVersionNotSupported)
		}
		_, _ = w.Write([]byte(`{}`))
	}))
	listener := &silentFirst{Listener: server.Listener, silenced: silenced}
	server.Listener, server.EnableHTTP2 = listener, true
	server.StartTLS()
	t.Cleanup(server.Close)
	client := clientOf(t, server.URL, server.Certificate(), "", 300*time.Millisecond)
	read := func() error { return client.Do(t.Context(), Request{Method: http.MethodGet, Path: "/flows/1"}, nil) }
	require.NoError(t, read())
	require.NoError(t, read())
	require.EqualValues(t, 1, listener.accepted.Load())
	close(silenced)
	require.NoError(t, read(), "the retry has a connection of its own")
	require.EqualValues(t, 2, listener.accepted.Load())
	require.NoError(t, read())
	require.EqualValues(t, 2, listener.accepted.Load())
	pool := newPool()
	require.Equal(t, silence, pool.HTTP2.SendPingTimeout)
	require.Equal(t, answerToPing, pool.HTTP2.PingTimeout)
}

type badHeader struct{}

func (badHeader) Apply(_ context.Context, request *http.Request) error {
	request.Header.Set("Authorization", "Bearer canary\nvalue")
	return nil
}
func (badHeader) Renew(*http.Request) bool { return false }

// What certainly never reached the service is no call with an unknown outcome.
func TestCallThatWasNeverSentIsNotAmbiguous(t *testing.T) { //nolint:paralleltest // changes the standard transport
	var mutex sync.Mutex
	reached := 0
	service := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { mutex.Lock(); reached++; mutex.Unlock() }))
	t.Cleanup(service.Close)
	proxyWith := func(status int) (string, *atomic.Int32) {
		connects := &atomic.Int32{}
		proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { connects.Add(1); w.WriteHeader(status) }))
		t.Cleanup(proxy.Close)
		return proxy.URL, connects
	}
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	needsCredentials, connects407 := proxyWith(407)
	refuses, connects403 := proxyWith(403)
	fails, connects502 := proxyWith(502)
	for name, test := range map[string]struct {
		base, proxy string
		credentials Credentials
		text        string
	}{
		"untrusted certificate":        {service.URL, "", nil, "certificate"},
		"proxy that wants credentials": {service.URL, needsCredentials, nil, "the proxy refused the connection with 407"},
		"proxy that refuses":           {service.URL, refuses, nil, "the proxy refused the connection with 403"},
		"proxy that fails":             {service.URL, fails, nil, "the proxy refused the connection with 502"},
		"proxy that is not there":      {service.URL, closed.URL, nil, "proxyconnect"},
		"unknown name":                 {"https://service.invalid", "", nil, "lookup service.invalid"},
		"connection refused":           {closed.URL, "", nil, "connection refused"},
		"no TLS":                       {"https" + plain.URL[len("http"):], "", nil, "the TLS handshake failed: tls: first record does not look like a TLS handshake"},
		"invalid header":               {plain.URL, "", badHeader{}, "the header Authorization has a character that no header may have"},
	} {
		t.Run(name, func(t *testing.T) { //nolint:paralleltest // changes the standard transport
			client := clientOf(t, test.base, nil, test.proxy, 10*time.Second)
			if test.credentials != nil {
				client = New(Config{Service: "Adobe Flow Service", BaseURL: test.base, Timeout: 10 * time.Second, Credentials: test.credentials})
			}
			err := client.Do(t.Context(), Request{Method: http.MethodPost, Path: "/flows", Body: 1}, nil)
			require.ErrorContains(t, err, test.text)
			require.False(t, IsAmbiguous(err), "%v", err)
			require.NotContains(t, err.Error(), "canary")
			require.Zero(t, reached)
		})
	}
	require.EqualValues(t, 1, connects407.Load(), "another try does not help")
	require.EqualValues(t, 1, connects403.Load())
	require.EqualValues(t, 2, connects502.Load())
}
