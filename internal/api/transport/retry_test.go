package transport_test

import (
	"context"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	gatewayTrouble = `{"error_code":"503010","message":"Could not validate the oauth token"}`
	gatewayLimit   = `{"error_code":"429050","message":"Too many requests"}`
	serviceTrouble = `{"type":"https://ns.adobe.com/aep/errors/FLOW-1103-503","title":"Service unavailable"}`
)

func retrying(service *httpscript.Service, retries int) *transport.Client {
	config := config(service)
	config.MaxRetries = retries
	return transport.New(config)
}

var (
	put         = transport.Request{Method: http.MethodPut, Path: "/mappingSets/1", Body: map[string]int{"version": 0}}
	remove      = transport.Request{Method: http.MethodDelete, Path: "/flows/1"}
	harmlessAsk = transport.Request{Method: http.MethodPost, Path: "/flows/search", Body: map[string]int{"limit": 1}, Repeatable: true}
)

func TestRepeatableCallsAreRetriedUntilTheyPass(t *testing.T) {
	t.Parallel()
	for _, request := range []transport.Request{get("/flows/1"), put, remove, harmlessAsk} {
		for _, status := range []int{408, 425, 429, 500, 502, 503, 504, 520, 524, 529} {
			service := httpscript.Serve(t, httpscript.AtOnce(status, serviceTrouble), httpscript.AtOnce(status, ""), httpscript.JSON(200, `{}`))
			err := retrying(service, 2).Do(t.Context(), request, nil)
			require.NoError(t, err, "%s after %d", request.Method, status)
			require.Len(t, service.Calls(), 3)
			for _, repeated := range service.Requests() {
				require.Equal(t, service.Requests()[0].Body, repeated.Body)
			}
		}
	}
}

func TestRetriesEnd(t *testing.T) {
	t.Parallel()
	for _, retries := range []int{0, 1, 4} {
		service := httpscript.Serve(t, httpscript.AtOnce(503, serviceTrouble))
		err := retrying(service, retries).Do(t.Context(), get("/flows/1"), nil)
		require.True(t, transport.HasCode(err, "1103-503"), "%v", err)
		require.Len(t, service.Calls(), retries+1)
	}
}

func TestRefusalsThatDoNotPassAreNotRetried(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 403, 404, 405, 410, 412, 422, 501, 505, 519, 530} {
		service := httpscript.Serve(t, httpscript.AtOnce(status, `{"message":"no"}`))
		err := retrying(service, 3).Do(t.Context(), get("/flows/1"), nil)
		require.True(t, transport.HasStatus(err, status))
		require.Len(t, service.Calls(), 1, "status %d", status)
	}
}

func TestGetIsRetriedAfterReset(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Reset(), httpscript.JSON(200, `{}`))
	err := retrying(service, 1).Do(t.Context(), get("/flows/1"), nil)
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(service.Calls()), 2) // net/http itself repeats on a connection that was idle
}

func TestPostWithUnknownOutcomeIsNotRepeated(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]httpscript.Answer{
		"500":                httpscript.AtOnce(500, `{"message":"internal error"}`),
		"502":                httpscript.AtOnce(502, "<html>Bad Gateway</html>"),
		"503 of the service": httpscript.AtOnce(503, serviceTrouble),
		"401":                httpscript.AtOnce(401, `{"errors":[{"detail":"unauthorized","status":"401"}]}`),
		"409":                httpscript.AtOnce(409, `{"message":"locked"}`),
		"425":                httpscript.AtOnce(425, ""),
		"429 of the service": httpscript.AtOnce(429, `{"errors":[{"detail":"rate limited","status":"429"}]}`),
		"503 without a body": httpscript.AtOnce(503, ""),
		"504":                httpscript.AtOnce(504, `{"message":"Endpoint request timed out"}`),
		"reset":              httpscript.Reset(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, answer)
			err := retrying(service, 3).Do(t.Context(), post("/flows"), nil)
			require.True(t, transport.IsAmbiguous(err), "%v", err)
			require.Regexp(t, `^Adobe Flow Service (answered|did not answer) POST /flows .*may have (been carried out|carried it out)$`, err.Error())
			require.Len(t, service.Calls(), 1)
		})
	}
}

// counted counts the attempts that were made, answered or not.
type counted struct{ attempts atomic.Int32 }

func (c *counted) Apply(context.Context, *http.Request) error { c.attempts.Add(1); return nil }
func (c *counted) Renew(*http.Request) bool                   { return false }

func TestRefusedConnectionIsRetriedEvenForPost(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := listener.Addr().String()
	require.NoError(t, listener.Close())
	for _, request := range []transport.Request{get("/flows"), post("/flows")} {
		attempts := &counted{}
		client := transport.New(transport.Config{
			Service: "Adobe Flow Service", BaseURL: "http://" + address, Timeout: time.Minute, MaxRetries: 1, Credentials: attempts,
		})
		err := client.Do(t.Context(), request, nil)
		var unanswered *transport.UnansweredError
		require.ErrorAs(t, err, &unanswered)
		require.Contains(t, err.Error(), "connection refused")
		require.False(t, transport.IsAmbiguous(err))
		require.EqualValues(t, 2, attempts.attempts.Load())
	}
}

func TestTooLongRetryAfterIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	for name, wait := range map[string]string{
		"seconds": "86400",
		"date":    time.Now().Add(time.Hour).UTC().Format(http.TimeFormat),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, request := range []transport.Request{get("/v1/reporting_webhooks"), post("/v1/reporting_webhooks")} {
				service := httpscript.Serve(t, httpscript.Answer{Status: 429, Header: map[string]string{"Retry-After": wait}, Body: `{"error_code":"429001","message":"quota"}`})
				err := retrying(service, 3).Do(t.Context(), request, nil)
				var refused *transport.Error
				require.ErrorAs(t, err, &refused)
				require.Equal(t, "quota", refused.Message)
				require.Greater(t, refused.RetryAfter, 59*time.Minute)
				require.Equal(t, request.Method == http.MethodPost, transport.IsAmbiguous(err))
				require.Len(t, service.Calls(), 1)
			}
		})
	}
}

func TestRetryAfterBeyondTheDeadlineIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Answer{Status: 503, Header: map[string]string{"Retry-After": "200"}, Body: serviceTrouble})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	err := retrying(service, 3).Do(ctx, get("/flows/1"), nil)
	require.True(t, transport.HasCode(err, "1103-503"), "%v", err)
	require.Len(t, service.Calls(), 1)
}

// The user must see what the service said last, never only that time ran out.
func TestLastAnswerIsReportedWhenTheContextEnds(t *testing.T) {
	t.Parallel()
	hang := func(cancel context.CancelFunc) httpscript.Answer {
		return httpscript.Answer{Handler: func(_ http.ResponseWriter, r *http.Request) {
			cancel()
			<-r.Context().Done()
		}}
	}
	t.Run("during the next attempt", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		service := httpscript.Serve(t, httpscript.AtOnce(503, serviceTrouble), hang(cancel))
		err := retrying(service, 3).Do(ctx, get("/flows/1"), nil)
		require.ErrorIs(t, err, context.Canceled)
		require.True(t, transport.HasCode(err, "1103-503"), "%v", err)
		require.Contains(t, err.Error(), "the last attempt before that: Adobe Flow Service answered GET /flows/1 with 503")
	})
	t.Run("before the next attempt", func(t *testing.T) {
		t.Parallel()
		service := httpscript.Serve(t, httpscript.Answer{Status: 503, Header: map[string]string{"Retry-After": "250"}, Body: serviceTrouble})
		err := retrying(service, 1).Do(endsAfterFirstAnswer(t), get("/flows/1"), nil)
		require.ErrorIs(t, err, context.Canceled)
		require.True(t, transport.HasCode(err, "1103-503"), "%v", err)
		require.Len(t, service.Calls(), 1)
	})
}

// endsAfterFirstAnswer is a context that ends when the first answer is logged, which is before it is decided on.
func endsAfterFirstAnswer(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	return tflogtest.RootLogger(ctx, watch(func(line string) {
		if strings.Contains(line, "answer of Adobe Flow Service") {
			cancel()
		}
	}))
}

// watch is a log that looks at each line.
type watch func(line string)

func (w watch) Write(line []byte) (int, error) {
	w(string(line))
	return len(line), nil
}

func TestTimeoutOfOneRequest(t *testing.T) {
	t.Parallel()
	hang := httpscript.Answer{Handler: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }}
	for _, request := range []transport.Request{get("/flows/1"), post("/flows")} {
		service := httpscript.Serve(t, hang)
		config := config(service)
		config.Timeout = 30 * time.Millisecond
		err := transport.New(config).Do(t.Context(), request, nil)
		require.ErrorContains(t, err, "no answer within 30ms (request_timeout)")
		require.NotErrorIs(t, err, context.DeadlineExceeded, "the call's own time has not run out")
		require.Equal(t, request.Method == http.MethodPost, transport.IsAmbiguous(err))
	}
}

// An operation that ends during a request says so, and not that the service took too long.
func TestEndOfTheOperationDuringARequest(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Answer{Handler: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }})
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	err := transport.New(config(service)).Do(ctx, get("/flows/1"), nil)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.NotContains(t, err.Error(), "request_timeout")
}

// The time that a request waits for its turn is not the service's.
func TestTimeoutDoesNotCountTheWaitForTheRateLimit(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(200, `{}`))
	config := config(service)
	config.Timeout = 200 * time.Millisecond
	config.Limiter = transport.NewLimiter(3)
	client := transport.New(config)
	for range 3 {
		err := client.Do(t.Context(), get("/flows"), nil)
		require.NoError(t, err)
	}
}

func TestRateLimitCountsRepeatedRequests(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.AtOnce(503, serviceTrouble))
	config := config(service)
	config.MaxRetries = 10
	config.Limiter = transport.NewLimiter(1.0 / 3600)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	err := transport.New(config).Do(ctx, get("/flows/1"), nil)
	require.Len(t, service.Calls(), 1)
	require.ErrorContains(t, err, "too short to wait for the rate limit")
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.True(t, transport.HasCode(err, "1103-503"), "the last answer is told too: %v", err)
}

func TestCallThatNeverGotItsTurnIsNotAmbiguous(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(200, `{}`))
	config := config(service)
	config.Limiter = transport.NewLimiter(1.0 / 3600)
	client := transport.New(config)
	require.NoError(t, client.Do(t.Context(), get("/flows"), nil))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	err := client.Do(ctx, post("/flows"), nil)
	require.Error(t, err)
	require.False(t, transport.IsAmbiguous(err))
	require.Len(t, service.Calls(), 1)
}

func TestErrorsHoldNoQuery(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Reset())
	request := get("/flows")
	request.Query = map[string][]string{"property": {"name==secret"}}
	err := retrying(service, 0).Do(t.Context(), request, nil)
	require.Error(t, err)
	require.False(t, strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), service.URL), "%v", err)
}
