package transport

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// Credentials puts a caller's credentials on requests.
type Credentials interface {
	// Apply adds the credentials to a request, fetching a token first where one is needed.
	Apply(ctx context.Context, request *http.Request) error
	// Renew is told that the service refused the credentials of this request (401), and says whether Apply would now
	// use others.
	Renew(refused *http.Request) bool
}

// Config says how to reach one service.
type Config struct {
	// Service is the name in errors and logs, such as "Adobe Flow Service".
	Service string
	// BaseURL is what the paths of requests are appended to, without a slash at its end.
	BaseURL string
	// UserAgent is sent with every request.
	UserAgent string
	// Credentials is nil for calls that need none.
	Credentials Credentials
	// Timeout bounds one HTTP request with its answer. It must be set.
	Timeout time.Duration
	// MaxRetries is how often a request is repeated where repeating is safe.
	MaxRetries int
	// Limiter decides when requests are sent, repeated ones included. Clients of the same service share one; a client without one has its own.
	Limiter *Limiter
	// Redactor removes secrets from logs and errors.
	Redactor *Redactor
	// NotFound is how the service writes a 404.
	NotFound Form
	// NeverEmpty says that every success has a body, not only those of reads.
	NeverEmpty bool
}

// Client calls one service. Redirects are never followed: with the standard client a POST would silently become a GET, and
// a redirect of the Customer.io API means that the region is wrong.
type Client struct {
	config Config
	clock  *clock
	// Two retry policies, told apart by whether a request may be repeated when its outcome is unknown.
	repeatable, once *retryablehttp.Client
}

// New builds a client.
func New(config Config) *Client {
	config.BaseURL = strings.TrimSuffix(config.BaseURL, "/")
	clock := &clock{}
	httpClient := newHTTPClient(config, clock)
	return &Client{
		config:     config,
		clock:      clock,
		repeatable: newRetrying(httpClient, config.MaxRetries, config.retryRepeatable),
		once:       newRetrying(httpClient, config.MaxRetries, retryUndone),
	}
}

// NewHTTPClient is the same pipeline, with the retry policy for what may be repeated, as a plain [http.Client]: for
// libraries that build their requests themselves. BaseURL is not used.
func NewHTTPClient(config Config) *http.Client {
	inner := newHTTPClient(config, &clock{})
	client := newRetrying(inner, config.MaxRetries, config.retryRepeatable).StandardClient()
	client.CheckRedirect = inner.CheckRedirect
	client.Transport = calls{client.Transport}
	return client
}

// calls makes each request of another library a call, as Do does with its own: its attempts are counted.
type calls struct{ next http.RoundTripper }

func (c calls) RoundTrip(request *http.Request) (*http.Response, error) {
	return c.next.RoundTrip(request.WithContext(context.WithValue(request.Context(), lastFailureKey{}, &lastFailure{})))
}

func newHTTPClient(config Config, clock *clock) *http.Client {
	config.Limiter = cmp.Or(config.Limiter, NewLimiter(Unlimited))
	return &http.Client{
		Transport:     &roundTripper{config: config, clock: clock, next: newConnections()},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func newRetrying(httpClient *http.Client, maxRetries int, policy retryablehttp.CheckRetry) *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient:   httpClient,
		RetryMax:     maxRetries,
		CheckRetry:   policy,
		Backoff:      backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
		Logger:       nil, // its default logger writes URLs to stderr; each attempt is logged by roundTripper
	}
}

// Request is one call.
type Request struct {
	Method string
	// Path is appended to the base URL; segments that come from outside must be escaped with [url.PathEscape].
	Path  string
	Query url.Values
	// RawQuery, in place of Query, is a query that is encoded already, such as that of a link in an answer.
	RawQuery string
	Header   http.Header
	// Body is encoded as JSON; nil sends none.
	Body any
	// Repeatable marks a POST that changes nothing, so that it is retried like a GET.
	Repeatable bool
}

// isUnique tells whether a request changes something that must not happen twice.
func (r Request) isUnique() bool { return r.Method == http.MethodPost && !r.Repeatable }

// Do carries out a call and decodes the answer's body into out, unless out is nil or the body is empty. Unknown members
// are ignored: these services announce that they add some.
//
// Errors: [*Error] where the service refused; [*AmbiguousError] where a call that changes something may have happened all
// the same; [*UnreadableError] for an answer that cannot be read; else the network's error.
func (c *Client) Do(ctx context.Context, request Request, out any) error {
	last := &lastFailure{unique: request.isUnique()}
	ctx = context.WithValue(ctx, lastFailureKey{}, last)
	httpRequest, err := c.build(ctx, request)
	if err != nil {
		return err
	}
	client := c.repeatable
	if request.isUnique() {
		client = c.once
	}
	response, err := client.Do(httpRequest)
	if err != nil {
		return c.failure(request, err, last)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body) // already in memory: roundTripper has read and bounded it
	switch {
	case err != nil:
		return err
	case !isSuccess(response):
		return c.refusal(request, response, body)
	case out == nil || len(bytes.TrimSpace(body)) == 0:
		return nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		unreadable := c.call(request.Method, request.Path).unreadable(response, "its JSON has an unexpected form: "+err.Error(), c.config.Redactor)
		return c.failure(request, unreadable, last)
	}
	return nil
}

func isSuccess(response *http.Response) bool { return response.StatusCode/100 == 2 }

func (c *Client) call(method, path string) Call {
	return Call{Service: c.config.Service, Method: method, Path: path}
}

// Unreadable is the error for the answer to a read that lacks what every such answer has.
func (c *Client) Unreadable(path, reason string) error {
	return &UnreadableError{Call: c.call(http.MethodGet, path), Status: http.StatusOK, Reason: reason}
}

// WithoutID is the error for the answer to a change that lacks the ID of the object.
func (c *Client) WithoutID(method, path string) error {
	call := c.call(method, path)
	return &AmbiguousError{call, &UnreadableError{Call: call, Status: http.StatusOK, Reason: "it has no ID"}}
}

// Redact is a text of an answer as it may be shown: in one line, without secrets and control characters.
func (c *Client) Redact(text string) string { return c.config.Redactor.shown(text, shownText) }

func (c *Client) build(ctx context.Context, request Request) (*retryablehttp.Request, error) {
	target := c.config.BaseURL + request.Path
	query := request.RawQuery
	if len(request.Query) > 0 {
		query = request.Query.Encode()
	}
	if query != "" {
		target += "?" + query
	}
	var body any
	if request.Body != nil {
		encoded, err := Encode(request.Body)
		if err != nil {
			return nil, fmt.Errorf("encoding the request %s %s: %w", request.Method, request.Path, err)
		}
		body = encoded
	}
	httpRequest, err := retryablehttp.NewRequestWithContext(ctx, request.Method, target, body)
	if err != nil {
		return nil, fmt.Errorf("building the request %s %s: %w", request.Method, request.Path, err)
	}
	httpRequest.Header.Set("Accept", "application/json")
	if body != nil {
		httpRequest.Header.Set("Content-Type", "application/json")
	}
	for name, values := range request.Header {
		httpRequest.Header[name] = values
	}
	return httpRequest, nil
}

// Encode is the JSON that a body is sent as. It leaves "&", "<" and ">" as they are: webhook URLs and mapping expressions hold them.
func Encode(body any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(body); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n")), nil
}

// refusal is the error for an answer other than 2xx.
func (c *Client) refusal(request Request, response *http.Response, body []byte) error {
	call := c.call(request.Method, request.Path)
	refused := c.config.refused(call, response, body)
	if request.isUnique() && (unsure(refused.Status) || refused.cameFromElsewhere()) {
		return &AmbiguousError{call, refused}
	}
	return refused
}

// unsure tells whether a POST may have been carried out although it was answered with this status: a gateway may have given up on a
// service that carried it out, or may have repeated it and passed on what the second one met. That goes for the refusals that Adobe's
// gateway writes itself, too.
func unsure(status int) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	}
	return status >= http.StatusInternalServerError
}

// failure is the error for a call that got no answer, or one that cannot be read.
func (c *Client) failure(request Request, err error, last *lastFailure) error {
	if refused, is := errors.AsType[*Error](err); is { // of the token service: the call itself was never sent
		return refused
	}
	err = explain(err, last.reason)
	call := c.call(request.Method, request.Path)
	if request.isUnique() && !neverSent(err) && !neverSent(last.err) {
		return &AmbiguousError{call, err}
	}
	return call.Unanswered(err, c.config.Redactor)
}

// explain says what went wrong without the URL that net/http puts into its errors, and, where time ran out, what the call
// met before.
func explain(err, before error) error {
	err = withoutURL(err)
	if isStopped(err) && before != nil {
		return fmt.Errorf("%w; the last attempt before that: %w", err, inWords(before))
	}
	return inWords(err)
}

// neverSent tells whether a request certainly did not reach the service.
func neverSent(err error) bool {
	if final, is := errors.AsType[*finalError](err); is && final.neverSent {
		return true
	}
	_, is := errors.AsType[*unsentError](err)
	return is
}
