package simulator

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// filterExpression is one property expression of a list: path, operator, and values of which any may match.
var filterExpression = regexp.MustCompile(`^([^=<>!]+)(==|>=|<=|!=|=|>|<)(.*)$`)

// filterItems keeps the items that match every expression.
func filterItems(items []map[string]any, expressions []string) ([]map[string]any, *problem) {
	matching := slices.Clone(items)
	for _, expression := range expressions {
		matches, refusal := parseFilter(expression)
		if refusal != nil {
			return nil, refusal
		}
		matching = slices.DeleteFunc(matching, func(item map[string]any) bool { return !matches(item) })
	}
	return matching, nil
}

func parseFilter(expression string) (func(map[string]any) bool, *problem) {
	parts := filterExpression.FindStringSubmatch(expression)
	if parts == nil {
		return nil, flowProblem("1450-400", "The filter "+expression+" is invalid.", nil)
	}
	path, operator, values := strings.Split(parts[1], "."), parts[2], splitValues(parts[3])
	holds, known := filterOperators[operator]
	if !known {
		return nil, flowProblem("1440-400", "The filter operator "+operator+" is not implemented.", nil)
	}
	if len(values) > 1 && operator != "==" {
		return nil, flowProblem("1443-400", "The filter operator "+operator+" is not allowed for several values.", nil)
	}
	return func(item map[string]any) bool {
		return slices.ContainsFunc(valuesAt(item, path), func(found any) bool {
			return slices.ContainsFunc(values, func(value string) bool { return holds(compareValues(found, value)) })
		})
	}, nil
}

var filterOperators = map[string]func(comparison int) bool{
	"==": func(comparison int) bool { return comparison == 0 },
	">":  func(comparison int) bool { return comparison > 0 },
	"<":  func(comparison int) bool { return comparison < 0 },
	">=": func(comparison int) bool { return comparison >= 0 },
	"<=": func(comparison int) bool { return comparison <= 0 },
}

// splitValues splits at commas outside double quotes, and takes the quotes off.
func splitValues(list string) []string {
	var values []string
	var value strings.Builder
	quoted := false
	for _, char := range list {
		switch {
		case char == '"':
			quoted = !quoted
		case char == ',' && !quoted:
			values = append(values, value.String())
			value.Reset()
		default:
			value.WriteRune(char)
		}
	}
	return append(values, value.String())
}

// valuesAt finds what a path leads to. A segment that ends in [] goes through all elements of an array.
func valuesAt(value any, path []string) []any {
	if len(path) == 0 {
		if value == nil {
			return nil
		}
		return []any{value}
	}
	object, isObject := value.(map[string]any)
	if !isObject {
		return nil
	}
	key, throughArray := strings.CutSuffix(path[0], "[]")
	if !throughArray {
		return valuesAt(object[key], path[1:])
	}
	elements, _ := object[key].([]any)
	var found []any
	for _, element := range elements {
		found = append(found, valuesAt(element, path[1:])...)
	}
	return found
}

// compareValues compares numbers as numbers and everything else as text.
func compareValues(one, other any) int {
	a, b := valueText(one), valueText(other)
	numberA, errA := json.Number(a).Float64()
	numberB, errB := json.Number(b).Float64()
	if errA == nil && errB == nil {
		return cmp.Compare(numberA, numberB)
	}
	return cmp.Compare(a, b)
}

func valueText(value any) string {
	if text, isText := value.(string); isText {
		return text
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(encoded)
}
