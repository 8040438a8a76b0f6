package main

import (
	"log"
	"net/http"
	"time"
)

// statusWriter remembers the status that was answered.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// logCalls prints a line per call: no header and no query, which may hold secrets.
func logCalls(next http.Handler, logger *log.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		watched := &statusWriter{ResponseWriter: w}
		// Deferred, because a scripted fault ends the call with a panic.
		defer func() {
			logger.Printf("%s %s -> %d in %s", r.Method, r.URL.Path, watched.status, time.Since(started).Round(time.Millisecond))
		}()
		next.ServeHTTP(watched, r)
	})
}
