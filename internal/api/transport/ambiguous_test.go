package transport_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// The caller of a POST that may have been carried out learns what it was refused with, and how long to wait before it sends it again.
func TestRefusalsThatMayComeAfterTheServiceActed(t *testing.T) {
	t.Parallel()
	for _, status := range []int{401, 429, 503, 409, 500} {
		service := httpscript.Serve(t, httpscript.Answer{Status: status, Header: map[string]string{"Retry-After": "7"}, Body: `{"message":"no"}`})
		err := retrying(service, 3).Do(t.Context(), post("/flows"), nil)
		var ambiguous *transport.AmbiguousError
		require.ErrorAs(t, err, &ambiguous, "%d", status)
		require.True(t, transport.HasStatus(err, status))
		require.Equal(t, 7*time.Second, ambiguous.RetryAfter())
		require.Len(t, service.Calls(), 1)
	}
	require.Zero(t, (&transport.AmbiguousError{Cause: context.Canceled}).RetryAfter())
}

// The service may have acted before the token was refused, so the call is not repeated. The next call has another token.
func TestUniqueCallIsNotRepeatedWithAnotherToken(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(401, expired), httpscript.JSON(200, `{"id":"1"}`))
	client := withKeys(service, "old", "new")
	err := client.Do(t.Context(), post("/flows"), nil)
	require.True(t, transport.IsAmbiguous(err), "%v", err)
	require.True(t, transport.HasStatus(err, http.StatusUnauthorized))
	require.Equal(t, []string{"old"}, usedKeys(service))
	require.NoError(t, client.Do(t.Context(), post("/flows"), nil))
	require.Equal(t, []string{"old", "new"}, usedKeys(service))
}

// What answers in the place of the service may do so after the service has acted. It would say the same again.
func TestAnswersOfOthersLeaveTheOutcomeOpen(t *testing.T) {
	t.Parallel()
	page := func(status int) httpscript.Answer {
		return httpscript.Answer{Status: status, Header: map[string]string{"Content-Type": "text/html"}, Body: "<html>Sign in</html>"}
	}
	for name, test := range map[string]struct {
		answer httpscript.Answer
		open   bool
	}{
		"a login page with 403":       {page(403), true},
		"a block page with 400":       {page(400), true},
		"a redirect with a page":      {page(302), true},
		"a redirect without one":      {httpscript.Answer{Status: 307, Header: map[string]string{"Location": "https://login.example.com/"}}, true},
		"a proxy without credentials": {page(407), false},
		"the service's 403":           {httpscript.JSON(403, `{"error_code":"403025","message":"Profile is not valid"}`), false},
		"the service's 400":           {httpscript.Answer{Status: 400}, false},
	} {
		service := httpscript.Serve(t, test.answer)
		err := retrying(service, 3).Do(t.Context(), post("/flows"), nil)
		require.Equal(t, test.open, transport.IsAmbiguous(err), name)
		if ambiguous, is := errors.AsType[*transport.AmbiguousError](err); is {
			require.True(t, ambiguous.IsRefusal(), name)
			require.False(t, ambiguous.Wait(t.Context()), name)
		}
		require.Len(t, service.Calls(), 1, name)
	}
}

func TestWaitBeforeACallIsSentAgain(t *testing.T) {
	t.Parallel()
	after := func(wait time.Duration) *transport.AmbiguousError {
		return &transport.AmbiguousError{Cause: &transport.Error{Status: http.StatusTooManyRequests, RetryAfter: wait}}
	}
	require.True(t, after(0).Wait(t.Context()))
	require.True(t, after(time.Millisecond).Wait(t.Context()))
	require.False(t, after(time.Hour).Wait(t.Context()), "a quota")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	require.False(t, after(2*time.Minute).Wait(ctx), "longer than the time that is left")
	cancel()
	require.False(t, after(0).Wait(ctx))
}

// A search for what a refused create may have made waits in the queue for as long as the service asked. That time is not waited for again.
func TestWaitCountsFromTheRefusal(t *testing.T) {
	underFakeClock(t, func(t *testing.T) {
		start, service := time.Now(), statuses(func(number int) int {
			if number == 0 {
				return http.StatusTooManyRequests
			}
			return http.StatusOK
		})
		service.asks = "60"
		client := service.client(nil, 5)
		var refused *transport.AmbiguousError
		require.ErrorAs(t, client.Do(t.Context(), post("/shops"), nil), &refused)
		require.NoError(t, client.Do(t.Context(), get("/shops"), nil))
		require.True(t, refused.Wait(t.Context()))
		require.Equal(t, time.Minute, time.Since(start))
	})
}
