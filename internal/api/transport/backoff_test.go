package transport

import (
	"fmt"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func answered(retryAfter string) *http.Response {
	header := http.Header{}
	if retryAfter != "" {
		header.Set("Retry-After", retryAfter)
	}
	return &http.Response{Header: header}
}

func TestBackoffHonoursSeconds(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]time.Duration{"0": 0, "1": time.Second, "120": 2 * time.Minute} {
		require.Equal(t, want, backoff(0, 0, 0, answered(value)), value)
	}
}

func TestBackoffHonoursDate(t *testing.T) {
	t.Parallel()
	soon := time.Now().Add(time.Minute).UTC().Format(http.TimeFormat)
	require.InDelta(t, time.Minute, backoff(0, 0, 0, answered(soon)), float64(5*time.Second))
	past := time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat)
	require.Zero(t, backoff(0, 0, 0, answered(past)))
}

// Without a usable Retry-After the wait is random below a bound that doubles from half a second to half a minute.
func TestBackoffGrowsToItsBound(t *testing.T) {
	t.Parallel()
	for _, response := range []*http.Response{nil, answered(""), answered("soon"), answered("-3")} {
		for attempt, bound := range []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second} {
			longest := time.Duration(0)
			for range 500 {
				wait := backoff(0, 0, attempt, response)
				require.Positive(t, wait)
				require.LessOrEqual(t, wait, bound+time.Millisecond)
				longest = max(longest, wait)
			}
			require.Greater(t, longest, bound/2, "of 500 waits one is in the upper half")
		}
	}
	for range 100 {
		require.LessOrEqual(t, backoff(0, 0, 1000, nil), 30*time.Second+time.Millisecond)
	}
}

func TestPageOnRetriesHasTheLimits(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../../docs/design/retries.md")
	require.NoError(t, err)
	for name, value := range map[string]any{
		"shortestWait": shortestWait, "longestWait": longestWait, "patience": patience,
		"lowering": lowering, "rise": rise, "slowest": slowest, "crowding": crowding, "progress": progress,
	} {
		require.Contains(t, string(page), fmt.Sprintf("| `%s` | %v |", name, value))
	}
}
