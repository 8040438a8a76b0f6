package main

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	liveTick  = 100 * time.Millisecond
	plainTick = 10 * time.Second
)

// during shows that something silent is at work, and for how long: on a terminal in a line that is overwritten, else in
// a line every ten seconds.
func (r *report) during(what string, work func() error) error {
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		r.tick(what, stop)
	}()
	err := work()
	close(stop)
	<-stopped
	return err
}

func (r *report) tick(what string, stop <-chan struct{}) {
	started, interval := time.Now(), plainTick
	if r.live {
		interval = liveTick
	}
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for frame := 0; ; frame++ {
		select {
		case <-stop:
			r.overwrite("")
			return
		case <-ticker.C:
			if r.live {
				r.overwrite(fmt.Sprintf("%s%c %s %s", indent, `|/-\`[frame%4], seconds(time.Since(started)), what))
			} else {
				r.detail("%s, %.0fs so far", what, time.Since(started).Seconds())
			}
		}
	}
}

// overwrite replaces the line that the next text erases.
func (r *report) overwrite(line string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.erase()
	if line = fit(line, r.width-1); line != "" {
		r.ticking = utf8.RuneCountInString(line)
		_, _ = fmt.Fprint(r.out, line)
	}
}

// erase needs the mutex.
func (r *report) erase() {
	if r.ticking > 0 {
		_, _ = fmt.Fprint(r.out, "\r"+strings.Repeat(" ", r.ticking)+"\r")
		r.ticking = 0
	}
}
