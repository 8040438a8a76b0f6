package simulator

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// transformation is what the mappings make of one record. Documented: an attribute that cannot be mapped is null, and
// the rest of the row is kept; the error is documented elsewhere.
type transformation struct {
	row    map[string]any
	errors []mappingError
}

type mappingError struct {
	mapping mapping
	err     error
}

// Error makes a mappingError an error.
func (e mappingError) Error() string {
	return "mapping to " + e.mapping.destination + ": " + e.err.Error()
}

func (t transformation) failures() []error {
	var failures []error
	for _, failed := range t.errors {
		failures = append(failures, failed)
	}
	return failures
}

// present is an error in the form that the description of validations and previews shares.
func (e mappingError) present() map[string]any {
	return map[string]any{
		"destination": e.mapping.destination,
		"source":      e.mapping.source,
		"sourceType":  e.mapping.sourceType,
		"exception":   e.err.Error(),
		"columnName":  e.mapping.source,
	}
}

// transform applies mappings to a record. The fields are those of the target schema, or nil where it is not known.
func transform(mappings []mapping, fields, record map[string]any, now time.Time) transformation {
	done := transformation{row: map[string]any{}}
	for _, one := range mappings {
		values, err := one.values(record, now)
		for _, found := range values {
			if err == nil && found.value != nil {
				err = done.store(found, fields)
			}
		}
		if err != nil {
			done.errors = append(done.errors, mappingError{mapping: one, err: err})
		}
	}
	return done
}

// store puts one value where it belongs, in the form that the field there wants.
func (t *transformation) store(found mappedValue, fields map[string]any) error {
	value, err := conform(found.value, fieldAt(fields, found.path))
	if err != nil {
		return err
	}
	put(t.row, found.path, value)
	return nil
}

// mappedValue is a value and the path that it goes to, in which no [*] is left.
type mappedValue struct {
	path  []pathStep
	value any
}

// maxArrayIndex keeps a mapping to list[999999999] from filling the memory.
const maxArrayIndex = 9999

var (
	errNoDestination  = errors.New("the destination is empty")
	errIndexTooLarge  = fmt.Errorf("the index of the destination is larger than %d", maxArrayIndex)
	errUnevenElements = errors.New("source and destination do not have [*] equally often")
)

func (m mapping) values(record map[string]any, now time.Time) ([]mappedValue, error) {
	destination := parsePath(m.destination)
	if len(destination) == 0 {
		return nil, errNoDestination
	}
	if slices.ContainsFunc(destination, func(step pathStep) bool { index, _ := step.index(); return index > maxArrayIndex }) {
		return nil, errIndexTooLarge
	}
	if m.sourceType == sourceAttribute {
		return attributeValues(record, parsePath(m.source), destination)
	}
	if countEach(destination) > 0 {
		return nil, errUnevenElements
	}
	if m.sourceType == sourceStatic {
		return []mappedValue{{path: destination, value: m.source}}, nil
	}
	value, err := evaluateExpression(m.source, record, now)
	return []mappedValue{{path: destination, value: value}}, err
}

// attributeValues copies what is at the source: a value, a whole array or a whole object, or, where both paths have
// [*], something of each element of an array. Documented for Data Prep's mapping sets; the guide to the Talon.One
// source shows that an element's value itself goes to the destination, though one example wraps it once more.
func attributeValues(record map[string]any, source, destination []pathStep) ([]mappedValue, error) {
	if countEach(source) != countEach(destination) {
		return nil, errUnevenElements
	}
	return eachValue(record, source, destination), nil
}

func countEach(path []pathStep) int {
	count := 0
	for _, step := range path {
		if step.isEach() {
			count++
		}
	}
	return count
}

func eachValue(from any, source, destination []pathStep) []mappedValue {
	at := slices.IndexFunc(source, pathStep.isEach)
	if at < 0 {
		return []mappedValue{{path: destination, value: cloneValue(lookup(from, textsOf(source)))}}
	}
	elements, _ := lookup(from, textsOf(source[:at])).([]any)
	var values []mappedValue
	for i, element := range elements {
		values = append(values, eachValue(element, source[at+1:], withIndex(destination, i))...)
	}
	return values
}

// withIndex replaces the first [*].
func withIndex(path []pathStep, index int) []pathStep {
	path = slices.Clone(path)
	path[slices.IndexFunc(path, pathStep.isEach)] = pathStep{text: strconv.Itoa(index), inArray: true}
	return path
}

func textsOf(path []pathStep) []string {
	texts := make([]string, 0, len(path))
	for _, step := range path {
		texts = append(texts, step.text)
	}
	return texts
}

// cloneValue keeps rows apart from the record and from each other: later mappings may add to a copied object.
func cloneValue(value any) any {
	switch value.(type) {
	case map[string]any, []any:
		return cloneJSON(map[string]any{"value": value})["value"]
	default:
		return value
	}
}
