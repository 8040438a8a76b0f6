// Package web is what all simulated services share of HTTP: calls in a table, handlers that return an answer or a
// problem, and the one place through which every answer passes.
package web

import (
	"cmp"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
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

// Stored finds the object that a path names by its ID.
func Stored(kind string, missing func(id string) error) func(*Request) (*store.Object, error) {
	return func(r *Request) (*store.Object, error) {
		if found := r.Sandbox.Find(kind, r.PathValue("id")); found != nil {
			return found, nil
		}
		return nil, missing(r.PathValue("id"))
	}
}

// Remove deletes an object that nothing depends on.
func Remove(_ *Request, o *store.Object) (*Answer, error) {
	o.Home.Remove(o)
	return NoContent()
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

// Dispatcher leads requests to calls of services.
type Dispatcher struct {
	services []Service
	mux      *http.ServeMux
	step     func(ago time.Duration, step func())
}

// unknown is the service of paths that belong to none.
var unknown = Service{Name: "unknown", Refuse: Placeholder}

// NewDispatcher makes a Dispatcher that runs each call within step, on what there was a while ago.
func NewDispatcher(step func(ago time.Duration, step func()), services ...Service) *Dispatcher {
	d := &Dispatcher{services: services, mux: http.NewServeMux(), step: step}
	for _, service := range services {
		for call, handle := range service.Calls {
			d.mux.Handle(service.pattern(call), d.call(service, handle))
		}
		for _, call := range service.Documented {
			d.mux.Handle(service.pattern(call), d.call(service, service.answerMissing))
		}
	}
	return d
}

// ServiceOf finds the service that a path belongs to.
func (d *Dispatcher) ServiceOf(path string) Service {
	for _, service := range d.services {
		if service.serves(path) {
			return service
		}
	}
	return unknown
}

// Answer lets a service answer. What no service has is answered in the form of the service that it was meant for.
func (d *Dispatcher) Answer(r *Request) *Response {
	service := d.ServiceOf(r.URL.Path)
	if service.Adobe {
		r.Request = withoutTrailingSlash(r.Request)
	}
	exchange := &exchange{header: http.Header{}, request: r}
	d.mux.ServeHTTP(exchange, r.Request)
	if exchange.response == nil {
		exchange.response = service.respond(r, nil, service.unroutable(exchange, r))
	}
	return exchange.response
}

// Refuse answers a request that ReadRequest could not read.
func (d *Dispatcher) Refuse(r *Request, err error) *Response {
	service, status := d.ServiceOf(r.URL.Path), http.StatusBadRequest
	if errors.Is(err, errBodyTooLarge) {
		status = http.StatusRequestEntityTooLarge
	}
	return service.respond(r, nil, service.Refuse(status, err.Error()))
}

// Blank is a response that only has what the service puts into every one.
func (d *Dispatcher) Blank(r *Request) *Response {
	return (&Answer{Status: http.StatusOK}).encode(d.ServiceOf(r.URL.Path), r)
}

// exchange carries a request through the mux to its call, and the response back. As a ResponseWriter it only sees
// what the mux itself answers to requests that no pattern matches.
type exchange struct {
	header   http.Header
	status   int
	request  *Request
	response *Response
}

func (e *exchange) Header() http.Header               { return e.header }
func (e *exchange) WriteHeader(status int)            { e.status = status }
func (e *exchange) Write(ignored []byte) (int, error) { return len(ignored), nil }

// call runs a handler within a step of the store.
func (d *Dispatcher) call(service Service, handle Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, matched *http.Request) {
		e := w.(*exchange)
		e.request.Request = matched
		d.step(e.request.Ago, func() {
			answer, err := service.guarded(handle, e.request)
			e.response = service.respond(e.request, answer, err)
		})
	}
}

// respond encodes within the step, because answers may show what is stored.
func (s Service) respond(r *Request, answer *Answer, err error) *Response {
	var problem *Problem
	switch {
	case err == nil:
		return answer.encode(s, r)
	case errors.As(err, &problem):
	default:
		problem = s.Refuse(http.StatusBadRequest, err.Error())
	}
	return problem.answer(r).encode(s, r)
}

func (s Service) unroutable(e *exchange, r *Request) *Problem {
	problem := s.Refuse(http.StatusNotFound, "There is no resource at "+r.URL.Path+".")
	if e.status == http.StatusMethodNotAllowed {
		problem = s.Refuse(e.status, "The method "+r.Method+" is not allowed on "+r.URL.Path+".")
		problem.Header = http.Header{"Allow": e.header["Allow"]}
	}
	return problem
}

// withoutTrailingSlash makes both documented spellings of Flow Service paths, with and without it, the same.
func withoutTrailingSlash(r *http.Request) *http.Request {
	if !strings.HasSuffix(r.URL.Path, "/") {
		return r
	}
	trimmed := r.Clone(r.Context())
	trimmed.URL.Path = strings.TrimRight(r.URL.Path, "/")
	trimmed.URL.RawPath = strings.TrimRight(r.URL.RawPath, "/")
	return trimmed
}
