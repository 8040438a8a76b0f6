// Package untold takes members out of JSON, in the ways in which services leave out what they do not tell.
package untold

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Path leads to a member: names of members, and numbers of elements.
type Path []any

// String is such as ".items[0].name".
func (p Path) String() string {
	var text strings.Builder
	for _, step := range p {
		if number, is := step.(int); is {
			fmt.Fprintf(&text, "[%d]", number)
		} else {
			fmt.Fprintf(&text, ".%s", step)
		}
	}
	return text.String()
}

// Members are the paths of all members of all objects in a value. Elements of lists are none.
func Members(value any) []Path {
	var paths []Path
	under := func(step, member any) {
		for _, path := range Members(member) {
			paths = append(paths, append(Path{step}, path...))
		}
	}
	switch value := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			paths = append(paths, Path{name})
			under(name, value[name])
		}
	case []any:
		for number, element := range value {
			under(number, element)
		}
	}
	return paths
}

// Form is how a member is left out.
type Form string

// Forms of leaving out.
const (
	Missing Form = "missing"
	Null    Form = "null"
	Empty   Form = "empty"
)

// Forms are all of them.
var Forms = []Form{Missing, Null, Empty}

// In is a value with the member at a path left out, and whether there is such a form of it: no number and no flag is empty.
func (f Form) In(value any, path Path) (any, bool) {
	if len(path) == 0 {
		return f.of(value)
	}
	switch value := value.(type) {
	case map[string]any:
		name := path[0].(string)
		changed := maps.Clone(value)
		if f == Missing && len(path) == 1 {
			delete(changed, name)
			return changed, true
		}
		member, is := f.In(value[name], path[1:])
		changed[name] = member
		return changed, is
	case []any:
		number := path[0].(int)
		changed := slices.Clone(value)
		element, is := f.In(value[number], path[1:])
		changed[number] = element
		return changed, is
	}
	panic(fmt.Sprintf("%s leads nowhere", path))
}

func (f Form) of(value any) (any, bool) {
	switch value.(type) {
	case string:
		value = ""
	case []any:
		value = []any{}
	case map[string]any:
		value = map[string]any{}
	default:
		return nil, f == Null
	}
	if f == Null {
		return nil, true
	}
	return value, true
}
