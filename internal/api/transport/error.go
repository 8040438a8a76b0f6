package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Call names a call in errors.
type Call struct {
	// Service is the name of the service, such as "Adobe Flow Service".
	Service string
	// Method is that of HTTP. Path has neither host nor query.
	Method, Path string
}

// Error is the answer of a service that refused a call. Its text never contains a secret.
type Error struct {
	Call
	// Status is the HTTP status.
	Status int
	// Code is the service's own code, such as "FLOW-1404-412", "403025" or "invalid_credentials"; empty if it sent none.
	Code string
	// Message is the service's message, or the beginning of a body of unknown form.
	Message string
	// Details are further messages, one for each field or sub-error.
	Details []string
	// Pointer is the field at fault ("/data/attributes/email"); empty if the service named none.
	Pointer string
	// RequestID identifies the call for the vendor's support.
	RequestID string
	// Location is the target of a redirect. Redirects are not followed: see [Config].
	Location string
	// RetryAfter is how long the service asked to wait; zero if it did not ask.
	RetryAfter time.Duration
	// asked is when it asked.
	asked time.Time
	// Foreign is whether the service did not write the body itself, as with a proxy's HTML page or a 404 of another [Form].
	Foreign bool
}

func (c Call) refused(response *http.Response, body []byte, redact *Redactor) *Error {
	refused := &Error{Call: c, Status: response.StatusCode, Location: printable(response.Header.Get("Location"))}
	if wait, asks := retryAfter(response.Header); asks {
		refused.RetryAfter, refused.asked = wait, time.Now()
	}
	decodeError(refused, response.Header, body, redact)
	return refused
}

// cameFromElsewhere tells whether something between here and the service answered in its place, perhaps after the service had acted. A proxy
// that wants credentials has passed nothing on.
func (e *Error) cameFromElsewhere() bool {
	isRedirect := e.Status/100 == 3 && (e.Foreign || e.Message == "") // Customer.io redirects too, with a message
	return isRedirect || e.IsForeign() && e.Status != http.StatusProxyAuthRequired
}

func (c Call) unreadable(response *http.Response, reason string, redact *Redactor) *UnreadableError {
	return &UnreadableError{
		Call: c, Status: response.StatusCode, Reason: redact.shown(reason, shownText),
		RequestID: redact.shown(requestID(response.Header), shownText),
	}
}

// Refused is the error for an answer that another library takes for a refusal.
func (c Call) Refused(response *http.Response, body []byte, redact *Redactor) error {
	if isSuccess(response) {
		return c.unreadable(response, "it is not what the service documents but "+quoted(response.Header, body, redact), redact)
	}
	return c.refused(response, body, redact)
}

// Unanswered is the error for a request that got no answer.
func (c Call) Unanswered(err error, redact *Redactor) error {
	if unreadable, is := errors.AsType[*UnreadableError](err); is {
		return unreadable
	}
	if unanswered, is := errors.AsType[*UnansweredError](err); is { // by the token service, on the way to this one
		return unanswered
	}
	err = withoutURL(err)
	return &UnansweredError{Call: c, Reason: redact.shown(inWords(err).Error(), shownText), cause: err}
}

// withoutURL is an error without the URL that net/http puts into its errors.
func withoutURL(err error) error {
	if urlError, is := errors.AsType[*url.Error](err); is {
		return urlError.Err
	}
	return err
}

func (e *Error) Error() string {
	var text strings.Builder
	who := e.Service
	if e.IsForeign() {
		who = "Something on the way to " + e.Service
	}
	fmt.Fprintf(&text, "%s answered %s %s with %d", who, e.Method, e.Path, e.Status)
	if name := http.StatusText(e.Status); name != "" {
		fmt.Fprintf(&text, " (%s)", name)
	}
	if e.Code != "" {
		fmt.Fprintf(&text, ", code %s", e.Code)
	}
	if e.Message != "" {
		fmt.Fprintf(&text, ": %s", e.Message)
	}
	for _, detail := range e.Details {
		fmt.Fprintf(&text, "; %s", detail)
	}
	return withRequestID(text.String(), e.RequestID)
}

// withRequestID adds a request ID to the end of a sentence.
func withRequestID(text, id string) string {
	if id == "" {
		return text
	}
	return fmt.Sprintf("%s (request ID %s)", strings.TrimSuffix(text, "."), id)
}

// HasStatus tells whether err is an answer with one of the HTTP statuses.
func HasStatus(err error, statuses ...int) bool {
	answer, is := errors.AsType[*Error](err)
	return is && slices.Contains(statuses, answer.Status)
}

// HasCode tells whether err is an answer with one of the service codes, given without their prefix ("1404-412"), since
// the published tables print them that way and the services send "FLOW-1404-412".
func HasCode(err error, codes ...string) bool {
	answer, is := errors.AsType[*Error](err)
	return is && slices.Contains(codes, answer.ShortCode())
}

// ShortCode is the code without the name of the service: "1404-412" for "FLOW-1404-412".
func (e *Error) ShortCode() string {
	for i, char := range e.Code {
		if char >= '0' && char <= '9' {
			return e.Code[i:]
		}
	}
	return e.Code
}

// AmbiguousError is a call that changes something and whose outcome is unknown: the connection broke, the answer was unreadable, or it
// was a refusal that may come after the service has acted. It must not be repeated blindly.
type AmbiguousError struct {
	Call
	// Cause is what went wrong; an [*Error] if there was an answer.
	Cause error
}

func (e *AmbiguousError) Error() string {
	if e.answered() {
		return fmt.Sprintf("%s; the call may have been carried out", e.Cause)
	}
	return fmt.Sprintf("%s did not answer %s %s (%s), and may have carried it out", e.Service, e.Method, e.Path, e.Cause)
}

// answered tells whether there was an answer, which names the call already.
func (e *AmbiguousError) answered() bool {
	_, refused := errors.AsType[*Error](e.Cause)
	_, unreadable := errors.AsType[*UnreadableError](e.Cause)
	return refused || unreadable
}

func (e *AmbiguousError) Unwrap() error { return e.Cause }

// RetryAfter is how long the service asked to wait; zero if it did not ask.
func (e *AmbiguousError) RetryAfter() time.Duration {
	refused, is := errors.AsType[*Error](e.Cause)
	if !is {
		return 0
	}
	return refused.RetryAfter
}

// IsRefusal tells whether the answer says no, and not that something failed on the way: what the service did not do by then, it is not
// about to do.
func (e *AmbiguousError) IsRefusal() bool {
	refused, is := errors.AsType[*Error](e.Cause)
	return is && (refused.cameFromElsewhere() || refused.Status == http.StatusUnauthorized || refused.Status == http.StatusTooManyRequests)
}

// Wait waits for as long as the service asked, before the call is sent again. It is false, at once where that is known, if the call
// is not to be sent again: the answer would be the same, or the wait is longer than five minutes, or than the time that the context has left.
func (e *AmbiguousError) Wait(ctx context.Context) bool {
	wait := e.RetryAfter()
	refused, is := errors.AsType[*Error](e.Cause)
	if is && !refused.asked.IsZero() { // a search has waited for it already
		wait = max(0, wait-time.Since(refused.asked))
	}
	if ctx.Err() != nil || !isWorth(ctx, wait) || is && !unsure(refused.Status) {
		return false
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// Undone is the error once it is known that the call was not carried out.
func (e *AmbiguousError) Undone() error {
	if e.answered() {
		return fmt.Errorf("%w; a search showed that nothing was created", e.Cause)
	}
	return &UnansweredError{Call: e.Call, Reason: e.Cause.Error(), cause: e.Cause}
}

// IsAmbiguous tells whether err leaves open if the call was carried out.
func IsAmbiguous(err error) bool {
	_, ambiguous := errors.AsType[*AmbiguousError](err)
	return ambiguous
}

// timeoutError says that a request took longer than the configured timeout.
type timeoutError struct{ after time.Duration }

func (e *timeoutError) Error() string {
	return fmt.Sprintf("no answer within %s (request_timeout)", e.after)
}

// closedError says in words what Go calls an EOF.
type closedError struct{ cause error }

func (e *closedError) Error() string { return "the connection was closed" }
func (e *closedError) Unwrap() error { return e.cause }

func inWords(err error) error {
	if isStopped(err) || !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	return &closedError{err}
}

// UnreadableError is an answer with a success status whose body the service cannot have sent like this: cut off, too long, or the page
// of a proxy.
type UnreadableError struct {
	Call
	// Status is the HTTP status.
	Status int
	// Reason says what is wrong with the body.
	Reason string
	// RequestID identifies the call for the vendor's support; empty if the answer has none.
	RequestID string
}

func (e *UnreadableError) Error() string {
	text := fmt.Sprintf("the answer of %s to %s %s (status %d) cannot be used: %s", e.Service, e.Method, e.Path, e.Status, e.Reason)
	return withRequestID(text, e.RequestID)
}

// UnansweredError is a call that got no answer, and that either certainly never reached the service or changes nothing.
type UnansweredError struct {
	Call
	// Reason says what happened to the connection.
	Reason string
	cause  error
}

func (e *UnansweredError) Error() string {
	return fmt.Sprintf("%s did not answer %s %s: %s", e.Service, e.Method, e.Path, e.Reason)
}

func (e *UnansweredError) Unwrap() error { return e.cause }

// IsGatewayRefusal tells whether err was written by Adobe's gateway, before the call reached the service: its codes are
// plain numbers such as 403025.
func IsGatewayRefusal(err error) bool {
	answer, is := errors.AsType[*Error](err)
	if !is || len(answer.Code) != 6 {
		return false
	}
	_, notNumber := strconv.Atoi(answer.Code)
	return notNumber == nil
}
