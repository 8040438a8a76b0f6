package web

import (
	"errors"
	"net/http"
	"strings"
)

// Dispatcher leads requests to calls of services.
type Dispatcher struct {
	services []Service
	mux      *http.ServeMux
	step     func(func())
}

// unknown is the service of paths that belong to none.
var unknown = Service{Name: "unknown", Refuse: Placeholder}

// NewDispatcher makes a Dispatcher that runs each call within step.
func NewDispatcher(step func(func()), services ...Service) *Dispatcher {
	d := &Dispatcher{services: services, mux: http.NewServeMux(), step: step}
	for _, service := range services {
		for call, handle := range service.Calls {
			d.mux.Handle(service.pattern(call), found{service, handle})
		}
		for _, call := range service.Documented {
			d.mux.Handle(service.pattern(call), found{service, service.answerMissing})
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
	exchange := &exchange{header: http.Header{}, request: r, step: d.step}
	d.mux.ServeHTTP(exchange, r.Request)
	if exchange.response == nil {
		exchange.response = service.respond(r, nil, service.unroutable(exchange, r))
	}
	return exchange.response
}

// Refuse answers a request that cannot be read.
func (d *Dispatcher) Refuse(r *Request, status int, message string) *Response {
	service := d.ServiceOf(r.URL.Path)
	return service.respond(r, nil, service.Refuse(status, message))
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
	step     func(func())
	response *Response
}

func (e *exchange) Header() http.Header               { return e.header }
func (e *exchange) WriteHeader(status int)            { e.status = status }
func (e *exchange) Write(ignored []byte) (int, error) { return len(ignored), nil }

// found is a call that the mux found.
type found struct {
	service Service
	handle  Handler
}

func (f found) ServeHTTP(w http.ResponseWriter, matched *http.Request) {
	e := w.(*exchange)
	e.request.Request = matched
	e.step(func() {
		answer, err := f.service.guarded(f.handle, e.request)
		e.response = f.service.respond(e.request, answer, err)
	})
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
