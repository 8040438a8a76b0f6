package faultmatrix_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
)

// deadLine lets every connection that is open go silent at one call, which the service carries out.
type deadLine struct {
	lookout
	services http.Handler
	lines    *acctest.Lines
	// older is whether a call came with an older version of HTTP.
	older atomic.Bool
}

func (d *deadLine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.ProtoMajor < 2 {
		d.older.Store(true)
	}
	if !d.is(r) {
		d.services.ServeHTTP(w, r)
		return
	}
	d.services.ServeHTTP(httptest.NewRecorder(), r)
	d.lines.Silence()
	<-r.Context().Done()
	panic(http.ErrAbortHandler)
}

// overHTTP2 is of how many calls one is played unless all are: every one takes a timeout.
const overHTTP2 = 4

// TestFaultMatrixOverHTTP2 plays operations over TLS and HTTP/2, where all calls share a connection. At one of the calls, that connection goes
// silent, while new ones work. The operation has to succeed all the same.
func TestFaultMatrixOverHTTP2(t *testing.T) {
	t.Parallel()
	count(t, "with a dead HTTP/2 connection", func(t *testing.T, cell func(t *testing.T)) {
		for row, life := range lifecycles() {
			t.Run(life.typeName, func(t *testing.T) {
				t.Parallel()
				turn := row // so that samples differ
				for _, operation := range life.phases() {
					for _, one := range life.calls(t, operation) {
						if turn++; !*all && turn%overHTTP2 != 0 {
							continue
						}
						t.Run(fmt.Sprintf("%s/%s", operation.name, one), func(t *testing.T) {
							t.Parallel()
							cell(t)
							meetDeadLine(t, life, operation, one)
						})
					}
				}
			})
		}
	})
}

func meetDeadLine(t *testing.T, life lifecycle, operation phase, one call) {
	t.Helper()
	cell := life.newCell(t)
	require.NoError(t, operation.before(t.Context(), cell.terraform(t, cell.world.URL), cell))
	cell.keep(operation)
	plainURL := cell.world.URL
	line := &deadLine{lookout: lookout{at: one}, services: cell.world.Simulator}
	line.lines = cell.world.ServeTLS(t, line)
	err := operation.do(t.Context(), cell.terraform(t, cell.world.URL), cell)
	require.NoError(t, err, "new connections work")
	require.False(t, line.older.Load(), "a call came over HTTP/1.1")
	cell.world.URL = plainURL
	cell.judge(t, operation, false, err)
}
