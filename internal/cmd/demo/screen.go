package main

import (
	"io"
	"os"

	"github.com/fatih/color"
	"golang.org/x/term"
)

const (
	// defaultWidth is that of most terminals, and what a pipe is taken for.
	defaultWidth = 80
	// recordedWidth is what a README shows without making it smaller.
	recordedWidth = 92
)

// screen is where the demo is told.
type screen struct {
	out     io.Writer
	width   int
	colored bool
	// live is a terminal, on which a line can be overwritten.
	live bool
}

// screenOf knows standard output. Its colors are those of the library: none in a pipe, with NO_COLOR, and with TERM=dumb.
func screenOf(out *os.File) screen {
	s := screen{out: out, width: defaultWidth, colored: !color.NoColor}
	descriptor := int(out.Fd())
	s.live = term.IsTerminal(descriptor) && os.Getenv("TERM") != "dumb"
	if width, _, err := term.GetSize(descriptor); err == nil && width > 0 {
		s.width = width
	}
	return s
}

// recordedScreen is a terminal on which no line is overwritten.
func recordedScreen(out, recorder io.Writer) screen {
	return screen{out: io.MultiWriter(recorder, out), width: recordedWidth, colored: true}
}

func (s screen) paint(text string, attributes ...color.Attribute) string {
	if !s.colored || text == "" {
		return text
	}
	painter := color.New(attributes...)
	painter.EnableColor()
	return painter.Sprint(text)
}

func (s screen) strong(text string) string { return s.paint(text, color.Bold) }
func (s screen) good(text string) string   { return s.paint(text, color.FgGreen) }
func (s screen) bad(text string) string    { return s.paint(text, color.FgRed, color.Bold) }
func (s screen) accent(text string) string { return s.paint(text, color.FgCyan) }
func (s screen) quiet(text string) string  { return s.paint(text, color.FgHiBlack) }
