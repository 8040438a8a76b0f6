package simulator

import (
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"
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
	// Status, Header and Body are the answer of FaultAnswer.
	Status int         `json:"status,omitempty"`
	Header http.Header `json:"header,omitempty"`
	Body   string      `json:"body,omitempty"`
	// Delay is how long to wait before anything else happens, with every kind of fault.
	Delay time.Duration `json:"-"`
}

func (f Fault) pattern() (*regexp.Regexp, error) {
	if f.Path == "" {
		return regexp.MustCompile(""), nil
	}
	if strings.HasPrefix(f.Path, "^") {
		return regexp.Compile(f.Path)
	}
	return regexp.Compile("^" + strings.ReplaceAll(regexp.QuoteMeta(f.Path), `\*`, ".*") + "$")
}

type armedFault struct {
	Fault
	path *regexp.Regexp
	seen int
}

type faultList struct {
	mu     sync.Mutex
	faults []*armedFault
}

func (l *faultList) add(fault Fault) error {
	path, err := fault.pattern()
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.faults = append(l.faults, &armedFault{Fault: fault, path: path})
	return nil
}

// take finds the fault that a call meets, and counts the call for every fault that it matches.
func (l *faultList) take(r *http.Request, service Service) *Fault {
	l.mu.Lock()
	defer l.mu.Unlock()
	var met *Fault
	for _, fault := range l.faults {
		if !fault.matches(r, service) {
			continue
		}
		fault.seen++
		if met == nil && fault.strikes() {
			met = &fault.Fault
		}
	}
	return met
}

func (f *armedFault) matches(r *http.Request, service Service) bool {
	if f.Method != "" && !strings.EqualFold(f.Method, r.Method) {
		return false
	}
	if f.Service != "" && f.Service != service {
		return false
	}
	return f.path.MatchString(r.URL.Path) || f.path.MatchString(r.URL.EscapedPath())
}

func (f *armedFault) strikes() bool {
	if f.seen <= f.After {
		return false
	}
	return f.Times == 0 || f.seen <= f.After+f.Times
}

// AddFault scripts a fault. It panics when Path is a regular expression that does not compile.
func (s *Simulator) AddFault(fault Fault) {
	if err := s.faults.add(fault); err != nil {
		panic("simulator: fault " + fault.Name + ": " + err.Error())
	}
}

// ClearFaults drops all scripted faults.
func (s *Simulator) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.faults = nil
}

// answerWithFaults lets the service answer, unless a fault is scripted for the call.
func (s *Simulator) answerWithFaults(w http.ResponseWriter, r *http.Request, service Service, call Call, answer *answer) {
	fault := s.faults.take(r, service)
	if fault == nil {
		s.route(answer, r, service)
		s.finish(w, call, answer)
		return
	}
	call.FaultName = fault.Name
	if !pause(r, fault.Delay) {
		panic(http.ErrAbortHandler)
	}
	if fault.Do == FaultAnswer {
		fault.writeTo(answer)
		s.finish(w, call, answer)
		return
	}
	if fault.Do == FaultResetBefore {
		answer.status = 0
		s.calls.add(call, answer)
		panic(http.ErrAbortHandler)
	}
	s.route(answer, r, service)
	s.breakAnswer(w, r, fault, call, answer)
}

// breakAnswer spoils the answer of a service that has acted.
func (s *Simulator) breakAnswer(w http.ResponseWriter, r *http.Request, fault *Fault, call Call, answer *answer) {
	if fault.Do == FaultTruncate {
		answer.truncate()
	}
	s.calls.add(call, answer)
	if fault.Do == FaultTimeoutAfter {
		<-r.Context().Done()
	}
	if fault.Do == FaultTimeoutAfter || fault.Do == FaultResetAfter {
		panic(http.ErrAbortHandler)
	}
	answer.copyTo(w)
}

func (f *Fault) writeTo(answer *answer) {
	if f.Body != "" {
		answer.header.Set("Content-Type", "application/json")
	}
	for name, values := range f.Header {
		answer.header[http.CanonicalHeaderKey(name)] = values
	}
	answer.status = orDefault(f.Status, http.StatusServiceUnavailable)
	answer.body.WriteString(f.Body)
}

// pause waits, and tells whether the client is still there afterwards.
func pause(r *http.Request, delay time.Duration) bool {
	if delay <= 0 {
		return true
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}
