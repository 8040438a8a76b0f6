package simulator

import (
	"cmp"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// FaultKind says what goes wrong.
type FaultKind string

// What can go wrong with a call.
const (
	// FaultAnswer gives the fault's status, header and body; the service does nothing.
	FaultAnswer FaultKind = "answer"
	// FaultResetBefore closes the connection; the service does nothing.
	FaultResetBefore FaultKind = "reset_before"
	// FaultResetAfter lets the service act, then closes the connection without an answer.
	FaultResetAfter FaultKind = "reset_after"
	// FaultTimeoutAfter lets the service act, then answers nothing until the client gives up.
	FaultTimeoutAfter FaultKind = "timeout_after"
	// FaultTruncate lets the service act, then sends half of its JSON.
	FaultTruncate FaultKind = "truncate"
	// FaultDelay lets the service act and answer, only later.
	FaultDelay FaultKind = "delay"
	// FaultWork lets the service act only after the delay, even if the client is gone by then. With a status, the fault's answer comes
	// at once, as from a gateway that does not wait.
	FaultWork FaultKind = "work"
	// FaultAnswerAfter lets the service act, then gives the fault's status, header and body.
	FaultAnswerAfter FaultKind = "answer_after"
	// FaultLag answers a GET at once, from what there was before the delay: as a copy does that lags behind.
	FaultLag FaultKind = "lag"
	// FaultMixUp lets the service act, then gives the latest good answer to another call that the fault matches.
	FaultMixUp FaultKind = "mix_up"
	// FaultEdit lets the service act, then puts the fault's body in place of what Find matches in the answer.
	FaultEdit FaultKind = "edit"
	// FaultTwice repeats the first item of every list in the answer at its end.
	FaultTwice FaultKind = "twice"
)

// Fault is something that goes wrong with the calls it matches. An empty Method, Path or Service matches all.
type Fault struct {
	Name    string  `json:"name"`
	Method  string  `json:"method,omitempty"`
	Service Service `json:"service,omitempty"`
	// Path is a pattern in which * stands for any characters, or a regular expression when it starts with ^.
	Path string `json:"path,omitempty"`
	// After is how many matching calls pass unharmed first.
	After int `json:"after,omitempty"`
	// Times is how many calls meet the fault: 0 for every one.
	Times int       `json:"times,omitempty"`
	Do    FaultKind `json:"do"`
	// Status, Header and Body are the answer of FaultAnswer, FaultAnswerAfter and FaultWork.
	Status int         `json:"status,omitempty"`
	Header http.Header `json:"header,omitempty"`
	Body   string      `json:"body,omitempty"`
	// Find is the regular expression of FaultEdit, for whose groups Body may have $1 and so on.
	Find string `json:"find,omitempty"`
	// Delay is how long to wait before anything else happens, with every kind of fault but FaultLag.
	Delay time.Duration `json:"-"`

	path, find *regexp.Regexp
}

func (f *Fault) compile() (err error) {
	path := f.Path
	if path != "" && !strings.HasPrefix(path, "^") {
		path = "^" + strings.ReplaceAll(regexp.QuoteMeta(path), `\*`, ".*") + "$"
	}
	if f.path, err = regexp.Compile(path); err == nil {
		f.find, err = regexp.Compile(f.Find)
	}
	return err
}

type armedFault struct {
	Fault
	seen int
}

type faultList struct {
	mu     sync.Mutex
	faults []*armedFault
}

func (l *faultList) add(fault Fault) error {
	if err := fault.compile(); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.faults = append(l.faults, &armedFault{Fault: fault})
	return nil
}

// take finds the fault that a call meets, which may be none, and counts the call for every fault that it matches.
func (l *faultList) take(r *http.Request, service Service) Fault {
	l.mu.Lock()
	defer l.mu.Unlock()
	var met Fault
	for _, fault := range l.faults {
		if !fault.matches(r.Method, service, r.URL.Path) && !fault.matches(r.Method, service, r.URL.EscapedPath()) {
			continue
		}
		fault.seen++
		if met.Do == "" && fault.strikes() {
			met = fault.Fault
		}
	}
	return met
}

func (f Fault) matches(method string, service Service, path string) bool {
	return (f.Method == "" || strings.EqualFold(f.Method, method)) && (f.Service == "" || f.Service == service) &&
		(f.Do != FaultLag || method == http.MethodGet) && f.path.MatchString(path)
}

func (f *armedFault) strikes() bool {
	if f.seen <= f.After {
		return false
	}
	return f.Times == 0 || f.seen <= f.After+f.Times
}

// AddFault scripts a fault. It panics when Path or Find is a regular expression that does not compile.
func (s *Simulator) AddFault(fault Fault) {
	if err := s.addFault(fault); err != nil {
		panic("simulator: fault " + fault.Name + ": " + err.Error())
	}
}

func (s *Simulator) addFault(fault Fault) error {
	if fault.Do == FaultLag {
		s.store.Do(func() { s.store.Remember(fault.Delay) })
	}
	return s.faults.add(fault)
}

// ClearFaults drops all scripted faults.
func (s *Simulator) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.faults = nil
}

// unattended is whether the service works on while a gateway has answered already.
func (f Fault) unattended() bool { return f.Do == FaultWork && f.Status != 0 }

// replace writes the answer of a fault that keeps the service from acting, and tells whether it is one.
func (f Fault) replace(response *web.Response) bool {
	switch {
	case f.Do == FaultResetBefore:
		response.Status = 0
	case f.Do == FaultAnswer, f.unattended():
		f.answer(response)
	default:
		return false
	}
	return true
}

func (f Fault) answer(response *web.Response) {
	if f.Body != "" {
		response.Header.Set("Content-Type", "application/json")
	}
	for name, values := range f.Header {
		response.Header[http.CanonicalHeaderKey(name)] = values
	}
	response.Status = cmp.Or(f.Status, http.StatusServiceUnavailable)
	response.Body = []byte(f.Body)
}

// spoil changes the answer of a service that has acted. A proxy that loses its upstream cuts bodies in the middle.
func (s *Simulator) spoil(response *web.Response, call Call, fault Fault) {
	switch fault.Do {
	case FaultTruncate:
		response.Body = response.Body[:len(response.Body)/2]
	case FaultAnswerAfter:
		clear(response.Header)
		fault.answer(response)
	case FaultEdit:
		response.Body = fault.find.ReplaceAll(response.Body, []byte(fault.Body))
	case FaultTwice:
		response.Body = twice(response.Body)
	case FaultMixUp:
		for _, other := range s.Calls() {
			another := call.Method == http.MethodPost || other.Path+other.Query != call.Path+call.Query
			if another && other.Status/100 == 2 && fault.matches(other.Method, other.Service, other.Path) && other.ResponseBody != string(response.Body) {
				*response = web.Response{Status: other.Status, Header: other.ResponseHeader.Clone(), Body: []byte(other.ResponseBody)}
			}
		}
	default:
	}
}

// twice is an answer in which each list ends with its first item once more.
func twice(body []byte) []byte {
	var answer map[string]any
	if json.Unmarshal(body, &answer) != nil {
		return body
	}
	for name := range answer {
		if items := document.List(answer, name); len(items) > 0 {
			answer[name] = append(items, items[0])
		}
	}
	// What was decoded can be encoded.
	body, _ = json.Marshal(answer)
	return body
}

// interrupt ends calls that get no answer.
func (f Fault) interrupt(r *http.Request) {
	switch f.Do {
	case FaultTimeoutAfter:
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	case FaultResetBefore, FaultResetAfter:
		panic(http.ErrAbortHandler)
	default:
	}
}

// pause waits, and tells whether the service is to act then: of the kinds of faults, work alone goes on without the client.
func (f Fault) pause(r *http.Request) bool {
	if f.Delay <= 0 || f.Do == FaultLag {
		return true
	}
	gone := r.Context().Done()
	if f.Do == FaultWork {
		gone = nil
	}
	timer := time.NewTimer(f.Delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-gone:
		return false
	}
}
