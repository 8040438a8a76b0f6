package simulator

import (
	"errors"
	"fmt"
	"time"
)

// The expressions of Data Prep's EXPRESSION mappings ("calculated fields"): the operators of the JEXL language that
// the documentation's list of reserved words gives away, and those documented functions that mappings of events
// need. Whatever is not known here is refused by name, never ignored.

// expressionError tells where in an expression something is wrong.
type expressionError struct {
	position int
	// function is empty where the error is in no function.
	function string
	message  string
}

func (e *expressionError) Error() string {
	if e.function == "" {
		return fmt.Sprintf("position %d: %s", e.position, e.message)
	}
	return fmt.Sprintf("position %d: %s: %s", e.position, e.function, e.message)
}

// checkExpression tells what is wrong with an expression before any data is there.
func checkExpression(source string) error {
	_, err := parseExpression(source)
	return err
}

// evaluateExpression computes an expression over the attributes of a source record. Missing attributes are null.
func evaluateExpression(source string, record map[string]any, now time.Time) (any, error) {
	parsed, err := parseExpression(source)
	if err != nil {
		return nil, err
	}
	value, err := parsed.eval(&evaluation{record: record, now: now})
	if err != nil {
		return nil, err
	}
	return plainJSON(value), nil
}

// evaluation is what an expression can see.
type evaluation struct {
	record map[string]any
	now    time.Time
}

// expression is a part of a parsed expression. Values are those of encoding/json, and time.Time for dates.
type expression interface {
	eval(scope *evaluation) (any, error)
}

type literal struct{ value any }

func (l literal) eval(*evaluation) (any, error) { return l.value, nil }

type attribute struct{ path []string }

func (a attribute) eval(scope *evaluation) (any, error) { return lookup(scope.record, a.path), nil }

type unary struct {
	operator operator
	operand  expression
}

func (u unary) eval(scope *evaluation) (any, error) {
	value, err := u.operand.eval(scope)
	if err != nil {
		return nil, err
	}
	if u.operator.text == "!" {
		truth, err := u.operator.truth(value)
		return !truth, err
	}
	number, err := u.operator.number(value)
	return -number, err
}

type binary struct {
	operator    operator
	left, right expression
}

func (b binary) eval(scope *evaluation) (any, error) {
	left, err := b.left.eval(scope)
	if err != nil {
		return nil, err
	}
	if decided, ok := b.operator.shortCircuit(left); ok {
		return decided, nil
	}
	right, err := b.right.eval(scope)
	if err != nil {
		return nil, err
	}
	return b.operator.apply(left, right)
}

type call struct {
	position  int
	name      string
	function  function
	arguments []expression
}

func (c call) eval(scope *evaluation) (any, error) {
	value, err := c.function.call(scope, c.arguments)
	if err == nil {
		return value, nil
	}
	var located *expressionError
	if errors.As(err, &located) {
		return nil, located
	}
	return nil, &expressionError{position: c.position, function: c.name, message: err.Error()}
}

// plainJSON turns dates into the ISO 8601 text that XDM date-time fields hold, and leaves all else.
func plainJSON(value any) any {
	switch value := value.(type) {
	case time.Time:
		return isoDate(value)
	case []any:
		plain := make([]any, len(value))
		for i, element := range value {
			plain[i] = plainJSON(element)
		}
		return plain
	default:
		return value
	}
}
