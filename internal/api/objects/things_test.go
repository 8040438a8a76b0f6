package objects

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// thing is an object of a small service.
type thing struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	Note    string `json:"note,omitempty"`
}

// things is the service. Its pages hold three things each, in the order of their IDs.
type things struct {
	mutex sync.Mutex
	are   map[string]thing
	calls []string
	// refuse answers a call in place of the service, unless it returns 0.
	refuse func(call string) (status int)
	// shown is how a list shows a thing.
	shown func(thing) thing
}

const (
	perPage  = 3
	thingsAt = "/things"
)

func newThings(ids ...string) *things {
	s := &things{are: map[string]thing{}, refuse: func(string) int { return 0 }, shown: func(one thing) thing { return one }}
	for _, id := range ids {
		s.are[id] = thing{ID: id}
	}
	return s
}

// collection is the service's collection, as one process sees it.
func (s *things) collection(t testing.TB) *Collection[thing] {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	client := transport.New(transport.Config{Service: "Things", BaseURL: server.URL, Timeout: 10 * time.Second, NotFound: transport.AdobeProblem})
	return &Collection[thing]{
		Transport: client, Register: NewRegister(), Path: thingsAt, Object: "thing", Referred: true,
		Envelope: NewBare[thing], Receipt: NewBare[thing],
		Identify: func(one *thing) (string, time.Time) { return one.ID, time.Time{} },
		Reader:   func(string) Reader[thing] { return pagesOf(client, "start=0") },
		Among:    func(ids []string) Reader[thing] { return pagesOf(client, "start=0&ids="+strings.Join(ids, ",")) },
	}
}

func pagesOf(client *transport.Client, query string) Reader[thing] {
	return Pages[thing]{Transport: client, Path: thingsAt, Query: query, New: func() Page[thing] { return &thingPage{} }}.Reader()
}

type thingPage struct {
	Are  []thing `json:"things"`
	More bool    `json:"more"`
}

func (p *thingPage) Items() []thing { return p.Are }

func (p *thingPage) Next(query string, read int) (string, error) {
	if !p.More {
		return "", nil
	}
	return At(query, strconv.Itoa(read)), nil
}

// change changes a thing behind the back of the process, or removes it.
func (s *things) change(id string, change func(*thing) (keep bool)) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	one := s.are[id]
	if one.ID = id; change(&one) {
		s.are[id] = one
	} else {
		delete(s.are, id)
	}
}

// made returns the calls since it was last asked, and forgets them.
func (s *things) made() []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	calls := s.calls
	s.calls = nil
	return calls
}

func (s *things) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	call := r.Method + " " + r.URL.RequestURI()
	s.calls = append(s.calls, call)
	w.Header().Set("Content-Type", "application/json")
	if status := s.refuse(call); status != 0 {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(`{"title":"refused","status":` + strconv.Itoa(status) + `}`))
		return
	}
	id := strings.TrimPrefix(r.URL.Path, thingsAt+"/")
	one, there := s.are[id]
	switch {
	case r.URL.Path == thingsAt:
		_ = json.NewEncoder(w).Encode(s.page(r))
	case !there:
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte(`{"type":"https://ns.adobe.com/aep/errors/404","title":"not found","status":404}`))
	case r.Method == http.MethodDelete:
		delete(s.are, id)
		_, _ = w.Write([]byte(`{}`))
	case r.Method == http.MethodPatch:
		one.Version++
		s.are[id] = one
		_, _ = w.Write([]byte(`{}`))
	default:
		_ = json.NewEncoder(w).Encode(one)
	}
}

func (s *things) page(r *http.Request) thingPage {
	asked := r.URL.Query()
	start, _ := strconv.Atoi(asked.Get("start"))
	var all []thing
	for id, one := range s.are {
		if !asked.Has("ids") || slices.Contains(strings.Split(asked.Get("ids"), ","), id) {
			all = append(all, s.shown(one))
		}
	}
	slices.SortFunc(all, func(a, b thing) int { return strings.Compare(a.ID, b.ID) })
	end := min(start+perPage, len(all))
	return thingPage{Are: all[min(start, end):end], More: end < len(all)}
}
