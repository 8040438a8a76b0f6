package transport

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"golang.org/x/net/http/httpguts"
)

const (
	// silence is how long an HTTP/2 connection with open requests may receive nothing before it is asked whether it lives, and
	// answerToPing how long that answer may take.
	silence      = 10 * time.Second
	answerToPing = 5 * time.Second
)

// connections is the pool that requests take their connections from. All requests to a service share one HTTP/2 connection, and one that
// has gone silent, as after a change of networks, would take every attempt with it: after a failure there is a new pool.
type connections struct {
	pool atomic.Pointer[http.Transport]
}

func newConnections() *connections {
	c := &connections{}
	c.pool.Store(newPool())
	return c
}

func newPool() *http.Transport {
	pool := http.DefaultTransport.(*http.Transport).Clone()
	pool.MaxIdleConnsPerHost = pool.MaxIdleConns // Terraform works on many resources at once
	pool.HTTP2 = &http.HTTP2Config{SendPingTimeout: silence, PingTimeout: answerToPing}
	pool.OnProxyConnectResponse = func(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
		if answer.StatusCode == http.StatusOK {
			return nil
		}
		return &ProxyError{answer.StatusCode}
	}
	return pool
}

// exchange sends one request, and reads the answer with a function.
func (c *connections) exchange(request *http.Request, read func(*http.Response) error) (*http.Response, error) {
	var connected atomic.Bool
	var handshake atomic.Pointer[error]
	ctx := httptrace.WithClientTrace(request.Context(), &httptrace.ClientTrace{
		GotConn:          func(httptrace.GotConnInfo) { connected.Store(true) },
		TLSHandshakeDone: func(_ tls.ConnectionState, err error) { handshake.Store(&err) },
	})
	pool := c.pool.Load()
	response, err := pool.RoundTrip(request.WithContext(ctx))
	if err == nil {
		err = read(response)
	}
	switch {
	case err == nil:
	case !connected.Load():
		err = &unsentError{withoutTLS(err, handshake.Load())}
	case c.pool.CompareAndSwap(pool, newPool()):
		pool.CloseIdleConnections()
	}
	return response, err
}

// unsentError is the failure of a request for which there was no connection, so that certainly nothing was sent: the name or the
// certificate is wrong, the connection was refused, or a proxy did not make it.
type unsentError struct{ error }

func (e *unsentError) Unwrap() error { return e.error }

// ProxyError is the refusal of a proxy to connect to the service.
type ProxyError struct {
	// Status is the HTTP status of its answer.
	Status int
}

func (e *ProxyError) Error() string {
	return fmt.Sprintf("the proxy refused the connection with %d (%s)", e.Status, http.StatusText(e.Status))
}

// HandshakeError is a connection over which nobody spoke TLS, or not a kind of it that both sides know or trust. There is no type for most
// of these errors in crypto/tls.
type HandshakeError struct{ cause error }

func (e *HandshakeError) Error() string { return "the TLS handshake failed: " + e.cause.Error() }
func (e *HandshakeError) Unwrap() error { return e.cause }

// withoutTLS is the reason why there is no connection: a [HandshakeError] if that is how the handshake, if any, ended, and not only slowly.
func withoutTLS(err error, handshake *error) error {
	late, is := errors.AsType[net.Error](err)
	if handshake == nil || *handshake == nil || !errors.Is(err, *handshake) || is && late.Timeout() {
		return err
	}
	return &HandshakeError{err}
}

// HeaderError is a header whose value holds a character that none may hold, such as a newline.
type HeaderError struct {
	// Name is that of the header. The value may be a secret.
	Name string
}

func (e *HeaderError) Error() string {
	return fmt.Sprintf("the value for the header %s has a character that no header may have", e.Name)
}

// checkHeaders refuses what net/http would refuse with an error of no type.
func checkHeaders(header http.Header) error {
	for name, values := range header {
		for _, value := range values {
			if !httpguts.ValidHeaderFieldValue(value) {
				return &HeaderError{name}
			}
		}
	}
	return nil
}

// isLasting tells whether the reason that there is no connection will be the same on the next try.
func isLasting(err error) bool {
	if refused, is := errors.AsType[*ProxyError](err); is {
		return !passingStatus(refused.Status)
	}
	_, untrusted := errors.AsType[*tls.CertificateVerificationError](err)
	return untrusted
}
