package expression

import (
	"strings"
	"time"
)

// Documented: dformat takes milliseconds, so the seconds of a Customer.io event become an XDM date-time with
// dformat(timestamp*1000, "yyyy-MM-dd'T'HH:mm:ss.SSSX").
var dateFunctions = map[string]function{
	"now":       {call: func(s *scope, _ []node) any { return s.now.UTC() }},
	"timestamp": {call: func(s *scope, _ []node) any { return float64(s.now.UnixMilli()) }},
	"dformat":   nullable(2, 3, dformat),
	"format": nullable(2, 2, func(arguments []any) any {
		return formatWithPattern(toDate(arguments[0]), text(arguments[1]))
	}),
	"date":              values(1, 3, date),
	"date_part":         values(2, 2, func(arguments []any) any { return datePart(text(arguments[0]), arguments[1]) }),
	"zone_date_to_utc":  nullable(1, 1, func(arguments []any) any { return toDate(arguments[0]).UTC() }),
	"zone_date_to_zone": nullable(2, 2, func(arguments []any) any { return toDate(arguments[0]).In(zone(arguments[1])) }),
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

// datePart takes the documented names of the parts, in any case.
func datePart(part string, value any) any {
	if value == nil {
		fail("the date is null")
	}
	moment, whole := toDate(value), 0
	switch strings.ToLower(part) {
	case "year", "yyyy":
		whole = moment.Year()
	case "yy":
		whole = moment.Year() % 100
	case "quarter", "qq", "q":
		whole = (int(moment.Month())-1)/3 + 1
	case "month", "mm", "m":
		whole = int(moment.Month())
	case "dayofyear", "dy", "y":
		whole = moment.YearDay()
	case "day", "dd", "d":
		whole = moment.Day()
	case "hour", "hh", "hh24":
		whole = moment.Hour()
	case "hh12":
		whole = (moment.Hour()+11)%12 + 1
	case "minute", "mi", "n":
		whole = moment.Minute()
	case "second", "ss", "s":
		whole = moment.Second()
	case "millisecond", "ms":
		whole = moment.Nanosecond() / int(time.Millisecond)
	default:
		fail("%q is not a part of a date", part)
	}
	return float64(whole)
}
