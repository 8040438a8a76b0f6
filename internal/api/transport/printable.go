package transport

import (
	"strings"
	"unicode"
)

// printable is a text as a terminal may get it, in one line: a service's text must not move the cursor, hide or reorder what is
// around it, or begin a line that looks like Terraform's. White space of all kinds becomes a blank, line and paragraph separators
// included; control characters (C0, DEL, C1) and bidirectional marks are dropped, and so is what is not UTF-8.
func printable(text string) string {
	return strings.Map(func(char rune) rune {
		switch {
		case char == '\u0085' || char == '\u2028' || char == '\u2029' || unicode.IsSpace(char) && unicode.IsControl(char):
			return ' '
		case unicode.IsControl(char) || unicode.Is(unicode.Bidi_Control, char):
			return -1
		}
		return char
	}, strings.ToValidUTF8(text, ""))
}

// Line is a text of a service as a terminal may get it, in one line and without secrets.
func (r *Redactor) Line(text string) string { return printable(r.String(text)) }
