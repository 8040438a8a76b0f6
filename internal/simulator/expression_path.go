package simulator

import (
	"strconv"
	"strings"
)

// splitPath takes a dotted path apart. Documented: a dot inside a name is escaped with a backslash, or the name is
// wrapped in ${}. An index as in recipients[0] becomes a part of its own.
func splitPath(path string) []string {
	var parts []string
	var part strings.Builder
	flush := func() {
		if part.Len() > 0 {
			parts = append(parts, part.String())
		}
		part.Reset()
	}
	for i := 0; i < len(path); i++ {
		switch {
		case path[i] == '\\' && i+1 < len(path):
			i++
			part.WriteByte(path[i])
		case strings.HasPrefix(path[i:], "${") && strings.Contains(path[i:], "}"):
			end := i + strings.Index(path[i:], "}")
			part.WriteString(path[i+2 : end])
			i = end
		case path[i] == '.' || path[i] == '[' || path[i] == ']':
			flush()
		default:
			part.WriteByte(path[i])
		}
	}
	flush()
	return parts
}

// lookup follows a path into a record. What is not there is null.
func lookup(record map[string]any, path []string) any {
	var current any = record
	for _, name := range path {
		switch container := current.(type) {
		case map[string]any:
			current = container[name]
		case []any:
			index, err := strconv.Atoi(name)
			if err != nil || index < 0 || index >= len(container) {
				return nil
			}
			current = container[index]
		default:
			return nil
		}
	}
	return current
}

// put stores a value at a path, making the objects on the way.
func put(record map[string]any, path []string, value any) {
	for _, name := range path[:len(path)-1] {
		next, ok := record[name].(map[string]any)
		if !ok {
			next = map[string]any{}
			record[name] = next
		}
		record = next
	}
	record[path[len(path)-1]] = value
}
