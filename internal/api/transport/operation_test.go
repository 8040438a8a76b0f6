package transport_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Each of a hundred operations has a few seconds, and the queue takes a hundred.
func TestQueueTakesNothingOfAnOperationsTime(t *testing.T) {
	underFakeClock(t, func(t *testing.T) {
		service := statuses(func(int) int { return http.StatusOK })
		service.takes = time.Second
		client := service.client(transport.NewLimiter(1), 0)
		var group sync.WaitGroup
		for _, path := range numbered(100) {
			group.Go(func() {
				ctx, cancel := transport.WithTimeout(t.Context(), 3*time.Second)
				defer cancel()
				require.NoError(t, client.Do(ctx, get(path), nil))
				end, bounded := ctx.Deadline()
				require.True(t, bounded)
				require.Equal(t, 2*time.Second, time.Until(end))
			})
		}
		group.Wait()
		require.Len(t, service.answered(http.StatusOK), 100)
	})
}

// What is not the queue's is the operation's: the service takes ten seconds for each request.
func TestOperationEndsWithItsOwnTime(t *testing.T) {
	underFakeClock(t, func(t *testing.T) {
		service := statuses(func(int) int { return http.StatusOK })
		service.takes = 10 * time.Second
		client := service.client(transport.NewLimiter(0.01), 0)
		ctx, cancel := transport.WithTimeout(t.Context(), 25*time.Second)
		defer cancel()
		for ctx.Err() == nil {
			_ = client.Do(ctx, get("/shops"), nil)
		}
		require.Equal(t, context.DeadlineExceeded, ctx.Err())
		require.Len(t, service.answered(http.StatusOK), 3)
	})
}

func TestOperationIsAContext(t *testing.T) {
	t.Parallel()
	type key struct{}
	for name, test := range map[string]struct {
		end  func(t *testing.T, parent, own context.CancelFunc)
		want error
	}{
		"its time is over": {func(*testing.T, context.CancelFunc, context.CancelFunc) {}, context.DeadlineExceeded},
		"Ctrl-C":           {func(_ *testing.T, parent, _ context.CancelFunc) { parent() }, context.Canceled},
		"it is done":       {func(_ *testing.T, _, own context.CancelFunc) { own() }, context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			underFakeClock(t, func(t *testing.T) {
				start := time.Now()
				parent, interrupt := context.WithCancel(context.WithValue(t.Context(), key{}, "value"))
				defer interrupt()
				ctx, cancel := transport.WithTimeout(parent, time.Minute)
				defer cancel()
				derived, release := context.WithTimeout(ctx, time.Hour)
				defer release()
				require.Equal(t, "value", derived.Value(key{}))
				end, _ := derived.Deadline()
				require.Equal(t, start.Add(time.Minute), end)
				require.NoError(t, ctx.Err())
				test.end(t, interrupt, cancel)
				<-derived.Done()
				<-ctx.Done()
				require.Equal(t, test.want, ctx.Err())
				require.Equal(t, test.want, derived.Err())
				require.Equal(t, test.want, context.Cause(derived))
				if test.want == context.Canceled { //nolint:errorlint // it is that very error
					require.Zero(t, time.Since(start))
				}
			})
		})
	}
}

// A part of an operation has a time of its own, and both stand still.
func TestOperationsInOperations(t *testing.T) {
	underFakeClock(t, func(t *testing.T) {
		service := statuses(func(int) int { return http.StatusOK })
		client := service.client(transport.NewLimiter(0.01), 0)
		whole, cancel := transport.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		part, cancelPart := transport.WithTimeout(whole, time.Second)
		defer cancelPart()
		require.NoError(t, client.Do(part, get("/shops"), nil))
		require.NoError(t, client.Do(part, get("/shops"), nil))
		require.NoError(t, whole.Err())
		<-part.Done()
		require.NoError(t, whole.Err())
	})
}

// Two requests of an operation wait at the same time: that is counted once.
func TestRequestsOfAnOperationWaitTogether(t *testing.T) {
	underFakeClock(t, func(t *testing.T) {
		service := statuses(func(int) int { return http.StatusOK })
		client := service.client(transport.NewLimiter(0.1), 0)
		require.NoError(t, client.Do(t.Context(), get("/shops"), nil))
		ctx, cancel := transport.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		var group sync.WaitGroup
		for _, path := range numbered(3) {
			group.Go(func() { require.NoError(t, client.Do(ctx, get(path), nil)) })
			time.Sleep(3 * time.Second)
		}
		group.Wait()
		end, _ := ctx.Deadline()
		require.Equal(t, time.Minute, time.Until(end))
		<-ctx.Done()
		require.Equal(t, time.Now(), end)
	})
}

// Ctrl-C ends the wait in the queue although the operation's time stands still.
func TestInterruptedInTheQueue(t *testing.T) {
	underFakeClock(t, func(t *testing.T) {
		service := statuses(func(int) int { return http.StatusOK })
		client := service.client(transport.NewLimiter(0.01), 0)
		require.NoError(t, client.Do(t.Context(), get("/shops"), nil))
		start := time.Now()
		parent, interrupt := context.WithCancel(t.Context())
		ctx, cancel := transport.WithTimeout(parent, time.Minute)
		defer cancel()
		time.AfterFunc(5*time.Second, interrupt)
		require.ErrorIs(t, client.Do(ctx, post("/shops"), nil), context.Canceled)
		require.Equal(t, 5*time.Second, time.Since(start))
		require.Len(t, service.answered(http.StatusOK), 1)
	})
}
