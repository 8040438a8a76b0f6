package simulator

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

type operator struct {
	text     string
	position int
}

func (o operator) fail(format string, arguments ...any) error {
	return &expressionError{position: o.position, function: "operator " + o.text, message: fmt.Sprintf(format, arguments...)}
}

func (o operator) number(value any) (float64, error) {
	number, err := toNumber(value)
	if err != nil {
		return 0, o.fail("%s", err)
	}
	return number, nil
}

func (o operator) truth(value any) (bool, error) {
	switch value := value.(type) {
	case nil:
		return false, nil
	case bool:
		return value, nil
	default:
		return false, o.fail("%s is not a boolean", describe(value))
	}
}

// shortCircuit decides "and" and "or" by their left side alone, where that is enough.
func (o operator) shortCircuit(left any) (decided any, ok bool) {
	truth, isBool := left.(bool)
	switch {
	case isBool && truth && o.text == "||", isBool && !truth && o.text == "&&":
		return truth, true
	default:
		return nil, false
	}
}

func (o operator) apply(left, right any) (any, error) {
	switch o.text {
	case "||":
		return o.or(left, right)
	case "&&":
		return o.and(left, right)
	case "==":
		return equal(left, right), nil
	case "!=":
		return !equal(left, right), nil
	case "<", "<=", ">", ">=":
		return o.compare(left, right)
	case "+":
		return o.plus(left, right)
	default:
		return o.arithmetic(left, right)
	}
}

// or also joins strings, as || does in SQL.
func (o operator) or(left, right any) (any, error) {
	if isString(left) || isString(right) {
		return toText(left) + toText(right), nil
	}
	if truth, err := o.truth(left); truth || err != nil {
		return truth, err
	}
	return o.truth(right)
}

func (o operator) and(left, right any) (any, error) {
	if truth, err := o.truth(left); !truth || err != nil {
		return truth, err
	}
	return o.truth(right)
}

// plus joins as soon as one side is a string, and adds otherwise.
func (o operator) plus(left, right any) (any, error) {
	if isString(left) || isString(right) {
		return toText(left) + toText(right), nil
	}
	return o.arithmetic(left, right)
}

func (o operator) arithmetic(left, right any) (any, error) {
	a, err := o.number(left)
	if err != nil {
		return nil, err
	}
	b, err := o.number(right)
	if err != nil {
		return nil, err
	}
	switch {
	case o.text == "+":
		return a + b, nil
	case o.text == "-":
		return a - b, nil
	case o.text == "*":
		return a * b, nil
	case b == 0:
		return nil, o.fail("division by zero")
	case o.text == "%":
		return math.Mod(a, b), nil
	default:
		// Whether whole numbers divide into a whole number is not documented; nothing is lost this way.
		return a / b, nil
	}
}

func (o operator) compare(left, right any) (any, error) {
	order, err := compareOperands(left, right)
	if err != nil {
		return nil, o.fail("%s", err)
	}
	switch o.text {
	case "<":
		return order < 0, nil
	case "<=":
		return order <= 0, nil
	case ">":
		return order > 0, nil
	default:
		return order >= 0, nil
	}
}

// compareOperands orders two dates, two strings that are not both numbers, or two numbers.
func compareOperands(left, right any) (int, error) {
	leftDate, leftIsDate := left.(time.Time)
	rightDate, rightIsDate := right.(time.Time)
	if leftIsDate && rightIsDate {
		return leftDate.Compare(rightDate), nil
	}
	if isString(left) && isString(right) {
		return strings.Compare(toText(left), toText(right)), nil
	}
	a, err := toNumber(left)
	if err != nil {
		return 0, err
	}
	b, err := toNumber(right)
	if err != nil {
		return 0, err
	}
	switch {
	case a < b:
		return -1, nil
	case a > b:
		return 1, nil
	default:
		return 0, nil
	}
}

// equal compares a number with the text of a number as numbers; null equals only null.
func equal(left, right any) bool {
	if left == nil || right == nil {
		return left == nil && right == nil
	}
	order, err := compareOperands(left, right)
	if err != nil {
		return toText(left) == toText(right)
	}
	return order == 0
}

func isString(value any) bool {
	_, ok := value.(string)
	return ok
}

func toNumber(value any) (float64, error) {
	switch value := value.(type) {
	case float64:
		return value, nil
	case int:
		return float64(value), nil
	case string:
		if number, err := strconv.ParseFloat(strings.TrimSpace(value), 64); err == nil {
			return number, nil
		}
	}
	return 0, fmt.Errorf("%s is not a number", describe(value))
}

// toText writes a value as it appears inside a string. Null is empty.
func toText(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		return value
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	case time.Time:
		return isoDate(value)
	case map[string]any, []any:
		encoded, err := json.Marshal(plainJSON(value))
		if err != nil {
			return err.Error()
		}
		return string(encoded)
	default:
		return fmt.Sprint(value)
	}
}

func describe(value any) string {
	switch value := value.(type) {
	case nil:
		return "null"
	case string:
		return strconv.Quote(value)
	case map[string]any:
		return "an object"
	case []any:
		return "an array"
	default:
		return toText(value)
	}
}
