package conformance

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// at is the member at a path of names and numbers, nil if there is none.
func (a *answer) at(path ...string) any { return at(a.value, path...) }

func at(value any, path ...string) any {
	for _, step := range path {
		switch here := value.(type) {
		case map[string]any:
			value = here[step]
		case []any:
			index, err := strconv.Atoi(step)
			if err != nil || index >= len(here) {
				return nil
			}
			value = here[index]
		default:
			return nil
		}
	}
	return value
}

// text is the member as a text, "" if there is none. Numbers are written without a fraction.
func text(value any, path ...string) string {
	switch found := at(value, path...).(type) {
	case string:
		return found
	case float64:
		return strconv.FormatFloat(found, 'f', -1, 64)
	default:
		return ""
	}
}

func (a *answer) isSuccess() bool { return a.status/100 == 2 }

// codeForms are what codes of errors look like. Other texts of an answer are not shown: they may quote anything.
var codeForms = regexp.MustCompile(`^(?:[A-Z]{2,12}-\d+-\d{3}|\d{6}|[a-z]+(?:_[a-z]+)*)$`)

// code is the code of an error, in whichever of the services' forms it is.
func (a *answer) code() string {
	problem := text(a.value, "type")
	for _, candidate := range []string{
		problem[strings.LastIndex(problem, "/")+1:], text(a.value, "error_code"), text(a.value, "errors", "0", "code"), text(a.value, "error"),
	} {
		if codeForms.MatchString(candidate) && candidate != "uri" { // of /placeholder/type/uri, which is no code
			return candidate
		}
	}
	return ""
}

// outcome is a status, and of a refusal its code.
func (a *answer) outcome() string {
	switch code := a.code(); {
	case code != "" && !a.isSuccess():
		return fmt.Sprintf("%d, %s", a.status, code)
	case len(a.body) == 0:
		return fmt.Sprintf("%d, empty body", a.status)
	case a.value == nil:
		return fmt.Sprintf("%d, not JSON", a.status)
	case a.isSuccess():
		return strconv.Itoa(a.status)
	default:
		return fmt.Sprintf("%d, no code", a.status)
	}
}

// withMembers is the outcome and, of a success, the names of the members.
func (a *answer) withMembers() string {
	object, isObject := a.value.(map[string]any)
	if !a.isSuccess() || !isObject {
		return a.outcome()
	}
	return a.outcome() + ", " + strings.Join(slices.Sorted(maps.Keys(object)), " and ")
}

// mostMembers is how many members are named of those that are left out.
const mostMembers = 6

// leftOut names the members of a read that an item of a list does not have, two levels deep.
func leftOut(read, item any) string {
	missing := missingMembers(read, item, 2)
	switch {
	case len(missing) == 0:
		return "nothing"
	case len(missing) > mostMembers:
		return fmt.Sprintf("%s and %d more", strings.Join(missing[:mostMembers], ", "), len(missing)-mostMembers)
	}
	return strings.Join(missing, ", ")
}

func missingMembers(read, item any, depth int) []string {
	whole, isObject := read.(map[string]any)
	part, _ := item.(map[string]any)
	if !isObject || depth == 0 {
		return nil
	}
	var missing []string
	for _, name := range slices.Sorted(maps.Keys(whole)) {
		found, present := part[name]
		if !present && whole[name] != nil {
			missing = append(missing, name)
			continue
		}
		for _, below := range missingMembers(whole[name], found, depth-1) {
			missing = append(missing, name+"."+below)
		}
	}
	return missing
}

// The words for how long something took.
const (
	atOnce      = "at once"
	inSeconds   = "within 10 seconds"
	inAMinute   = "within a minute"
	inMinutes   = "within 5 minutes"
	tooLate     = "not within 5 minutes"
	longestWait = 5 * time.Minute
)

// inWords is how long something took, roughly.
func inWords(elapsed time.Duration) string {
	switch {
	case elapsed <= 10*time.Second:
		return inSeconds
	case elapsed <= time.Minute:
		return inAMinute
	default:
		return inMinutes
	}
}

// outcomeOr is the outcome of an answer, if there is one.
func (a *answer) outcomeOr() string {
	if a == nil {
		return ""
	}
	return a.outcome()
}
