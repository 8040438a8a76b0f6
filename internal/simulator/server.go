// Package simulator stands in for the services that a Customer.io to Adobe Experience Platform pipeline is made
// of: Adobe IMS, Flow Service, Data Prep, Catalog, Schema Registry, the streaming inlet and the Customer.io App
// API. It behaves as their public documentation says, quirks included, and keeps everything in memory.
package simulator

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// maxBodyBytes is above anything the services accept: the largest documented body is a 1 MB event.
const maxBodyBytes = 8 << 20

// Simulator is all services on one host, told apart by the path. It is safe for concurrent use.
type Simulator struct {
	options Options
	mux     *http.ServeMux
	now     func() time.Time
	faults  faultList
	calls   callLog

	// mu guards everything below. Handlers run with it held, so that each call is one step.
	mu        sync.Mutex
	serial    uint32
	tokens    map[string]issuedToken
	sandboxes map[string]*sandbox
	// account holds what belongs to no sandbox: the Customer.io side.
	account    *sandbox
	scheduled  []scheduledChange
	customerio customerioState
	inlet      inletState
}

// New makes a Simulator of the account that the options describe.
func New(options Options) *Simulator {
	s := &Simulator{options: options.withDefaults(), mux: http.NewServeMux(), now: time.Now}
	s.tokens = map[string]issuedToken{}
	s.empty()
	s.routesControl(s.mux)
	s.routesIMS(s.mux)
	s.routesFlowService(s.mux)
	s.routesDataPrep(s.mux)
	s.routesCatalog(s.mux)
	s.routesSchemaRegistry(s.mux)
	s.routesInlet(s.mux)
	s.routesCustomerIO(s.mux)
	return s
}

// empty drops every object. The caller holds the lock, or is alone.
func (s *Simulator) empty() {
	s.account = newSandbox("", "")
	s.sandboxes = map[string]*sandbox{}
	for _, name := range s.options.Sandboxes {
		s.sandboxes[name] = newSandbox(name, uuid.NewSHA1(uuid.NameSpaceOID, []byte(s.options.OrgID+name)).String())
	}
	s.scheduled = nil
	s.customerio = customerioState{}
	s.inlet = inletState{}
}

// ServeHTTP answers one call of any of the services, or of the control plane under /_simulator/.
func (s *Simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	service := serviceOf(r.URL.Path)
	answer := newAnswer()
	requestID := uuid.NewString()
	if service.isAdobe() {
		answer.Header().Set(requestIDHeader, requestID)
	}

	body, err := readBody(r)
	call := newCall(r, service, requestID, body)
	if err != nil {
		writeProblem(answer, service.bodyProblem(err))
		s.finish(w, call, answer)
		return
	}
	if service == serviceControl {
		s.route(answer, r, service)
		answer.copyTo(w)
		return
	}
	s.answerWithFaults(w, r, service, call, answer)
}

func (s *Simulator) finish(w http.ResponseWriter, call Call, answer *answer) {
	s.calls.add(call, answer)
	answer.copyTo(w)
}

// readBody takes the whole body first, so that a slow client never holds the lock, and leaves it readable.
func readBody(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBodyBytes+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxBodyBytes {
		return nil, errBodyTooLarge
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.ContentLength = int64(len(body))
	return body, nil
}

var errBodyTooLarge = errors.New("the request body is too large")

// route finds the handler. What no service knows is answered in the error form of the service it was meant for.
func (s *Simulator) route(w *answer, r *http.Request, service Service) {
	if service.isAdobe() {
		r = withoutTrailingSlash(r)
	}
	handler, pattern := s.mux.Handler(r)
	if pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	refusal := newAnswer()
	handler.ServeHTTP(refusal, r)
	if allow := refusal.Header().Get("Allow"); allow != "" {
		w.Header().Set("Allow", allow)
	}
	writeProblem(w, service.routeProblem(refusal.status, r))
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

// locked runs a handler as one step, after everything that became due in the meantime.
func (s *Simulator) locked(handler http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.settle()
		handler(w, r)
	}
}

// baseURL is where the client reached this simulator, for the URLs that the services make.
func baseURL(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
