// Package httpscript serves scripted answers to the tests of the API clients: each test says, answer by answer, what a service
// does, and then looks at what was asked of it.
package httpscript

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
)

// Answer is what the service answers to one request.
type Answer struct {
	// Status is 200 unless it is set.
	Status int
	Header map[string]string
	Body   string
	// Handler, if any, answers in place of the members above.
	Handler http.HandlerFunc
}

// Request is one request that the service got.
type Request struct {
	Method, Path, Query, Body string
	Header                    http.Header
}

// Service is a service on loopback.
type Service struct {
	// URL is its address.
	URL string

	mutex    sync.Mutex
	answers  []Answer
	requests []Request
}

// Serve starts a service that gives the answers in their order, and the last one ever after. It ends with the test.
func Serve(t *testing.T, answers ...Answer) *Service {
	t.Helper()
	service := &Service{answers: answers}
	server := httptest.NewServer(service)
	t.Cleanup(server.Close)
	service.URL = server.URL
	return service
}

func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // what is missing of a broken-off request shows in the test's comparison
	s.mutex.Lock()
	answer := s.answers[min(len(s.requests), len(s.answers)-1)]
	s.requests = append(s.requests, Request{
		Method: r.Method, Path: r.URL.EscapedPath(), Query: r.URL.RawQuery, Body: string(body), Header: r.Header.Clone(),
	})
	s.mutex.Unlock()
	if answer.Handler != nil {
		answer.Handler(w, r)
		return
	}
	for name, value := range answer.Header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(max(answer.Status, http.StatusOK))
	_, _ = io.WriteString(w, answer.Body)
}

// Requests are the requests so far, oldest first.
func (s *Service) Requests() []Request {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return append([]Request{}, s.requests...)
}

// Calls are the requests so far as "GET /path?query".
func (s *Service) Calls() []string {
	var calls []string
	for _, request := range s.Requests() {
		call := request.Method + " " + request.Path
		if request.Query != "" {
			call += "?" + request.Query
		}
		calls = append(calls, call)
	}
	return calls
}

// JSON is an answer with a body of JSON.
func JSON(status int, body string) Answer {
	return Answer{Status: status, Header: map[string]string{"Content-Type": "application/json"}, Body: body}
}

// NothingListed is a list without objects, as every service answers it.
func NothingListed() Answer { return JSON(http.StatusOK, "{}") }

// AtOnce is an answer that asks to be tried again without a wait.
func AtOnce(status int, body string) Answer {
	answer := JSON(status, body)
	answer.Header["Retry-After"] = "0"
	return answer
}

// Reset is a connection that breaks without an answer, after the request was read.
func Reset() Answer {
	return Answer{Handler: func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }}
}

// CutOff is an answer of which only the first half arrives.
func CutOff(status int, body string) Answer {
	return Answer{Handler: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body[:len(body)/2])
	}}
}
