package expression

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

func binaryOperation(operator token, left, right node) node {
	return at(operator.position, "operator "+operator.text, func(s *scope) any {
		a := left(s)
		if operator.text == "||" && a == true || operator.text == "&&" && a == false {
			return a
		}
		return operators[operator.text](a, right(s))
	})
}

// Whether whole numbers divide into a whole number is not documented. Here nothing is lost.
var operators = map[string]func(left, right any) any{
	"||": joining(func(left, right any) any { return truth(left) || truth(right) }),
	"&&": func(left, right any) any { return truth(left) && truth(right) },
	"==": func(left, right any) any { return equal(left, right) },
	"!=": func(left, right any) any { return !equal(left, right) },
	"<":  func(left, right any) any { return compare(left, right) < 0 },
	"<=": func(left, right any) any { return compare(left, right) <= 0 },
	">":  func(left, right any) any { return compare(left, right) > 0 },
	">=": func(left, right any) any { return compare(left, right) >= 0 },
	"+":  joining(func(left, right any) any { return number(left) + number(right) }),
	"-":  func(left, right any) any { return number(left) - number(right) },
	"*":  func(left, right any) any { return number(left) * number(right) },
	"/":  func(left, right any) any { return number(left) / divisor(right) },
	"%":  func(left, right any) any { return math.Mod(number(left), divisor(right)) },
}

// joining makes an operator that joins its sides as soon as one is a text. For || that is what SQL does.
func joining(compute func(left, right any) any) func(left, right any) any {
	return func(left, right any) any {
		if document.IsText(left) || document.IsText(right) {
			return text(left) + text(right)
		}
		return compute(left, right)
	}
}

func divisor(value any) float64 {
	divisor := number(value)
	if divisor == 0 {
		fail("division by zero")
	}
	return divisor
}

func truth(value any) bool {
	truth, isBool := value.(bool)
	if !isBool && value != nil {
		fail("%s is not a boolean", Describe(value))
	}
	return truth
}

// compare orders two texts, or two numbers.
func compare(left, right any) int {
	if document.IsText(left) && document.IsText(right) {
		return strings.Compare(text(left), text(right))
	}
	return cmp.Compare(number(left), number(right))
}

// equal compares a number with the text of a number as numbers. Null equals only null.
func equal(left, right any) bool {
	if left == nil || right == nil {
		return left == nil && right == nil
	}
	a, leftIsNumber := document.Number(left)
	b, rightIsNumber := document.Number(right)
	if leftIsNumber && rightIsNumber && (!document.IsText(left) || !document.IsText(right)) {
		return a == b
	}
	return text(left) == text(right)
}

func number(value any) float64 {
	number, isNumber := document.Number(value)
	if !isNumber {
		fail("%s is not a number", Describe(value))
	}
	return number
}

// wholeNumber reads an argument that must be a number of milliseconds or the like.
func wholeNumber(value any) int64 {
	if value == nil {
		fail("the number is null")
	}
	whole := number(value)
	if whole != math.Trunc(whole) {
		fail("%s is not a whole number", text(whole))
	}
	return int64(whole)
}

// text writes a value as it appears inside a text. Null is empty.
func text(value any) string { return document.String(value) }

// Describe names a value in a message: short values as they are, others by their type.
func Describe(value any) string {
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
		return text(value)
	}
}
