package simulator

import (
	"bytes"
	"maps"
	"net/http"
	"strconv"
)

// answer holds a response back until a scripted fault has had its say.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func newAnswer() *answer {
	return &answer{header: http.Header{}, status: http.StatusOK}
}

// Header, WriteHeader and Write make an answer an http.ResponseWriter.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader sets the status.
func (a *answer) WriteHeader(status int) { a.status = status }

func (a *answer) Write(data []byte) (int, error) { return a.body.Write(data) }

func (a *answer) copyTo(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	if a.body.Len() > 0 {
		w.Header().Set("Content-Length", strconv.Itoa(a.body.Len()))
	}
	w.WriteHeader(a.status)
	// A client that has gone away is no concern of the services.
	_, _ = w.Write(a.body.Bytes())
}

// truncate cuts the body in the middle, as a proxy does that loses its upstream.
func (a *answer) truncate() { a.body.Truncate(a.body.Len() / 2) }
