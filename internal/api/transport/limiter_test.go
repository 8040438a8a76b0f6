package transport_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

func TestRateAdaptsToTheService(t *testing.T) {
	t.Parallel()
	good := func(int) int { return http.StatusOK }
	refusesThe := func(status int, refused ...int) func(int) int {
		return func(number int) int {
			for _, one := range refused {
				if number == one {
					return status
				}
			}
			return http.StatusOK
		}
	}
	for name, test := range map[string]struct {
		ceiling  float64
		requests int
		status   func(number int) int
		asks     string
		// counts are the calls in each second.
		counts []int
	}{
		"no rate is known":            {transport.Unlimited, 100, good, "", []int{100, 0}},
		"a rate is configured":        {10, 35, good, "", []int{10, 10, 10, 5, 0}},
		"a refusal halves it":         {10, 45, refusesThe(429, 9), "1", []int{10, 1, 5, 7, 8, 8, 6}},
		"a refusal without a wait":    {10, 40, refusesThe(429, 9), "", []int{10, 5, 7, 7, 8}},
		"overload is a refusal":       {10, 45, refusesThe(503, 9), "1", []int{10, 1, 5, 7, 8, 8, 6}},
		"trouble is none":             {10, 30, refusesThe(503, 9), "", []int{10, 10, 10}},
		"a quota is no rate":          {10, 30, refusesThe(429, 9), "301", []int{10, 10, 10}},
		"nobody comes before the end": {10, 30, refusesThe(429, 9), "4", []int{10, 0, 0, 0, 1, 5}},
		"two are halved twice":        {8, 30, refusesThe(429, 7, 11), "1", []int{8, 1, 3, 1, 4, 4, 5, 4}},
		"refusals alone lower it once": {8, 28, func(number int) int {
			if number < 8 {
				return http.StatusOK
			}
			return http.StatusTooManyRequests
		}, "", []int{8, 4, 4, 4, 4, 4}},
	} {
		t.Run(name, func(t *testing.T) {
			underFakeClock(t, func(t *testing.T) {
				service := statuses(test.status)
				service.asks, service.takes = test.asks, time.Millisecond
				all(t, service.client(transport.NewLimiter(test.ceiling), 0), numbered(test.requests))
				require.Equal(t, test.counts, service.perSecond(len(test.counts)))
			})
		})
	}
}

// Twenty requests are under way when every other one of them is refused. That is one refusal, of the twenty a second that were sent: there
// is no telling from their answers how the service takes ten.
func TestRequestsUnderWayAreRefusedTogether(t *testing.T) {
	for name, ceiling := range map[string]float64{"no rate is known": transport.Unlimited, "far below the ceiling": 10000} {
		t.Run(name, func(t *testing.T) {
			underFakeClock(t, func(t *testing.T) {
				service := statuses(func(number int) int {
					if number < 20 && number%2 == 0 {
						return http.StatusTooManyRequests
					}
					return http.StatusOK
				})
				service.asks, service.takes = "1", 50*time.Millisecond
				client := service.client(transport.NewLimiter(ceiling), 0)
				all(t, client, numbered(20))
				requireAllSucceed(t, all(t, client, numbered(30)))
				require.Equal(t, []int{20, 10, 12}, service.perSecond(3))
			})
		})
	}
}

func TestFirstComeFirstServed(t *testing.T) {
	underFakeClock(t, func(t *testing.T) {
		service := statuses(func(int) int { return http.StatusOK })
		requireAllSucceed(t, all(t, service.client(transport.NewLimiter(10), 0), numbered(30)))
		require.Equal(t, numbered(30), service.answered(http.StatusOK))
	})
}

// Fifty requests come a millisecond apart, and each takes ten. The first is refused, and so are those that are under way by then.
func TestOneRefusalHoldsTheOthersBack(t *testing.T) {
	underFakeClock(t, func(t *testing.T) {
		start := time.Now()
		service := statuses(func(int) int {
			if time.Since(start) < time.Minute {
				return http.StatusTooManyRequests
			}
			return http.StatusOK
		})
		service.asks, service.takes = "60", 10*time.Millisecond
		client := service.client(nil, 5)
		var group sync.WaitGroup
		for _, path := range numbered(50) {
			group.Go(func() {
				require.NoError(t, client.Do(t.Context(), get(path), nil))
			})
			time.Sleep(time.Millisecond)
		}
		group.Wait()
		require.Len(t, service.answered(http.StatusOK), 50)
		require.LessOrEqual(t, len(service.answered(http.StatusTooManyRequests)), 11)
	})
}

// Two clients of a service have one limiter, as those of two sandboxes do.
func TestClientsShareALimiter(t *testing.T) {
	underFakeClock(t, func(t *testing.T) {
		limiter := transport.NewLimiter(transport.Unlimited)
		busy := statuses(func(int) int { return http.StatusTooManyRequests })
		busy.asks = "60"
		require.Error(t, busy.client(limiter, 0).Do(t.Context(), get("/shops"), nil))
		start, idle := time.Now(), statuses(func(int) int { return http.StatusOK })
		require.NoError(t, idle.client(limiter, 0).Do(t.Context(), get("/shops"), nil))
		require.Equal(t, time.Minute, time.Since(start))
	})
}

// A quota is used up: each request hears it at once, and none waits for another one's sake.
func TestQuotaIsToldToEachAtOnce(t *testing.T) {
	underFakeClock(t, func(t *testing.T) {
		start, service := time.Now(), statuses(func(int) int { return http.StatusTooManyRequests })
		service.asks = "86400"
		for _, err := range all(t, service.client(nil, 5), numbered(50)) {
			require.True(t, transport.HasStatus(err, http.StatusTooManyRequests))
		}
		require.Len(t, service.answered(http.StatusTooManyRequests), 50)
		require.Zero(t, time.Since(start))
	})
}

func TestRetriesStayBounded(t *testing.T) {
	underFakeClock(t, func(t *testing.T) {
		service := statuses(func(int) int { return http.StatusTooManyRequests })
		service.asks = "1"
		for _, err := range all(t, service.client(nil, 3), numbered(10)) {
			require.True(t, transport.HasStatus(err, http.StatusTooManyRequests))
		}
		require.Len(t, service.answered(http.StatusTooManyRequests), 10*4)
	})
}

// Who stops waiting is gone at once, and those behind move up.
func TestWaitEndsWithTheContext(t *testing.T) {
	underFakeClock(t, func(t *testing.T) {
		service := statuses(func(int) int { return http.StatusOK })
		client := service.client(transport.NewLimiter(1), 0)
		ctx, cancel := context.WithCancel(t.Context())
		var group sync.WaitGroup
		for i, path := range numbered(4) {
			group.Go(func() {
				if i == 1 || i == 2 { // the first in the queue, and one behind it
					require.ErrorIs(t, client.Do(ctx, get(path), nil), context.Canceled)
					require.Empty(t, service.answered(http.StatusOK)[1:])
					return
				}
				require.NoError(t, client.Do(t.Context(), get(path), nil))
			})
			synctest.Wait()
		}
		cancel()
		group.Wait()
		require.Equal(t, []int{1, 1, 0, 0}, service.perSecond(4))
	})
}

// line is a line of the log.
type line struct {
	Message string  `json:"@message"`
	Waiting int     `json:"waiting"`
	Seconds int     `json:"seconds"`
	Rate    float64 `json:"per_second"`
}

func TestLogTellsHowManyWait(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		requests int
		told     []line
	}{
		"many": {60, []line{
			{Waiting: 54, Seconds: 54, Rate: 1}, {Waiting: 44, Seconds: 44, Rate: 1}, {Waiting: 34, Seconds: 34, Rate: 1},
			{Waiting: 24, Seconds: 24, Rate: 1}, {Waiting: 14, Seconds: 14, Rate: 1},
		}},
		"for a moment": {10, nil},
		"a few":        {5, nil},
	} {
		t.Run(name, func(t *testing.T) {
			underFakeClock(t, func(t *testing.T) {
				var log bytes.Buffer
				ctx := tflogtest.RootLogger(t.Context(), &log)
				service := statuses(func(int) int { return http.StatusOK })
				client := service.client(transport.NewLimiter(1), 0)
				var group sync.WaitGroup
				for _, path := range numbered(test.requests) {
					group.Go(func() { require.NoError(t, client.Do(ctx, get(path), nil)) })
				}
				group.Wait()
				var told []line
				for _, text := range strings.Split(strings.TrimSpace(log.String()), "\n") {
					var one line
					require.NoError(t, json.Unmarshal([]byte(text), &one))
					if one.Waiting > 0 {
						require.Equal(t, "many requests wait for their turn at Shop", one.Message)
						one.Message = ""
						told = append(told, one)
					}
				}
				require.Equal(t, test.told, told)
			})
		})
	}
}
