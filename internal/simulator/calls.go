package simulator

import (
	"net/http"
	"slices"
	"sync"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// maxCalls bounds the log of a simulator that runs for days.
const maxCalls = 10_000

// Call is one call that a service got, with what it answered.
type Call struct {
	Method       string      `json:"method"`
	Path         string      `json:"path"`
	Query        string      `json:"query,omitempty"`
	Service      Service     `json:"service"`
	Status       int         `json:"status"`
	RequestID    string      `json:"requestId"`
	Header       http.Header `json:"header"`
	RequestBody  string      `json:"requestBody,omitempty"`
	ResponseBody string      `json:"responseBody,omitempty"`
	// ResponseHeader is what the answer carried.
	ResponseHeader http.Header `json:"responseHeader,omitempty"`
	// FaultName is the name of the fault that this call met, if it met one.
	FaultName string `json:"faultName,omitempty"`
}

func newCall(r *web.Request, service Service) Call {
	return Call{
		Method:      r.Method,
		Path:        r.URL.EscapedPath(),
		Query:       r.URL.RawQuery,
		Service:     service,
		RequestID:   r.ID,
		Header:      r.Header.Clone(),
		RequestBody: string(r.Content),
	}
}

type callLog struct {
	mu    sync.Mutex
	calls []Call
}

func (l *callLog) add(call Call, response *web.Response) {
	call.Status = response.Status
	call.ResponseHeader = response.Header.Clone()
	call.ResponseBody = string(response.Body)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.calls = append(l.calls, call)
	if len(l.calls) > maxCalls {
		l.calls = slices.Delete(l.calls, 0, len(l.calls)-maxCalls)
	}
}

// Calls returns the calls that the services got, oldest first, without those of the control plane.
func (s *Simulator) Calls() []Call {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	return slices.Clone(s.calls.calls)
}

// ResetCalls empties the log of calls.
func (s *Simulator) ResetCalls() {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	s.calls.calls = nil
}
