package xdm

import "strings"

// Step is a step of a path: a name, or what is in brackets, such as the index 0 or * for each element.
type Step struct {
	Text    string
	InArray bool
}

// Steps takes a path of Data Prep apart, such as "_acme.devices[0].id". A dot in a name has a backslash before it, or the name is in ${…}
// (documented: prep-functions).
func Steps(path string) []Step {
	var steps []Step
	var text strings.Builder
	end := func(inArray bool) {
		if text.Len() > 0 {
			steps = append(steps, Step{text.String(), inArray})
		}
		text.Reset()
	}
	for i := 0; i < len(path); i++ {
		name, isSpecial := special(path[i:])
		switch {
		case isSpecial:
			text.WriteString(name)
			i += len(name) + 2
		case path[i] == '\\' && i+1 < len(path):
			i++
			text.WriteByte(path[i])
		case path[i] == '.' || path[i] == '[':
			end(false)
		case path[i] == ']':
			end(true)
		default:
			text.WriteByte(path[i])
		}
	}
	end(false)
	return steps
}

// special is the name in ${…} that a text begins with.
func special(text string) (string, bool) {
	inside, is := strings.CutPrefix(text, "${")
	name, _, closed := strings.Cut(inside, "}")
	return name, is && closed
}
