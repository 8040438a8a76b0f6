package faultmatrix_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// lookout tells when a call comes.
type lookout struct {
	at    call
	mutex sync.Mutex
	seen  int
}

func (l *lookout) is(r *http.Request) bool {
	if r.Method != l.at.method || !regexp.MustCompile(l.at.path).MatchString(r.URL.EscapedPath()) {
		return false
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.seen++
	return l.seen == l.at.nth
}

// outage is the end of all connections, from one call on: after the service carried it out, or before.
type outage struct {
	lookout
	services http.Handler
	acts     bool
	down     atomic.Bool
}

func (o *outage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if o.is(r) {
		o.down.Store(true)
		if o.acts {
			o.services.ServeHTTP(httptest.NewRecorder(), r)
		}
	}
	if o.down.Load() {
		panic(http.ErrAbortHandler)
	}
	o.services.ServeHTTP(w, r)
}

// TestOutages cut all connections at each call that changes something, for the rest of that apply: nothing can be looked for, and what
// was created cannot be known. The next apply finds out by itself.
func TestOutages(t *testing.T) {
	t.Parallel()
	for _, life := range lifecycles() {
		for _, operation := range life.phases() {
			for _, one := range life.calls(t, operation) {
				if one.method == http.MethodGet {
					continue
				}
				for _, acts := range []bool{true, false} {
					t.Run(fmt.Sprintf("%s/%s/%s/acts %t", life.typeName, operation.name, one, acts), func(t *testing.T) {
						t.Parallel()
						cell := life.newCell(t)
						require.NoError(t, operation.before(t.Context(), cell.terraform(t, cell.world.URL), cell))
						server := httptest.NewServer(&outage{lookout: lookout{at: one}, services: cell.world.Simulator, acts: acts})
						t.Cleanup(server.Close)
						err := operation.do(t.Context(), cell.terraform(t, server.URL), cell)
						require.Error(t, err)
						cell.judge(t, operation, true, err) // what may have been created may be made anew
					})
				}
			}
		}
	}
}
