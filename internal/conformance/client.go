package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

const (
	// attemptLimit bounds one attempt, and patience the wait that a service may ask for before the next one.
	attemptLimit = time.Minute
	patience     = 2 * time.Minute
	maxRetries   = 4
	// maxBody is more than any answer here has. A greater one is cut.
	maxBody = 8 << 20

	userAgent = "terraform-provider-customerio-conformance"
)

// call is one request.
type call struct {
	method, path string
	query        url.Values
	// header goes over the usual one. A member without a value removes one.
	header http.Header
	// body is encoded as JSON, unless it is a form.
	body any
}

// answer is what a service says.
type answer struct {
	status int
	header http.Header
	// proto is such as "HTTP/2.0".
	proto string
	body  []byte
	// value is the decoded body, nil if it is not JSON.
	value any
}

// client sends plain HTTP. Redirects are answers.
type client struct {
	retrying *retryablehttp.Client
	calls    atomic.Int64
}

// newClient makes a client on a pool of connections. The pause is the shortest before a call is repeated.
func newClient(pool http.RoundTripper, pause time.Duration) *client {
	c := &client{}
	c.retrying = &retryablehttp.Client{
		HTTPClient: &http.Client{
			Timeout:       attemptLimit,
			Transport:     counter{pool, &c.calls},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		RetryMax: maxRetries, RetryWaitMin: pause, RetryWaitMax: 30 * pause,
		CheckRetry: isSafeToRepeat, Backoff: retryablehttp.DefaultBackoff, ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	return c
}

// counter counts every attempt.
type counter struct {
	next  http.RoundTripper
	calls *atomic.Int64
}

func (c counter) RoundTrip(request *http.Request) (*http.Response, error) {
	c.calls.Add(1)
	return c.next.RoundTrip(request)
}

// isSafeToRepeat repeats what a service refused for being asked too much, and reads that got no answer of the service. A service that wants
// more than patience is taken at its word: the refusal is the answer.
func isSafeToRepeat(ctx context.Context, response *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err != nil {
		failed, is := errors.AsType[*url.Error](err)
		return is && failed.Op == "Get", nil
	}
	wait := retryablehttp.DefaultBackoff(0, 0, 0, response) // what Retry-After says, else nothing
	isRead := response.Request.Method == http.MethodGet
	switch response.StatusCode {
	case http.StatusTooManyRequests:
		return wait <= patience, nil
	case http.StatusServiceUnavailable:
		return wait <= patience && (isRead || response.Header.Get("Retry-After") != ""), nil
	case http.StatusBadGateway, http.StatusGatewayTimeout:
		return isRead, nil
	}
	return false, nil
}

// send makes a call at a service, with the headers that it wants.
func (c *client) send(ctx context.Context, base string, usual http.Header, one call) (*answer, error) {
	content, contentType, err := encode(one.body)
	if err != nil {
		return nil, err
	}
	target := base + one.path
	if len(one.query) > 0 {
		target += "?" + strings.ReplaceAll(one.query.Encode(), "+", "%20")
	}
	request, err := retryablehttp.NewRequestWithContext(ctx, one.method, target, content)
	if err != nil {
		return nil, withoutURL(one, err)
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", userAgent)
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	for _, headers := range []http.Header{usual, one.header} {
		for name, values := range headers {
			request.Header[http.CanonicalHeaderKey(name)] = values
		}
	}
	response, err := c.retrying.Do(request)
	if err != nil {
		return nil, withoutURL(one, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody))
	if err != nil {
		return nil, withoutURL(one, err)
	}
	received := &answer{status: response.StatusCode, header: response.Header, proto: response.Proto, body: bytes.TrimSpace(body)}
	if json.Unmarshal(received.body, &received.value) != nil {
		received.value = nil
	}
	return received, nil
}

func encode(body any) (content any, contentType string, err error) {
	switch body := body.(type) {
	case nil:
		return nil, "", nil
	case url.Values:
		return []byte(body.Encode()), "application/x-www-form-urlencoded", nil
	default:
		encoded, err := json.Marshal(body)
		return encoded, "application/json", err
	}
}

// withoutURL says what went wrong with a call, without its host and query.
func withoutURL(one call, err error) error {
	if failed, is := errors.AsType[*url.Error](err); is {
		err = failed.Err
	}
	return fmt.Errorf("%s %s: %w", one.method, one.path, err)
}
