package simulator

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// TestLatency makes ten calls at once, by a clock that only waiting moves: together they take as long as one. If they waited for the lock of
// the store, that clock would stand still, and the test would time out.
func TestLatency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		account := newAccount(t, Options{Latency: 50 * time.Millisecond})
		began := time.Now()
		var calls sync.WaitGroup
		for range 10 {
			calls.Go(func() { account.appAPI("GET", "/v1/workspaces", nil) })
		}
		calls.Wait()
		require.Equal(t, 50*time.Millisecond, time.Since(began))
		account.send("GET", "/_simulator/calls", nil, nil)
		require.Equal(t, 50*time.Millisecond, time.Since(began), "the control plane is no service")
	})
}
