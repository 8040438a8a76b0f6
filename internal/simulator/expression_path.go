package simulator

import (
	"strconv"
	"strings"
)

// pathStep is one step of a dotted path: a name, an index as in recipients[0], or each element as in recipients[*].
type pathStep struct {
	text    string
	inArray bool
}

// eachElement is what stands in brackets for all elements of an array.
const eachElement = "*"

func (step pathStep) isEach() bool { return step.inArray && step.text == eachElement }

// index is the position that a step names, if it names one.
func (step pathStep) index() (int, bool) {
	position, err := strconv.Atoi(step.text)
	return position, step.inArray && err == nil && position >= 0
}

// parsePath takes a dotted path apart. Documented: a dot inside a name is escaped with a backslash, or the name is
// wrapped in ${}.
func parsePath(path string) []pathStep {
	var steps []pathStep
	var text strings.Builder
	flush := func(inArray bool) {
		if text.Len() > 0 {
			steps = append(steps, pathStep{text: text.String(), inArray: inArray})
		}
		text.Reset()
	}
	for i := 0; i < len(path); i++ {
		switch {
		case path[i] == '\\' && i+1 < len(path):
			i++
			text.WriteByte(path[i])
		case strings.HasPrefix(path[i:], "${") && strings.Contains(path[i:], "}"):
			end := i + strings.Index(path[i:], "}")
			text.WriteString(path[i+2 : end])
			i = end
		case path[i] == '.' || path[i] == '[':
			flush(false)
		case path[i] == ']':
			flush(true)
		default:
			text.WriteByte(path[i])
		}
	}
	flush(false)
	return steps
}

// splitPath is a path as the texts of its steps.
func splitPath(path string) []string {
	var parts []string
	for _, step := range parsePath(path) {
		parts = append(parts, step.text)
	}
	return parts
}

// lookup follows a path into a value. What is not there is null.
func lookup(value any, path []string) any {
	for _, name := range path {
		switch container := value.(type) {
		case map[string]any:
			value = container[name]
		case []any:
			index, err := strconv.Atoi(name)
			if err != nil || index < 0 || index >= len(container) {
				return nil
			}
			value = container[index]
		default:
			return nil
		}
	}
	return value
}

// put stores a value at a path of names and indexes, making the objects and arrays on the way. It returns the
// container, which is a new one where there was none of the kind that the path needs.
func put(container any, path []pathStep, value any) any {
	if len(path) == 0 {
		return value
	}
	step, rest := path[0], path[1:]
	index, isIndex := step.index()
	if !isIndex {
		object, isObject := container.(map[string]any)
		if !isObject {
			object = map[string]any{}
		}
		object[step.text] = put(object[step.text], rest, value)
		return object
	}
	array, _ := container.([]any)
	for len(array) <= index {
		array = append(array, nil)
	}
	array[index] = put(array[index], rest, value)
	return array
}
