package web

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
)

const requestIDHeader = "X-Request-Id"

// Answer is what a service answers. Without a body there is none.
type Answer struct {
	Status int
	Header http.Header
	Body   any
}

// OK answers with a body.
func OK(body any) (*Answer, error) { return &Answer{Status: http.StatusOK, Body: body}, nil }

// Created answers with a body that says what was created.
func Created(body any) (*Answer, error) { return &Answer{Status: http.StatusCreated, Body: body}, nil }

// NoContent answers without a body.
func NoContent() (*Answer, error) { return &Answer{Status: http.StatusNoContent}, nil }

// With adds a header.
func (a *Answer) With(name, value string) *Answer {
	if a.Header == nil {
		a.Header = http.Header{}
	}
	a.Header.Set(name, value)
	return a
}

// Response is an answer as it goes over the wire.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

func (a *Answer) encode(service Service, r *Request) *Response {
	response := &Response{Status: a.Status, Header: http.Header{}}
	if service.Adobe {
		response.Header.Set(requestIDHeader, r.ID)
	}
	maps.Copy(response.Header, a.Header)
	if a.Body == nil {
		return response
	}
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	// A buffer takes everything, and every body here is made of encodable values.
	_ = encoder.Encode(a.Body)
	response.Header.Set("Content-Type", "application/json; charset=utf-8")
	response.Body = body.Bytes()
	return response
}

// WriteTo sends the response. A client that has gone away is of no concern to the services.
func (r *Response) WriteTo(w http.ResponseWriter) {
	maps.Copy(w.Header(), r.Header)
	if len(r.Body) > 0 {
		w.Header().Set("Content-Length", strconv.Itoa(len(r.Body)))
	}
	w.WriteHeader(r.Status)
	_, _ = w.Write(r.Body)
}
