// Package recording turns what a program prints, with its colors, into an animated SVG.
package recording

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
	"time"
)

// Recorder is a terminal that remembers when each line came.
type Recorder struct {
	mutex   sync.Mutex
	now     func() time.Time
	lines   []line
	partial []byte
}

type line struct {
	at   time.Time
	text string
}

// New makes a Recorder.
func New() *Recorder { return &Recorder{now: time.Now} }

func (r *Recorder) Write(text []byte) (int, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.partial = append(r.partial, text...)
	for {
		end := bytes.IndexByte(r.partial, '\n')
		if end < 0 {
			return len(text), nil
		}
		r.lines = append(r.lines, line{r.now(), string(r.partial[:end])})
		r.partial = r.partial[end+1:]
	}
}

const (
	// shortest and longest are how long the next line lets itself be waited for: long enough to see it come, and
	// not as long as a compiler takes.
	shortest = 60 * time.Millisecond
	longest  = 1000 * time.Millisecond
	// reading is what a line takes to be read; a paragraph stays for as long as all of its lines take.
	reading      = 80 * time.Millisecond
	shortestRead = 400 * time.Millisecond
	longestRead  = 3000 * time.Millisecond
)

// schedule is when each line is shown.
func (r *Recorder) schedule() []time.Duration {
	var moments []time.Duration
	var now time.Duration
	paragraph := 0
	for i, line := range r.lines {
		if i > 0 {
			now += min(longest, max(shortest, line.at.Sub(r.lines[i-1].at)))
		}
		if paragraph++; isBlank(line.text) {
			now += min(longestRead, max(shortestRead, time.Duration(paragraph)*reading))
			paragraph = 0
		}
		moments = append(moments, now)
	}
	return moments
}

// span is a piece of a line that looks the same throughout.
type span struct {
	column int
	style  style
	text   string
}

type style struct {
	bold  bool
	color string
}

// sequence is a change of colors, the only one that is expected.
var sequence = regexp.MustCompile("\x1b\\[([0-9;]*)m")

func isBlank(text string) bool {
	return strings.Trim(sequence.ReplaceAllString(text, ""), " │") == ""
}

// spans divides a line where its look changes.
func spans(text string) []span {
	var found []span
	var look style
	column := 0
	add := func(piece string) {
		if strings.TrimSpace(piece) != "" {
			indented := len(piece) - len(strings.TrimLeft(piece, " "))
			found = append(found, span{column + indented, look, strings.TrimSpace(piece)})
		}
		column += len([]rune(piece))
	}
	position := 0
	for _, at := range sequence.FindAllStringSubmatchIndex(text, -1) {
		add(text[position:at[0]])
		for code := range strings.SplitSeq(text[at[2]:at[3]], ";") {
			look = look.with(code)
		}
		position = at[1]
	}
	add(text[position:])
	return found
}

// palette are the colors that the demo and Terraform use.
var palette = map[string]string{
	"31": "red", "32": "green", "33": "yellow", "34": "blue", "35": "magenta", "36": "cyan", "37": "white", "90": "gray",
	"91": "red", "92": "green", "93": "yellow", "94": "blue", "95": "magenta", "96": "cyan", "97": "white",
}

func (s style) with(code string) style {
	switch {
	case code == "" || code == "0":
		return style{}
	case code == "1":
		s.bold = true
	case code == "22":
		s.bold = false
	case code == "39":
		s.color = ""
	case palette[code] != "":
		s.color = palette[code]
	}
	return s
}
