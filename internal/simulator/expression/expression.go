// Package expression is the language of Data Prep's EXPRESSION mappings ("calculated fields"): the operators of JEXL
// that the documentation's list of reserved words implies, and the documented functions that mappings of events need.
// Anything unknown is refused by name, never ignored.
//
// Like text/template, the package reports errors inside by panicking with an *Error. They never leave it as panics.
package expression

import (
	"fmt"
	"time"
)

// Error tells where in an expression something is wrong.
type Error struct {
	Position int
	// Function is empty where the error is in no function.
	Function string
	Message  string
}

func (e *Error) Error() string {
	if e.Function == "" {
		return fmt.Sprintf("position %d: %s", e.Position, e.Message)
	}
	return fmt.Sprintf("position %d: %s: %s", e.Position, e.Function, e.Message)
}

// Check tells what is wrong with an expression before any data is there.
func Check(source string) error {
	_, err := parse(source)
	return err
}

// Evaluate computes an expression over the attributes of a source record. Missing attributes are null.
func Evaluate(source string, record map[string]any, now time.Time) (value any, err error) {
	parsed, err := parse(source)
	if err != nil {
		return nil, err
	}
	defer returnFailure(&err)
	return parsed(&scope{record: record, now: now}), nil
}

// scope is what an expression can see.
type scope struct {
	record map[string]any
	now    time.Time
}

// node computes a part of an expression. Values are those of encoding/json.
type node func(*scope) any

// fail ends the evaluation. The call or operator that is being computed adds its position.
func fail(format string, arguments ...any) {
	panic(&Error{Message: fmt.Sprintf(format, arguments...)})
}

func returnFailure(err *error) {
	switch failure := recover().(type) {
	case nil:
	case *Error:
		*err = failure
	default:
		panic(failure)
	}
}

// at gives failures the position and name of what failed, unless they come from deeper inside.
func at(position int, name string, compute node) node {
	return func(s *scope) any {
		defer func() {
			reason := recover()
			if failure, expected := reason.(*Error); expected && failure.Function == "" {
				failure.Position, failure.Function = position, name
			}
			if reason != nil {
				panic(reason)
			}
		}()
		return compute(s)
	}
}
