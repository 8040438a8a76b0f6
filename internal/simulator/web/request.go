package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
)

// maxBodyBytes is above anything that the services accept: the largest documented body is an event of 1 MB.
const maxBodyBytes = 8 << 20

var errBodyTooLarge = errors.New("the request body is too large")

// Request is a call as a handler sees it.
type Request struct {
	*http.Request
	// ID is the request ID that Adobe's services answer.
	ID      string
	Content []byte
	// Sandbox is the one that the call names, behind Adobe's gateway.
	Sandbox *store.Sandbox
	// Ago is how old the objects are that the call sees.
	Ago time.Duration
}

// ReadRequest takes the whole body first, so that a slow client never holds up others.
func ReadRequest(r *http.Request) (*Request, error) {
	request := &Request{Request: r, ID: uuid.NewString()}
	content, err := io.ReadAll(io.LimitReader(r.Body, maxBodyBytes+1))
	if err == nil && len(content) > maxBodyBytes {
		return request, errBodyTooLarge
	}
	request.Content = content
	r.Body = io.NopCloser(bytes.NewReader(content))
	return request, err
}

// BaseURL is where the client reached the simulator, for the URLs that services answer.
func (r *Request) BaseURL() string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// Value reads one JSON value. An empty body is null.
func (r *Request) Value() (any, error) {
	if len(bytes.TrimSpace(r.Content)) == 0 {
		return nil, nil
	}
	var value any
	if err := json.Unmarshal(r.Content, &value); err != nil {
		return nil, BadRequest("The request body is not valid JSON: %s", err)
	}
	return value, nil
}

// Object reads a JSON object.
func (r *Request) Object() (map[string]any, error) {
	value, err := r.Value()
	if err != nil {
		return nil, err
	}
	object, isObject := value.(map[string]any)
	if !isObject {
		return nil, BadRequest("The request body must be a JSON object.")
	}
	return object, nil
}

// Flag reads a boolean of the query. Python clients write it with a capital.
func (r *Request) Flag(name string) bool { return strings.EqualFold(r.URL.Query().Get(name), "true") }
