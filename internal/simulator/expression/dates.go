package expression

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Documented: dformat takes milliseconds, so the seconds of a Customer.io event become an XDM date-time with
// dformat(timestamp*1000, "yyyy-MM-dd'T'HH:mm:ss.SSSX").
var dateFunctions = map[string]function{
	"now":       {call: func(s *scope, _ []node) any { return s.now.UTC() }},
	"timestamp": {call: func(s *scope, _ []node) any { return float64(s.now.UnixMilli()) }},
	"dformat":   nullable(2, 3, dformat),
	"date":      values(1, 3, date),
}

// dformat writes milliseconds since 1970 in a format, in UTC unless a zone is named.
func dformat(arguments []any) any {
	moment := time.UnixMilli(wholeNumber(arguments[0])).UTC()
	if len(arguments) == 3 {
		moment = moment.In(zone(arguments[2]))
	}
	return formatWithPattern(moment, text(arguments[1]))
}

// date reads a text, in the named format or in the first of the documented ones that fits. The third argument is
// the date for null. Numbers are refused: no number is documented to be a date, dformat is for those.
func date(arguments []any) any {
	switch {
	case arguments[0] == nil && len(arguments) == 3:
		return arguments[2]
	case arguments[0] == nil:
		return nil
	case len(arguments) == 1:
		return toDate(arguments[0])
	}
	written, isText := arguments[0].(string)
	if !isText {
		fail("%s is not a text", Describe(arguments[0]))
	}
	format := text(arguments[1])
	moment, err := time.Parse(layoutOf(format), written)
	if err != nil {
		fail("%q does not have the format %q", written, format)
	}
	return moment
}

// documentedDatePatterns are what Data Prep tries, in this order, when no format is given. Adobe's examples of
// date() also show the format without seconds.
var documentedDatePatterns = []string{
	"yyyy-MM-dd HH:mm:ssZ", "yyyy-MM-dd HH:mm:ss.SSSZ", "yyyy-MM-dd HH:mm:ss.SSS", "yyyy-MM-dd'T'HH:mm:ss.SSSX",
	"yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyy-MMM-dd", "yyyyMMdd", "MM-dd-yyyy",
	"MMddyyyy", "M/dd/yyyy", "dd.M.yyyy", "M/dd/yyyy hh:mm:ss a", "dd.M.yyyy hh:mm:ss a", "dd.MMM.yyyy",
	"dd-MMM-yyyy", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.SSS", "yyyy-MM-dd'T'HH:mm:ssXXX",
}

func toDate(value any) time.Time {
	switch value := value.(type) {
	case time.Time:
		return value
	case string:
		for _, pattern := range documentedDatePatterns {
			if moment, err := time.Parse(layoutOf(pattern), value); err == nil {
				return moment
			}
		}
		fail("%q is in none of the documented date formats", value)
	default:
		fail("%s is not a date", Describe(value))
	}
	return time.Time{}
}

func zone(value any) *time.Location {
	location, err := time.LoadLocation(text(value))
	if err != nil {
		fail("%q is not a time zone", text(value))
	}
	return location
}

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
