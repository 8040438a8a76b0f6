package simulator

import (
	"cmp"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"

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

// take finds the fault that a call meets, which may be none, and counts the call for every fault that it matches.
func (l *faultList) take(r *http.Request, service Service) Fault {
	l.mu.Lock()
	defer l.mu.Unlock()
	var met Fault
	for _, fault := range l.faults {
		if !fault.matches(r, service) {
			continue
		}
		fault.seen++
		if met.Do == "" && fault.strikes() {
			met = fault.Fault
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

// replace writes the answer of a fault that keeps the service from acting, and tells whether it is one.
func (f Fault) replace(response *web.Response) bool {
	switch f.Do {
	case FaultAnswer:
		if f.Body != "" {
			response.Header.Set("Content-Type", "application/json")
		}
		for name, values := range f.Header {
			response.Header[http.CanonicalHeaderKey(name)] = values
		}
		response.Status = cmp.Or(f.Status, http.StatusServiceUnavailable)
		response.Body = []byte(f.Body)
		return true
	case FaultResetBefore:
		response.Status = 0
		return true
	default:
		return false
	}
}

// spoil changes the answer of a service that has acted. A proxy that loses its upstream cuts bodies in the middle.
func (f Fault) spoil(response *web.Response) {
	if f.Do == FaultTruncate {
		response.Body = response.Body[:len(response.Body)/2]
	}
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
