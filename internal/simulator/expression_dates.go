package simulator

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Documented: dformat takes milliseconds, so the seconds of a Customer.io event become an XDM date-time with
// dformat(timestamp*1000, "yyyy-MM-dd'T'HH:mm:ss.SSSX").
var dateFunctions = map[string]function{
	"now": {call: func(scope *evaluation, _ []expression) (any, error) { return scope.now.UTC(), nil }},
	"timestamp": {call: func(scope *evaluation, _ []expression) (any, error) {
		return float64(scope.now.UnixMilli()), nil
	}},
	"dformat":          values(2, 3, dformat),
	"format":           values(2, 2, formatDate),
	"date":             values(1, 3, date),
	"date_part":        values(2, 2, datePart),
	"zone_date_to_utc": values(1, 1, func(arguments []any) (any, error) { return inZone(arguments[0], "UTC") }),
	"zone_date_to_zone": values(2, 2, func(arguments []any) (any, error) {
		return inZone(arguments[0], toText(arguments[1]))
	}),
}

// isoDate is how a date appears in a row: ISO 8601, with a fraction only where there is one.
func isoDate(date time.Time) string { return date.Format(time.RFC3339Nano) }

// dformat writes milliseconds since 1970 in a format, in UTC unless a zone is named.
func dformat(arguments []any) (any, error) {
	if arguments[0] == nil {
		return nil, nil
	}
	milliseconds, err := wholeNumber(arguments[0])
	if err != nil {
		return nil, err
	}
	location := time.UTC
	if len(arguments) == 3 {
		if location, err = zone(toText(arguments[2])); err != nil {
			return nil, err
		}
	}
	return formatWithPattern(time.UnixMilli(milliseconds).In(location), toText(arguments[1]))
}

func formatDate(arguments []any) (any, error) {
	if arguments[0] == nil {
		return nil, nil
	}
	moment, err := toDate(arguments[0])
	if err != nil {
		return nil, err
	}
	return formatWithPattern(moment, toText(arguments[1]))
}

// date reads a text, in the named format or in the first of the documented ones that fits. The third argument is
// the date for null. Numbers are refused: no number is documented to be a date, dformat is for those.
func date(arguments []any) (any, error) {
	if arguments[0] == nil {
		if len(arguments) == 3 {
			return arguments[2], nil
		}
		return nil, nil
	}
	if len(arguments) == 1 {
		return toDate(arguments[0])
	}
	text, ok := arguments[0].(string)
	if !ok {
		return nil, fmt.Errorf("%s is not a text", describe(arguments[0]))
	}
	return parseWithPattern(text, toText(arguments[1]))
}

func toDate(value any) (time.Time, error) {
	switch value := value.(type) {
	case time.Time:
		return value, nil
	case string:
		return guessDate(value)
	default:
		return time.Time{}, fmt.Errorf("%s is not a date", describe(value))
	}
}

// documentedDatePatterns are what Data Prep tries, in this order, when no format is given. Adobe's examples of
// date() also show the format without seconds.
var documentedDatePatterns = []string{
	"yyyy-MM-dd HH:mm:ssZ", "yyyy-MM-dd HH:mm:ss.SSSZ", "yyyy-MM-dd HH:mm:ss.SSS", "yyyy-MM-dd'T'HH:mm:ss.SSSX",
	"yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyy-MMM-dd", "yyyyMMdd", "MM-dd-yyyy",
	"MMddyyyy", "M/dd/yyyy", "dd.M.yyyy", "M/dd/yyyy hh:mm:ss a", "dd.M.yyyy hh:mm:ss a", "dd.MMM.yyyy",
	"dd-MMM-yyyy", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.SSS", "yyyy-MM-dd'T'HH:mm:ssXXX",
}

func guessDate(text string) (time.Time, error) {
	for _, pattern := range documentedDatePatterns {
		if moment, err := parseWithPattern(text, pattern); err == nil {
			return moment, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is in none of the documented date formats", text)
}

func zone(name string) (*time.Location, error) {
	location, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("%q is not a time zone", name)
	}
	return location, nil
}

func inZone(value any, name string) (any, error) {
	if value == nil {
		return nil, nil
	}
	moment, err := toDate(value)
	if err != nil {
		return nil, err
	}
	location, err := zone(name)
	if err != nil {
		return nil, err
	}
	return moment.In(location), nil
}

// datePart takes the documented names of the parts, in any case.
func datePart(arguments []any) (any, error) {
	if arguments[1] == nil {
		return nil, errors.New("the date is null")
	}
	moment, err := toDate(arguments[1])
	if err != nil {
		return nil, err
	}
	part := toText(arguments[0])
	switch strings.ToLower(part) {
	case "year", "yyyy":
		return float64(moment.Year()), nil
	case "yy":
		return float64(moment.Year() % 100), nil
	case "quarter", "qq", "q":
		return float64((moment.Month()-1)/3 + 1), nil
	case "month", "mm", "m":
		return float64(moment.Month()), nil
	case "dayofyear", "dy", "y":
		return float64(moment.YearDay()), nil
	case "day", "dd", "d":
		return float64(moment.Day()), nil
	case "hour", "hh", "hh24":
		return float64(moment.Hour()), nil
	case "hh12":
		return float64((moment.Hour()+11)%12 + 1), nil
	case "minute", "mi", "n":
		return float64(moment.Minute()), nil
	case "second", "ss", "s":
		return float64(moment.Second()), nil
	case "millisecond", "ms":
		return float64(moment.Nanosecond() / int(time.Millisecond)), nil
	default:
		return nil, fmt.Errorf("%q is not a part of a date", part)
	}
}
