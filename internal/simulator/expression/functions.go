package expression

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/google/uuid"
)

// function is one function of the language. It evaluates its own arguments, because iif and coalesce must leave alone
// those that they do not choose.
type function struct {
	least int
	// most is the largest number of arguments, or unlimited.
	most int
	call func(s *scope, arguments []node) any
}

// unlimited stands for any number of arguments.
const unlimited = -1

// refuseCount says what is wrong with a number of arguments.
func (f function) refuseCount(count int) string {
	switch {
	case f.least == f.most && count != f.least:
		return fmt.Sprintf("takes %d arguments, got %d", f.least, count)
	case count < f.least:
		return fmt.Sprintf("takes at least %d arguments, got %d", f.least, count)
	case f.most != unlimited && count > f.most:
		return fmt.Sprintf("takes at most %d arguments, got %d", f.most, count)
	default:
		return ""
	}
}

// values makes a function of the values of all its arguments.
func values(least, most int, compute func(arguments []any) any) function {
	return function{least: least, most: most, call: func(s *scope, arguments []node) any {
		computed := make([]any, 0, len(arguments))
		for _, argument := range arguments {
			computed = append(computed, argument(s))
		}
		return compute(computed)
	}}
}

// nullable is values for functions that are null when their first argument is.
func nullable(least, most int, compute func(arguments []any) any) function {
	return values(least, most, func(arguments []any) any {
		if arguments[0] == nil {
			return nil
		}
		return compute(arguments)
	})
}

// ofText makes a function of a text, which is null for null.
func ofText(compute func(text string) string) function {
	return nullable(1, 1, func(arguments []any) any { return compute(text(arguments[0])) })
}

var functions = map[string]function{
	"concat": values(1, unlimited, func(arguments []any) any { return joined(arguments, "") }),
	"lower":  ofText(strings.ToLower),
	"lcase":  ofText(strings.ToLower),
	"upper":  ofText(strings.ToUpper),
	"ucase":  ofText(strings.ToUpper),
	"trim":   ofText(strings.TrimSpace),
	"ltrim":  ofText(func(text string) string { return strings.TrimLeft(text, " \t\r\n") }),
	"rtrim":  ofText(func(text string) string { return strings.TrimRight(text, " \t\r\n") }),
	"sha256": nullable(1, 2, hashed),
	"substr": nullable(3, 3, func(arguments []any) any {
		return substring(text(arguments[0]), int(number(arguments[1])), int(number(arguments[2])))
	}),
	"replacestr": nullable(3, 3, func(arguments []any) any {
		return strings.ReplaceAll(text(arguments[0]), text(arguments[1]), text(arguments[2]))
	}),
	"split": nullable(2, 2, func(arguments []any) any {
		parts := []any{}
		for part := range strings.SplitSeq(text(arguments[0]), text(arguments[1])) {
			parts = append(parts, part)
		}
		return parts
	}),
	"join": values(2, 2, func(arguments []any) any {
		elements, isArray := arguments[1].([]any)
		if !isArray {
			fail("%s is not an array", Describe(arguments[1]))
		}
		return joined(elements, text(arguments[0]))
	}),
	"equals": values(2, 2, func(arguments []any) any { return text(arguments[0]) == text(arguments[1]) }),
	"equalsIgnoreCase": values(2, 2, func(arguments []any) any {
		return strings.EqualFold(text(arguments[0]), text(arguments[1]))
	}),
	"uuid": values(0, 0, func([]any) any { return uuid.NewString() }),
	"guid": values(0, 0, func([]any) any { return uuid.NewString() }),

	"iif":      {least: 3, most: 3, call: iif},
	"coalesce": {least: 1, most: unlimited, call: coalesce},
	"nullify":  values(0, 0, func([]any) any { return nil }),
	"is_empty": values(1, 1, isEmpty),

	"to_integer": nullable(1, 1, toInteger),
	"to_bigint":  nullable(1, 1, toInteger),
	"to_float":   nullable(1, 1, toDecimal),
	"to_decimal": nullable(1, 1, toDecimal),

	"now":       {call: func(s *scope, _ []node) any { return s.now.UTC().Format(time.RFC3339Nano) }},
	"timestamp": {call: func(s *scope, _ []node) any { return float64(s.now.UnixMilli()) }},
	"dformat":   nullable(2, 3, dformat),
}

// hashed takes UTF-8 only. Other character sets are documented, and not simulated. What null becomes is not documented.
func hashed(arguments []any) any {
	if len(arguments) == 2 && text(arguments[1]) != "UTF-8" {
		fail("the simulator has no character set %s", Describe(arguments[1]))
	}
	sum := sha256.Sum256([]byte(text(arguments[0])))
	return hex.EncodeToString(sum[:])
}

func toInteger(arguments []any) any { return math.Trunc(number(arguments[0])) }

func toDecimal(arguments []any) any { return number(arguments[0]) }

func joined(values []any, separator string) string {
	texts := make([]string, 0, len(values))
	for _, value := range values {
		texts = append(texts, text(value))
	}
	return strings.Join(texts, separator)
}

func substring(text string, start, length int) string {
	letters := []rune(text)
	start = max(0, min(start, len(letters)))
	return string(letters[start:max(start, min(start+length, len(letters)))])
}

func isEmpty(arguments []any) any {
	switch value := arguments[0].(type) {
	case []any:
		return len(value) == 0
	case map[string]any:
		return len(value) == 0
	default:
		return value == nil || value == ""
	}
}

func iif(s *scope, arguments []node) any {
	condition := arguments[0](s)
	chosen, isBool := condition.(bool)
	if !isBool && condition != nil {
		fail("the condition is %s, not a boolean", Describe(condition))
	}
	if chosen {
		return arguments[1](s)
	}
	return arguments[2](s)
}

func coalesce(s *scope, arguments []node) any {
	for _, argument := range arguments {
		if value := argument(s); value != nil {
			return value
		}
	}
	return nil
}
