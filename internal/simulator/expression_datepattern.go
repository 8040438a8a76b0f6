package simulator

import (
	"fmt"
	"strings"
	"time"
)

// patternPart is a run of one letter of a Java date pattern, or text between such runs.
type patternPart struct {
	letters string
	text    string
}

// goLayouts translates the pattern letters that both languages know.
var goLayouts = map[string]string{
	"yyyy": "2006", "y": "2006", "yy": "06",
	"MMMM": "January", "MMM": "Jan", "MM": "01", "M": "1", "LLLL": "January", "LLL": "Jan", "LL": "01", "L": "1",
	"dd": "02", "d": "2", "DDD": "002",
	"EEEE": "Monday", "EEE": "Mon", "EE": "Mon", "E": "Mon",
	"a":  "PM",
	"HH": "15", "H": "15", "hh": "03", "h": "3", "mm": "04", "m": "4", "ss": "05", "s": "5",
	"X": "Z07", "XX": "Z0700", "XXX": "Z07:00", "Z": "-0700", "ZZ": "-0700", "ZZZ": "-0700", "z": "MST",
}

func parsePattern(pattern string) ([]patternPart, error) {
	var parts []patternPart
	for i := 0; i < len(pattern); {
		switch c := pattern[i]; {
		case c == '\'':
			text, length, err := quotedText(pattern[i:])
			if err != nil {
				return nil, err
			}
			parts = append(parts, patternPart{text: text})
			i += length
		case isPatternLetter(c):
			length := len(pattern[i:]) - len(strings.TrimLeft(pattern[i:], string(c)))
			part := patternPart{letters: pattern[i : i+length]}
			if _, known := goLayouts[part.letters]; !known && c != 'S' {
				return nil, fmt.Errorf("the date pattern %q has %q, which is not supported", pattern, part.letters)
			}
			parts = append(parts, part)
			i += length
		default:
			parts = append(parts, patternPart{text: string(c)})
			i++
		}
	}
	return parts, nil
}

func isPatternLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// quotedText reads 'text'; two quotes are one quote.
func quotedText(rest string) (text string, length int, err error) {
	if strings.HasPrefix(rest, "''") {
		return "'", 2, nil
	}
	end := strings.IndexByte(rest[1:], '\'')
	if end < 0 {
		return "", 0, fmt.Errorf("the date pattern has a quote that is not closed")
	}
	return rest[1 : end+1], end + 2, nil
}

func formatWithPattern(moment time.Time, pattern string) (string, error) {
	parts, err := parsePattern(pattern)
	if err != nil {
		return "", err
	}
	var formatted strings.Builder
	for _, part := range parts {
		formatted.WriteString(part.format(moment))
	}
	return formatted.String(), nil
}

func (p patternPart) format(moment time.Time) string {
	switch {
	case p.letters == "":
		return p.text
	case p.letters[0] == 'S':
		return moment.Format("." + strings.Repeat("0", len(p.letters)))[1:]
	case p.letters == "H":
		return fmt.Sprint(moment.Hour())
	default:
		return moment.Format(goLayouts[p.letters])
	}
}

// parseWithPattern reads a date. Without a zone in the text it is in UTC.
func parseWithPattern(text, pattern string) (time.Time, error) {
	parts, err := parsePattern(pattern)
	if err != nil {
		return time.Time{}, err
	}
	var layout strings.Builder
	for _, part := range parts {
		switch {
		case part.letters == "":
			layout.WriteString(part.text)
		case part.letters[0] == 'S':
			layout.WriteString(strings.Repeat("0", len(part.letters)))
		default:
			layout.WriteString(goLayouts[part.letters])
		}
	}
	moment, err := time.Parse(layout.String(), text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q does not have the format %q", text, pattern)
	}
	return moment, nil
}
