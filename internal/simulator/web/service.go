// Package web is what all simulated services share of HTTP: calls in a table, handlers that return an answer or a
// problem, and the one place through which every answer passes.
package web

import (
	"cmp"
	"net/http"
	"strings"
)

// Service is one of the simulated services.
type Service struct {
	Name string
	// Base is the path that all calls of the service begin with.
	Base string
	// Adobe services have request IDs, and take a slash at the end of a path for nothing.
	Adobe bool
	// Calls are the handlers by method and path below Base, such as "GET /flows/{id}".
	Calls map[string]Handler
	// Documented are the calls that the vendor documents and that the simulator does not have. They answer 501.
	Documented []string
	// Guard, if there is one, is asked before any call.
	Guard func(*Request) error
	// Refuse is the form of errors that have no code.
	Refuse func(status int, message string) *Problem
}

// Handler answers a call. An error that is not a Problem is a bad request.
type Handler func(*Request) (*Answer, error)

// On makes a handler of one that works on the thing that the path names.
func On[T any](find func(*Request) (T, error), handle func(*Request, T) (*Answer, error)) Handler {
	return func(r *Request) (*Answer, error) {
		found, err := find(r)
		if err != nil {
			return nil, err
		}
		return handle(r, found)
	}
}

// WithObject makes a handler of one that works on the JSON object in the body.
func WithObject(handle func(*Request, map[string]any) (*Answer, error)) Handler {
	return On((*Request).Object, handle)
}

func (s Service) serves(path string) bool {
	return path == s.Base || strings.HasPrefix(path, s.Base+"/")
}

// pattern writes a call as http.ServeMux wants it.
func (s Service) pattern(call string) string {
	method, path, _ := strings.Cut(call, " ")
	return method + " " + s.Base + strings.TrimSuffix(path, "/")
}

// answerMissing is the answer to what is documented and not simulated.
func (s Service) answerMissing(r *Request) (*Answer, error) {
	path := cmp.Or(strings.TrimPrefix(r.URL.Path, s.Base), "/")
	return nil, s.Refuse(http.StatusNotImplemented, "The simulator does not have the documented call "+r.Method+" "+path+".")
}

func (s Service) guarded(handle Handler, r *Request) (*Answer, error) {
	if s.Guard != nil {
		if err := s.Guard(r); err != nil {
			return nil, err
		}
	}
	return handle(r)
}
