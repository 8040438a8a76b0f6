package httpscript

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Echo is a service for fuzz tests: it answers everything in the one way that it was last told.
type Echo struct {
	// URL is its address.
	URL string

	mutex  sync.Mutex
	status int
	body   string
	calls  int
}

// mostCalls is how many calls one operation may make of what an echo answers. Lists with more pages than that have no end.
const mostCalls = 50

// NewEcho starts an echo that ends with the fuzz test.
func NewEcho(f *testing.F) *Echo {
	f.Helper()
	echo := &Echo{}
	server := httptest.NewServer(echo)
	f.Cleanup(server.Close)
	echo.URL = server.URL
	return echo
}

func (e *Echo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.calls++
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(e.status)
	_, _ = io.WriteString(w, e.body)
}

// Transport is the transport to the echo. Nothing is retried, so that each answer counts at once.
func (e *Echo) Transport(service string) *transport.Client {
	return transport.New(transport.Config{Service: service, BaseURL: e.URL, Timeout: 10 * time.Second})
}

// Answers makes the echo answer with a body, and with a status made of any number, while operations are carried out one after the
// other. They may fail, and must neither panic nor go on for ever; a short time stands for all their patience.
func (e *Echo) Answers(t *testing.T, status uint16, body string, operations ...func(ctx context.Context) error) {
	t.Helper()
	for i, operation := range operations {
		e.mutex.Lock()
		e.status, e.body, e.calls = 200+int(status)%400, body, 0
		e.mutex.Unlock()
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		_ = operation(ctx)
		cancel()
		e.mutex.Lock()
		require.Less(t, e.calls, mostCalls, "operation %d does not end", i)
		e.mutex.Unlock()
	}
}

// Reading is an operation of which only the error counts.
func Reading[T any](read func(ctx context.Context) (T, error)) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		_, err := read(ctx)
		return err
	}
}
