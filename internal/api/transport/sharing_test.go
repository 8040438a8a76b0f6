package transport

import (
	"compress/gzip"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// counted counts the connections that it accepts.
type counted struct {
	net.Listener
	accepted atomic.Int32
}

func (l *counted) Accept() (net.Conn, error) {
	connection, err := l.Listener.Accept()
	if err == nil {
		l.accepted.Add(1)
	}
	return connection, err
}

// inCrowd makes calls, as many at a time as Terraform does with -parallelism=30.
func inCrowd(t *testing.T, client *Client, calls int) {
	t.Helper()
	var group sync.WaitGroup
	slots := make(chan struct{}, 30)
	for range calls {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			if err := client.Do(t.Context(), Request{Method: http.MethodGet, Path: "/flows/1"}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

// TestConnectionsAreShared makes hundreds of calls, over one connection where the service speaks HTTP/2, and otherwise over few. The standard library
// opens some more than there are calls at a time: a connection that is free again may be faster than a new one.
func TestConnectionsAreShared(t *testing.T) { //nolint:paralleltest // changes the standard transport
	for protocol, most := range map[int]int32{1: 100, 2: 1} {
		var others atomic.Int32
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ProtoMajor != protocol {
				others.Add(1)
			}
			_, _ = w.Write([]byte(`{}`))
		}))
		listener := &counted{Listener: server.Listener}
		server.Listener, server.EnableHTTP2 = listener, protocol == 2
		server.StartTLS()
		t.Cleanup(server.Close)
		client := clientOf(t, server.URL, server.Certificate(), "", 10*time.Second)
		require.NoError(t, client.Do(t.Context(), Request{Method: http.MethodGet, Path: "/flows/1"}, nil))
		inCrowd(t, client, 300)
		require.LessOrEqual(t, listener.accepted.Load(), most)
		require.Zero(t, others.Load(), "calls of another version of HTTP")
	}
}

// TestAnswersAreCompressed asks for answers in gzip, which makes a page of a hundred mapping sets a tenth as long.
func TestAnswersAreCompressed(t *testing.T) { //nolint:paralleltest // changes the standard transport
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			w.WriteHeader(http.StatusNotAcceptable)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", "application/json")
		writer := gzip.NewWriter(w)
		_, _ = writer.Write([]byte(`{"id":"1"}`))
		_ = writer.Close()
	}))
	t.Cleanup(server.Close)
	var answer struct {
		ID string `json:"id"`
	}
	require.NoError(t, clientOf(t, server.URL, nil, "", 10*time.Second).Do(t.Context(), Request{Method: http.MethodGet, Path: "/flows/1"}, &answer))
	require.Equal(t, "1", answer.ID)
}
