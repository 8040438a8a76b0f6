package simulator

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
)

// function is one function of the expression language. It evaluates its own arguments, because iif, coalesce
// and decode must leave alone those that they do not choose.
type function struct {
	least int
	// most is the largest number of arguments, or unlimited.
	most int
	call func(scope *evaluation, arguments []expression) (any, error)
}

// unlimited stands for any number of arguments.
const unlimited = -1

func (f function) checkCount(count int) error {
	switch {
	case f.least == f.most && count != f.least:
		return fmt.Errorf("takes %d arguments, got %d", f.least, count)
	case count < f.least:
		return fmt.Errorf("takes at least %d arguments, got %d", f.least, count)
	case f.most != unlimited && count > f.most:
		return fmt.Errorf("takes at most %d arguments, got %d", f.most, count)
	default:
		return nil
	}
}

var functions = tableOf(stringFunctions, logicalFunctions, numberFunctions, dateFunctions)

func tableOf(tables ...map[string]function) map[string]function {
	all := map[string]function{}
	for _, table := range tables {
		maps.Copy(all, table)
	}
	return all
}

// values makes a function of the values of all its arguments.
func values(least, most int, compute func(arguments []any) (any, error)) function {
	return function{least: least, most: most, call: func(scope *evaluation, arguments []expression) (any, error) {
		computed := make([]any, 0, len(arguments))
		for _, argument := range arguments {
			value, err := argument.eval(scope)
			if err != nil {
				return nil, err
			}
			computed = append(computed, value)
		}
		return compute(computed)
	}}
}

// ofText makes a function of a text, which is null for null.
func ofText(compute func(text string) any) function {
	return values(1, 1, func(arguments []any) (any, error) {
		if arguments[0] == nil {
			return nil, nil
		}
		return compute(toText(arguments[0])), nil
	})
}

var stringFunctions = map[string]function{
	"concat": values(1, unlimited, func(arguments []any) (any, error) { return joined(arguments, ""), nil }),
	"lower":  ofText(func(text string) any { return strings.ToLower(text) }),
	"lcase":  ofText(func(text string) any { return strings.ToLower(text) }),
	"upper":  ofText(func(text string) any { return strings.ToUpper(text) }),
	"ucase":  ofText(func(text string) any { return strings.ToUpper(text) }),
	"trim":   ofText(func(text string) any { return strings.TrimSpace(text) }),
	"ltrim":  ofText(func(text string) any { return strings.TrimLeft(text, " \t\r\n") }),
	"rtrim":  ofText(func(text string) any { return strings.TrimRight(text, " \t\r\n") }),
	"sha256": ofText(func(text string) any {
		sum := sha256.Sum256([]byte(text))
		return hex.EncodeToString(sum[:])
	}),
	"substr": values(3, 3, substr),
	"left": values(2, 2, func(arguments []any) (any, error) {
		return substr([]any{arguments[0], 0, arguments[1]})
	}),
	"right":      values(2, 2, right),
	"replacestr": values(3, 3, replacestr),
	"split":      values(2, 2, split),
	"join":       values(2, 2, join),
	"equals": values(2, 2, func(arguments []any) (any, error) {
		return toText(arguments[0]) == toText(arguments[1]), nil
	}),
	"equalsIgnoreCase": values(2, 2, func(arguments []any) (any, error) {
		return strings.EqualFold(toText(arguments[0]), toText(arguments[1])), nil
	}),
	"uuid": values(0, 0, newUUID),
	"guid": values(0, 0, newUUID),
}

func newUUID([]any) (any, error) { return uuid.NewString(), nil }

func joined(values []any, separator string) string {
	texts := make([]string, 0, len(values))
	for _, value := range values {
		texts = append(texts, toText(value))
	}
	return strings.Join(texts, separator)
}

func substr(arguments []any) (any, error) {
	if arguments[0] == nil {
		return nil, nil
	}
	start, err := toNumber(arguments[1])
	if err != nil {
		return nil, err
	}
	length, err := toNumber(arguments[2])
	if err != nil {
		return nil, err
	}
	letters := []rune(toText(arguments[0]))
	from := clamp(int(start), len(letters))
	return string(letters[from:clamp(from+int(length), len(letters))]), nil
}

func right(arguments []any) (any, error) {
	count, err := toNumber(arguments[1])
	if err != nil {
		return nil, err
	}
	start := max(utf8.RuneCountInString(toText(arguments[0]))-int(count), 0)
	return substr([]any{arguments[0], start, arguments[1]})
}

func clamp(index, limit int) int { return max(0, min(index, limit)) }

func replacestr(arguments []any) (any, error) {
	if arguments[0] == nil {
		return nil, nil
	}
	return strings.ReplaceAll(toText(arguments[0]), toText(arguments[1]), toText(arguments[2])), nil
}

func split(arguments []any) (any, error) {
	if arguments[0] == nil {
		return nil, nil
	}
	parts := []any{}
	for _, part := range strings.Split(toText(arguments[0]), toText(arguments[1])) {
		parts = append(parts, part)
	}
	return parts, nil
}

func join(arguments []any) (any, error) {
	elements, ok := arguments[1].([]any)
	if !ok {
		return nil, fmt.Errorf("%s is not an array", describe(arguments[1]))
	}
	return joined(elements, toText(arguments[0])), nil
}

var logicalFunctions = map[string]function{
	"iif":      {least: 3, most: 3, call: iif},
	"coalesce": {least: 1, most: unlimited, call: coalesce},
	"decode":   {least: 3, most: unlimited, call: decode},
	"nullify":  values(0, 0, func([]any) (any, error) { return nil, nil }),
	"is_empty": values(1, 1, func(arguments []any) (any, error) {
		switch value := arguments[0].(type) {
		case nil:
			return true, nil
		case string:
			return value == "", nil
		case []any:
			return len(value) == 0, nil
		case map[string]any:
			return len(value) == 0, nil
		default:
			return false, nil
		}
	}),
}

func iif(scope *evaluation, arguments []expression) (any, error) {
	condition, err := arguments[0].eval(scope)
	if err != nil {
		return nil, err
	}
	truth, isBool := condition.(bool)
	if !isBool && condition != nil {
		return nil, fmt.Errorf("the condition is %s, not a boolean", describe(condition))
	}
	if truth {
		return arguments[1].eval(scope)
	}
	return arguments[2].eval(scope)
}

func coalesce(scope *evaluation, arguments []expression) (any, error) {
	for _, argument := range arguments {
		value, err := argument.eval(scope)
		if value != nil || err != nil {
			return value, err
		}
	}
	return nil, nil
}

// decode looks a key up in pairs of keys and values; a single last argument is the default.
func decode(scope *evaluation, arguments []expression) (any, error) {
	key, err := arguments[0].eval(scope)
	if err != nil {
		return nil, err
	}
	options := arguments[1:]
	for ; len(options) > 1; options = options[2:] {
		candidate, err := options[0].eval(scope)
		if err != nil {
			return nil, err
		}
		if equal(key, candidate) {
			return options[1].eval(scope)
		}
	}
	if len(options) == 1 {
		return options[0].eval(scope)
	}
	return nil, nil
}

var numberFunctions = map[string]function{
	"to_integer": values(1, 1, toInteger),
	"to_bigint":  values(1, 1, toInteger),
	"to_float":   values(1, 1, toDecimal),
	"to_decimal": values(1, 1, toDecimal),
	"min":        values(1, unlimited, func(arguments []any) (any, error) { return extreme(arguments, -1) }),
	"max":        values(1, unlimited, func(arguments []any) (any, error) { return extreme(arguments, 1) }),
}

func toDecimal(arguments []any) (any, error) {
	if arguments[0] == nil {
		return nil, nil
	}
	return toNumber(arguments[0])
}

func toInteger(arguments []any) (any, error) {
	number, err := toDecimal(arguments)
	if number == nil || err != nil {
		return nil, err
	}
	return math.Trunc(number.(float64)), nil
}

// extreme finds the argument that compares to all others with the wanted sign.
func extreme(arguments []any, sign int) (any, error) {
	found := arguments[0]
	for _, candidate := range arguments[1:] {
		order, err := compareOperands(candidate, found)
		if err != nil {
			return nil, err
		}
		if order*sign > 0 {
			found = candidate
		}
	}
	return found, nil
}

// wholeNumber reads an argument that must be a number of milliseconds or the like.
func wholeNumber(value any) (int64, error) {
	if value == nil {
		return 0, errors.New("the number is null")
	}
	number, err := toNumber(value)
	if err != nil {
		return 0, err
	}
	if number != math.Trunc(number) {
		return 0, fmt.Errorf("%s is not a whole number", strconv.FormatFloat(number, 'f', -1, 64))
	}
	return int64(number), nil
}
