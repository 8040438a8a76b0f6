package list

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

// Filter is one expression of a property parameter: a path, an operator, a value.
type Filter struct {
	Path, Operator, Value string
}

var filterExpression = regexp.MustCompile(`^([^=!~<>]+)(==|!=|=~|~|<=|>=|=|<|>)(.*)$`)

// ParseFilter takes an expression apart. It may be none, but a path alone.
func ParseFilter(expression string) (filter Filter, complete bool) {
	parts := filterExpression.FindStringSubmatch(expression)
	if parts == nil {
		return Filter{Path: expression}, false
	}
	return Filter{Path: parts[1], Operator: parts[2], Value: parts[3]}, true
}

// Comparisons are the operators that compare, in all dialects.
var Comparisons = map[string]func(found any, wanted string) bool{
	"==": func(found any, wanted string) bool { return document.String(found) == wanted },
	">":  func(found any, wanted string) bool { return found != nil && compareWithText(found, wanted) > 0 },
	"<":  func(found any, wanted string) bool { return found != nil && compareWithText(found, wanted) < 0 },
	">=": func(found any, wanted string) bool { return found != nil && compareWithText(found, wanted) >= 0 },
	"<=": func(found any, wanted string) bool { return found != nil && compareWithText(found, wanted) <= 0 },
}

// Properties reads the filters that Catalog, Data Prep and the Schema Registry share: member==value, member!=value,
// member<value and the like, and member~regular expression, separated by commas. A member alone asks that it be
// there. Arrays match by any element.
func Properties(parameters []string) ([]func(map[string]any) bool, error) {
	var conditions []func(map[string]any) bool
	for _, parameter := range parameters {
		for one := range strings.SplitSeq(parameter, ",") {
			condition, err := property(one)
			if err != nil {
				return nil, err
			}
			conditions = append(conditions, condition)
		}
	}
	return conditions, nil
}

func property(text string) (func(map[string]any) bool, error) {
	filter, complete := ParseFilter(text)
	if !complete {
		return func(body map[string]any) bool { return body[text] != nil }, nil
	}
	holds, compares := Comparisons[filter.Operator]
	if !compares {
		holds = Comparisons["=="]
	}
	if strings.Contains(filter.Operator, "~") {
		pattern, err := regexp.Compile(filter.Value)
		if err != nil {
			return nil, fmt.Errorf("the property filter %s is invalid: %w", text, err)
		}
		holds = func(found any, _ string) bool { return pattern.MatchString(document.String(found)) }
	}
	path := strings.Split(filter.Path, ".")
	return func(body map[string]any) bool {
		found := document.CloneValue(document.Lookup(body, path))
		values, isArray := found.([]any)
		if !isArray {
			values = []any{found}
		}
		matches := slices.ContainsFunc(values, func(value any) bool { return holds(value, filter.Value) })
		return matches != (filter.Operator == "!=")
	}, nil
}

// compareWithText compares numbers as numbers where both sides are.
func compareWithText(value any, text string) int {
	a, isNumber := document.Number(value)
	b, isNumberToo := document.Number(text)
	if isNumber && isNumberToo {
		return cmp.Compare(a, b)
	}
	return strings.Compare(document.String(value), text)
}
