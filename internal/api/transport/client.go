package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/time/rate"
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
	// Limiter, if any, bounds the rate of requests, repeated ones included.
	Limiter *rate.Limiter
	// Redactor removes secrets from logs and errors.
	Redactor *Redactor
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
		repeatable: newRetrying(httpClient, config.MaxRetries, retryRepeatable),
		once:       newRetrying(httpClient, config.MaxRetries, retryUndone),
	}
}

// NewHTTPClient is the same pipeline, with the retry policy for what may be repeated, as a plain [http.Client]: for
// libraries that build their requests themselves. BaseURL is not used.
func NewHTTPClient(config Config) *http.Client {
	inner := newHTTPClient(config, &clock{})
	client := newRetrying(inner, config.MaxRetries, retryRepeatable).StandardClient()
	client.CheckRedirect = inner.CheckRedirect
	return client
}

func newHTTPClient(config Config, clock *clock) *http.Client {
	connections := http.DefaultTransport.(*http.Transport).Clone()
	connections.MaxIdleConnsPerHost = connections.MaxIdleConns // Terraform works on many resources at once
	return &http.Client{
		Transport:     &roundTripper{config: config, clock: clock, next: connections},
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

// Answer is what a service answered, for the few callers that need more than the decoded body.
type Answer struct {
	Status int
	Header http.Header
}

// Do carries out a call and decodes the answer's body into out, unless out is nil or the body is empty. Unknown members
// are ignored: these services announce that they add some.
//
// Errors: [*Error] where the service refused; [*AmbiguousError] where a call that changes something may have happened all
// the same; [*UnreadableError] for an answer that cannot be read; else the network's error.
func (c *Client) Do(ctx context.Context, request Request, out any) (Answer, error) {
	last := &lastFailure{}
	ctx = context.WithValue(ctx, lastFailureKey{}, last)
	httpRequest, err := c.build(ctx, request)
	if err != nil {
		return Answer{}, err
	}
	client := c.once
	if request.Repeatable || request.Method != http.MethodPost {
		client = c.repeatable
	}
	response, err := client.Do(httpRequest)
	if err != nil {
		return Answer{}, c.failure(request, err, last)
	}
	defer response.Body.Close()
	answer := Answer{Status: response.StatusCode, Header: response.Header}
	body, err := io.ReadAll(response.Body) // already in memory: roundTripper has read and bounded it
	if err != nil {
		return answer, err
	}
	if answer.Status < 200 || answer.Status > 299 {
		return answer, c.refusal(request, answer, body)
	}
	if out == nil || len(bytes.TrimSpace(body)) == 0 {
		return answer, nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return answer, c.failure(request, c.unreadable(request, answer, "its JSON has an unexpected form: "+err.Error()), last)
	}
	return answer, nil
}

// Redact masks secrets in a text of an answer that is to be shown.
func (c *Client) Redact(text string) string { return c.config.Redactor.String(text) }

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
func (c *Client) refusal(request Request, answer Answer, body []byte) error {
	refused := newError(c.config.Service, request.Method, request.Path, answer.Status, answer.Header, body, c.config.Redactor)
	// 5xx or 408 to a POST: a gateway may have given up on a service that carried the call out.
	unsure := refused.Status >= http.StatusInternalServerError || refused.Status == http.StatusRequestTimeout
	if c.changesSomething(request) && unsure && !undone(refused.Status, body) {
		return c.ambiguous(request, refused)
	}
	return refused
}

// failure is the error for a call that got no answer, or one that cannot be read.
func (c *Client) failure(request Request, err error, last *lastFailure) error {
	var refused *Error
	if errors.As(err, &refused) { // of the token service: the call itself was never sent
		return refused
	}
	err = explain(err, last.reason)
	if c.changesSomething(request) && !neverSent(err) && !undoneBefore(last.err) {
		return c.ambiguous(request, err)
	}
	return Unanswered(c.config.Service, request.Method, request.Path, err, c.config.Redactor)
}

// explain says what went wrong without the URL that net/http puts into its errors, and, where time ran out, what the call
// met before.
func explain(err, before error) error {
	var urlError *url.Error
	if errors.As(err, &urlError) {
		err = urlError.Err
	}
	if isStopped(err) && before != nil {
		return fmt.Errorf("%w; the last attempt before that: %w", err, inWords(before))
	}
	return inWords(err)
}

// undoneBefore tells whether a call ended while it waited to repeat an attempt that certainly did nothing.
func undoneBefore(last error) bool {
	var refused *Error
	return last != nil && (neverSent(last) || errors.As(last, &refused) && undone(refused.Status, nil))
}

func (c *Client) ambiguous(request Request, cause error) error {
	return &AmbiguousError{Service: c.config.Service, Method: request.Method, Path: request.Path, Cause: cause}
}

func (c *Client) unreadable(request Request, answer Answer, reason string) error {
	return &UnreadableError{
		Service: c.config.Service, Method: request.Method, Path: request.Path, Status: answer.Status,
		Reason:    c.config.Redactor.shown(reason, shownText),
		RequestID: c.config.Redactor.shown(requestID(answer.Header), shownText),
	}
}

func (c *Client) changesSomething(request Request) bool {
	return request.Method == http.MethodPost && !request.Repeatable
}

// neverSent tells whether a request certainly did not reach the service: no connection was made, or none was tried.
func neverSent(err error) bool {
	var operation *net.OpError
	var dns *net.DNSError
	var notSent *notSentError
	return errors.As(err, &notSent) || errors.As(err, &dns) || errors.As(err, &operation) && operation.Op == "dial"
}

// notSentError wraps what went wrong before a request was sent.
type notSentError struct{ cause error }

func (e *notSentError) Error() string { return e.cause.Error() }
func (e *notSentError) Unwrap() error { return e.cause }
