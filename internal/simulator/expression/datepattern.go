package expression

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// patternParts are the parts of a Java date pattern: quoted text, two quotes that stand for one, a run of one letter,
// or anything else. Go has no backreferences, so runs of a letter are cut out of runs of letters.
var patternParts = regexp.MustCompile(`''|'[^']*'|'|[A-Za-z]+|[^A-Za-z']+`)

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

// eachPart hands over the parts of a pattern in order: either letters or text.
func eachPart(pattern string, part func(letters, text string)) {
	for _, found := range patternParts.FindAllString(pattern, -1) {
		switch {
		case found == "'":
			fail("the date pattern has a quote that is not closed")
		case found == "''":
			part("", "'")
		case found[0] == '\'':
			part("", strings.Trim(found, "'"))
		case !isLetter(found[0]):
			part("", found)
		default:
			for found != "" {
				letters := found[:len(found)-len(strings.TrimLeft(found, found[:1]))]
				if goLayouts[letters] == "" && letters[0] != 'S' {
					fail("the date pattern %q has %q, which is not supported", pattern, letters)
				}
				part(letters, "")
				found = found[len(letters):]
			}
		}
	}
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func formatWithPattern(moment time.Time, pattern string) string {
	var formatted strings.Builder
	eachPart(pattern, func(letters, text string) {
		switch {
		case letters == "":
			formatted.WriteString(text)
		case letters[0] == 'S':
			formatted.WriteString(moment.Format("." + strings.Repeat("0", len(letters)))[1:])
		case letters == "H":
			formatted.WriteString(strconv.Itoa(moment.Hour()))
		default:
			formatted.WriteString(moment.Format(goLayouts[letters]))
		}
	})
	return formatted.String()
}

// layoutOf is a pattern as Go writes it, for reading dates. Without a zone in the text a date is in UTC.
func layoutOf(pattern string) string {
	var layout strings.Builder
	eachPart(pattern, func(letters, text string) {
		switch {
		case letters == "":
			layout.WriteString(text)
		case letters[0] == 'S':
			layout.WriteString(strings.Repeat("0", len(letters)))
		default:
			layout.WriteString(goLayouts[letters])
		}
	})
	return layout.String()
}
