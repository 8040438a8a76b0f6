package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

const (
	// longestBody bounds an answer, in bytes. The largest known answer, a mapping set with the JSON form of its schema, has
	// some megabytes.
	longestBody = 16 << 20
	// longestRefusal is how much of a refusal is read, in bytes. The longest that a service of its own makes has some kilobytes.
	longestRefusal = 256 << 10
)

// roundTripper sends one attempt of a request: it waits for the rate limit, adds the credentials, logs, and reads the body
// whole, so that a cut-off answer is an error of the attempt and is retried like one.
type roundTripper struct {
	config Config
	clock  *clock
	next   *connections
}

func (t *roundTripper) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := t.roundTrip(request)
	t.remember(request, response, err)
	return response, err
}

func (t *roundTripper) roundTrip(request *http.Request) (*http.Response, error) {
	response, err := t.attempt(request)
	if err != nil || response.StatusCode != http.StatusUnauthorized || t.config.Credentials == nil {
		return response, err
	}
	if !t.config.Credentials.Renew(response.Request) || isUnique(request) {
		return response, nil
	}
	repeated, err := rewound(request)
	if err != nil {
		return response, nil //nolint:nilerr // the 401 is the better answer
	}
	_ = response.Body.Close()
	return t.attempt(repeated)
}

// isUnique tells whether a request must not happen twice. Not even a refused token is believed to mean that it did not happen.
func isUnique(request *http.Request) bool {
	return lastFailureOf(request).unique
}

// lastFailure is what the attempts of a call ended with. Do puts one into the context of each call, because the retrying
// client forgets it when the context ends, and the user would only see "deadline exceeded".
type lastFailure struct {
	// unique is that of the request: it must not happen twice.
	unique bool
	// err is what the last attempt ended with.
	err error
	// reason is the last failure that was more than the end of the context.
	reason error
	// attempts is how often the request was sent.
	attempts int
}

// begin counts an attempt and returns its number.
func (l *lastFailure) begin() int {
	l.attempts++
	return l.attempts
}

func (l *lastFailure) remember(err error) {
	l.err = err
	if !isStopped(err) {
		l.reason = err
	}
}

// isStopped tells whether err is the end of a context.
func isStopped(err error) bool {
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

type lastFailureKey struct{}

// lastFailureOf is that of the call which a request belongs to.
func lastFailureOf(request *http.Request) *lastFailure {
	if last, known := request.Context().Value(lastFailureKey{}).(*lastFailure); known {
		return last
	}
	return &lastFailure{}
}

func (t *roundTripper) remember(request *http.Request, response *http.Response, err error) {
	last := lastFailureOf(request)
	switch {
	case err != nil:
		last.remember(err)
	case response.StatusCode >= http.StatusBadRequest:
		body, _ := peek(response) // in memory
		last.remember(t.config.refused(t.call(request), response, body))
	default:
		last.err = nil
	}
}

// rewound copies a request with its body at the start.
func rewound(request *http.Request) (*http.Request, error) {
	repeated := request.Clone(request.Context())
	if request.GetBody == nil {
		return repeated, nil
	}
	body, err := request.GetBody()
	repeated.Body = body
	return repeated, err
}

func (t *roundTripper) attempt(request *http.Request) (*http.Response, error) {
	ctx := request.Context()
	if err := t.awaitTurn(ctx); err != nil {
		return nil, err
	}
	request = request.Clone(ctx)                         // a round tripper must leave its caller's request alone
	request.Header.Set("User-Agent", t.config.UserAgent) // here, so that other libraries' requests have it too
	if t.config.Credentials != nil {
		if err := t.config.Credentials.Apply(ctx, request); err != nil {
			return nil, &finalError{err, true}
		}
	}
	if err := checkHeaders(request.Header); err != nil {
		return nil, &finalError{err, true}
	}
	return t.send(request)
}

// awaitTurn waits for the rate limit. It fails only where the context ends before it is this attempt's turn.
func (t *roundTripper) awaitTurn(ctx context.Context) error {
	err := t.config.Limiter.wait(ctx, t.config.Service)
	if err == nil {
		return nil
	}
	return &finalError{fmt.Errorf("the time that is left is too short to wait for the rate limit: %w", err), true}
}

// send exchanges one request for its answer within the timeout. What comes before, the wait for the rate limit and for a
// token, is not the service's time.
func (t *roundTripper) send(request *http.Request) (*http.Response, error) {
	limited, cancel := context.WithTimeout(request.Context(), t.config.Timeout)
	defer cancel()
	attempt := lastFailureOf(request).begin()
	t.logRequest(request)
	sent := time.Now()
	var body []byte
	var readErr error
	response, err := t.next.exchange(request.WithContext(limited), func(response *http.Response) error {
		body, readErr = readBounded(response)
		return readErr
	})
	if err != nil && readErr == nil {
		if errors.Is(err, context.DeadlineExceeded) && request.Context().Err() == nil {
			err = t.timedOut(err)
		}
		t.logUnanswered(request, attempt, sent, err)
		return nil, err
	}
	t.clock.set(response.Header)
	t.config.Limiter.learn(sent, response)
	response.Request = request // whose context lives on
	if readErr != nil {
		t.logUnanswered(request, attempt, sent, readErr)
		return nil, t.unreadable(request, response, readErr)
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	t.logAnswer(request, attempt, sent, response, body)
	// A success that is not JSON is the page of a proxy or a login, not an answer of the service. Nor is nothing where something
	// was asked for: it would be read as an object without anything in it, or as one that is gone.
	nothing := len(bytes.TrimSpace(body)) == 0
	switch {
	case !isSuccess(response):
	case nothing && (request.Method == http.MethodGet || t.config.NeverEmpty):
		return nil, t.unreadable(request, response, errors.New("it is empty"))
	case !nothing && !json.Valid(body):
		return nil, t.unreadable(request, response, errors.New(notJSON(response.Header, body, t.config.Redactor)))
	}
	return response, nil
}

// timedOut is the error for a request that was not answered within the timeout.
func (t *roundTripper) timedOut(err error) error {
	timeout := &timeoutError{t.config.Timeout}
	if neverSent(err) {
		return &unsentError{timeout}
	}
	return timeout
}

func (t *roundTripper) call(request *http.Request) Call {
	return Call{Service: t.config.Service, Method: request.Method, Path: request.URL.Path}
}

func (t *roundTripper) unreadable(request *http.Request, response *http.Response, cause error) error {
	unreadable := t.call(request).unreadable(response, cause.Error(), t.config.Redactor)
	if errors.Is(cause, errTooLong) {
		return &finalError{unreadable, false}
	}
	return unreadable
}

var errTooLong = fmt.Errorf("it is longer than %d MiB", longestBody>>20)

// readBounded reads a body. Of a refusal the beginning is enough; a success that is too long is none.
func readBounded(response *http.Response) ([]byte, error) {
	defer response.Body.Close()
	success := isSuccess(response)
	most := longestBody
	if !success {
		most = longestRefusal
	}
	if success && response.ContentLength > longestBody {
		return nil, errTooLong
	}
	read, err := io.ReadAll(io.LimitReader(response.Body, int64(most)+1))
	if err != nil {
		return nil, fmt.Errorf("it broke off: %w", inWords(err))
	}
	if success && len(read) > most {
		return nil, errTooLong
	}
	return read[:min(len(read), most)], nil
}

// finalError is what no retry can mend. It is neverSent if it came before the request was sent.
type finalError struct {
	error
	neverSent bool
}

func (e *finalError) Unwrap() error { return e.error }
