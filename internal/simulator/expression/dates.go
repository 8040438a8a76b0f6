package expression

import (
	"regexp"
	"strings"
	"time"
)

// dformat writes milliseconds since 1970 in a format, in UTC unless a zone is named. The seconds of a Customer.io event
// become an XDM date-time with dformat(${timestamp}*1000, "yyyy-MM-dd'T'HH:mm:ss.SSSX"). The functions that read dates and
// compute with them are not simulated: events have none.
func dformat(arguments []any) any {
	moment := time.UnixMilli(wholeNumber(arguments[0])).UTC()
	if len(arguments) == 3 {
		zone, err := time.LoadLocation(text(arguments[2]))
		if err != nil {
			fail("%q is not a time zone", text(arguments[2]))
		}
		moment = moment.In(zone)
	}
	return moment.Format(layoutOf(text(arguments[1])))
}

// goLayouts translates the letters of Java's date patterns that Go's layouts can express.
var goLayouts = map[string]string{
	"yyyy": "2006", "y": "2006", "yy": "06",
	"MMMM": "January", "MMM": "Jan", "MM": "01", "M": "1", "LLLL": "January", "LLL": "Jan", "LL": "01", "L": "1",
	"dd": "02", "d": "2", "DDD": "002", "EEEE": "Monday", "EEE": "Mon", "EE": "Mon", "E": "Mon",
	"a": "PM", "HH": "15", "hh": "03", "h": "3", "mm": "04", "m": "4", "ss": "05", "s": "5",
	".S": ".0", ".SS": ".00", ".SSS": ".000", ".SSSSSS": ".000000",
	"X": "Z07", "XX": "Z0700", "XXX": "Z07:00", "Z": "-0700", "ZZ": "-0700", "ZZZ": "-0700", "z": "MST",
}

// patternPart is a quoted text, a run of one letter, or the fraction of a second with the point before it.
var patternPart = regexp.MustCompile(`'[^']*'?|\.?S+|` + strings.Join(strings.Split("yMLdDEaHhmsXZz", ""), "+|") + `+|[A-Za-z]+`)

func layoutOf(pattern string) string {
	return patternPart.ReplaceAllStringFunc(pattern, func(part string) string {
		unquoted, isQuoted := strings.CutPrefix(part, "'")
		switch {
		case isQuoted && !strings.HasSuffix(unquoted, "'"):
			fail("the date pattern has a quote that is not closed")
		case part == "''":
			return "'"
		case isQuoted && time.Unix(1e9, 0).UTC().Format(unquoted) != unquoted:
			fail("the date pattern %q has the text %s, which Go takes for a part of a date", pattern, part)
		case isQuoted:
			return strings.TrimSuffix(unquoted, "'")
		case goLayouts[part] == "":
			fail("the date pattern %q has %q, which is not supported", pattern, part)
		}
		return goLayouts[part]
	})
}
