//go:build unix

// Elsewhere no port can be bound that is not listened to.

package faultmatrix_test

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// moment is how long nobody listens. The pauses between attempts are random, and three of them are hardly ever shorter than that.
const moment = 30 * time.Millisecond

// TestRefusedConnections is the one kind of trouble that is not a call's: nobody listens, for a moment or at all.
func TestRefusedConnections(t *testing.T) {
	t.Parallel()
	for _, life := range lifecycles() {
		for _, operation := range life.phases() {
			for _, back := range []time.Duration{moment, 0} {
				t.Run(fmt.Sprintf("%s/%s/%s", life.typeName, operation.name, back), func(t *testing.T) {
					t.Parallel()
					cell := life.newCell(t)
					require.NoError(t, operation.before(t.Context(), cell.terraform(t, cell.world.URL), cell))
					address := cell.listenAfter(t, back)
					err := operation.do(t.Context(), cell.terraform(t, "http://"+address), cell)
					if back > 0 {
						require.NoError(t, err)
					} else {
						require.Error(t, err)
					}
					cell.judge(t, operation, false, err)
				})
			}
		}
	}
}

// listenAfter is an address where the services are only after a while, or never. It is bound from the start, so that nobody else
// gets it; what is bound and not listened to refuses connections.
func (c *cell) listenAfter(t *testing.T, back time.Duration) string {
	t.Helper()
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	require.NoError(t, err)
	file := os.NewFile(uintptr(socket), "bound")
	t.Cleanup(func() { _ = file.Close() })
	require.NoError(t, syscall.Bind(socket, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}))
	bound, err := syscall.Getsockname(socket)
	require.NoError(t, err)
	address := fmt.Sprintf("127.0.0.1:%d", bound.(*syscall.SockaddrInet4).Port)
	if back == 0 {
		return address
	}
	server := &http.Server{Handler: c.world.Simulator, ReadHeaderTimeout: time.Minute}
	var started sync.WaitGroup
	started.Go(func() {
		time.Sleep(back)
		if syscall.Listen(socket, 128) != nil {
			return
		}
		if listener, err := net.FileListener(file); err == nil {
			go func() { _ = server.Serve(listener) }()
		}
	})
	t.Cleanup(func() {
		started.Wait()
		_ = server.Close()
	})
	return address
}
