package expression

import (
	"strconv"
	"strings"
)

// Step is one step of a dotted path: a name, an index as in recipients[0], or each element as in recipients[*].
type Step struct {
	Text    string
	InArray bool
}

// IsEach tells whether the step stands for all elements of an array.
func (step Step) IsEach() bool { return step.InArray && step.Text == "*" }

// Index is the position that a step names, if it names one.
func (step Step) Index() (int, bool) {
	position, err := strconv.Atoi(step.Text)
	return position, step.InArray && err == nil && position >= 0
}

// ParsePath takes a dotted path apart. Documented: a dot inside a name is escaped with a backslash, or the name is
// wrapped in ${}.
func ParsePath(path string) []Step {
	var steps []Step
	var text strings.Builder
	flush := func(inArray bool) {
		if text.Len() > 0 {
			steps = append(steps, Step{Text: text.String(), InArray: inArray})
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

// Texts are the texts of the steps.
func Texts(steps []Step) []string {
	texts := make([]string, 0, len(steps))
	for _, step := range steps {
		texts = append(texts, step.Text)
	}
	return texts
}

// Put stores a value at a path of names and indexes, making the objects and arrays on the way. It returns the
// container, which is a new one where there was none of the kind that the path needs.
func Put(container any, path []Step, value any) any {
	if len(path) == 0 {
		return value
	}
	step, rest := path[0], path[1:]
	index, isIndex := step.Index()
	if !isIndex {
		object, isObject := container.(map[string]any)
		if !isObject {
			object = map[string]any{}
		}
		object[step.Text] = Put(object[step.Text], rest, value)
		return object
	}
	array, _ := container.([]any)
	for len(array) <= index {
		array = append(array, nil)
	}
	array[index] = Put(array[index], rest, value)
	return array
}
