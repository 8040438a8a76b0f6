package transport

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

const (
	shortestWait = 500 * time.Millisecond
	longestWait  = 30 * time.Second
	// patience is the longest Retry-After that is waited for. A longer one means a daily quota, and the user should be told.
	patience = 5 * time.Minute
	// longestAsked bounds what a Retry-After is taken to say, in seconds: a year, far above any patience.
	longestAsked = 365 * 24 * 60 * 60
)

// retryRepeatable repeats a call that may be carried out twice: after network errors and all passing refusals.
func (c Config) retryRepeatable(ctx context.Context, response *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err != nil {
		return passingError(ctx, err), nil
	}
	passing := passingStatus(response.StatusCode)
	if response.StatusCode == http.StatusNotFound {
		body, readErr := peek(response)
		passing = readErr == nil && c.isForeign(response.StatusCode, body)
	}
	return passing && worthWaiting(ctx, response), nil
}

// passingStatus tells whether a refusal with this status may be gone on the next try. 520 to 529 are the words of content delivery
// networks for what 502 and 504 say.
func passingStatus(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return 520 <= status && status <= 529
}

// retryUndone repeats a call that must not happen twice, and so only where it certainly did not happen at all.
func retryUndone(ctx context.Context, response *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err != nil {
		return neverSent(err) && passingError(ctx, err), nil
	}
	return false, nil
}

// passingError tells whether an error may be gone on the next try. A refusal by the token service was already retried, and
// an untrusted certificate stays one.
func passingError(ctx context.Context, err error) bool {
	if _, final := errors.AsType[*finalError](err); final {
		return false
	}
	if isLasting(err) {
		return false
	}
	passing, _ := retryablehttp.DefaultRetryPolicy(ctx, nil, err)
	return passing
}

// worthWaiting is false where the service asks for a wait that is longer than the time left, or than [patience].
func worthWaiting(ctx context.Context, response *http.Response) bool {
	wait, asked := retryAfter(response.Header)
	if !asked {
		return true
	}
	return isWorth(ctx, wait)
}

// isWorth tells whether a wait is short enough to be waited for.
func isWorth(ctx context.Context, wait time.Duration) bool {
	deadline, bounded := ctx.Deadline()
	return wait <= patience && (!bounded || time.Now().Add(wait).Before(deadline))
}

// backoff honors Retry-After. Without it, it waits a random time below a doubling bound, so that many instances of the
// provider do not come back at the same moment.
func backoff(_, _ time.Duration, attempt int, response *http.Response) time.Duration {
	if response != nil {
		if wait, asked := retryAfter(response.Header); asked {
			return wait
		}
	}
	bound := min(longestWait, shortestWait<<min(attempt, 10))
	return rand.N(bound) + time.Millisecond //nolint:gosec // jitter needs no cryptographic source
}

// retryAfter reads the Retry-After header: seconds or an HTTP date.
func retryAfter(header http.Header) (time.Duration, bool) {
	value := header.Get("Retry-After")
	if value == "" {
		return 0, false
	}
	if seconds, err := strconv.ParseUint(value, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(min(seconds, longestAsked)) * time.Second, true
	}
	if moment, err := http.ParseTime(value); err == nil {
		return max(0, time.Until(moment)), true
	}
	return 0, false
}

// peek reads a response's body and puts it back.
func peek(response *http.Response) ([]byte, error) {
	body, err := io.ReadAll(response.Body)
	response.Body = io.NopCloser(bytes.NewReader(body))
	return body, err
}
