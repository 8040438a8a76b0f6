// Package document works on JSON documents in the form in which encoding/json decodes them.
package document

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"strconv"
	"strings"

	jsonpatch "github.com/evanphx/json-patch/v5"
)

// MustDecode reads JSON that is compiled into the simulator.
func MustDecode[T any](encoded []byte) (decoded T) {
	if err := json.Unmarshal(encoded, &decoded); err != nil {
		panic("simulator: embedded data is not JSON: " + err.Error())
	}
	return decoded
}

// Clone copies a document deeply, so that stored bodies are never shared with answers or requests.
func Clone(body map[string]any) map[string]any {
	clone, _ := CloneValue(body).(map[string]any)
	return clone
}

// CloneValue copies any JSON value deeply. Whole numbers of 64 bits keep their digits.
func CloneValue(value any) any {
	switch value := value.(type) {
	case map[string]any:
		if value == nil {
			return nil
		}
		clone := make(map[string]any, len(value))
		for name, member := range value {
			clone[name] = CloneValue(member)
		}
		return clone
	case []any:
		if value == nil {
			return nil
		}
		clone := make([]any, len(value))
		for i, element := range value {
			clone[i] = CloneValue(element)
		}
		return clone
	case nil, bool, string, float64, int64:
		return value
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		panic("simulator: a value is not JSON: " + err.Error())
	}
	return MustDecode[any](encoded)
}

// DecodeExact decodes an object. Whole numbers that a float would change are int64.
func DecodeExact(encoded []byte) (object map[string]any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(encoded))
	decoder.UseNumber()
	if err := decoder.Decode(&object); err != nil || !json.Valid(encoded) {
		return nil, cmp.Or(err, errors.New("more than one value"))
	}
	exact, _ := withNumbers(object).(map[string]any)
	return exact, nil
}

func withNumbers(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, member := range value {
			value[name] = withNumbers(member)
		}
	case []any:
		for i, element := range value {
			value[i] = withNumbers(element)
		}
	case json.Number:
		if whole, err := value.Int64(); err == nil {
			return Whole(whole)
		}
		number, _ := value.Float64()
		return number
	}
	return value
}

// Whole is a whole number as other documents have it, a float64, unless that would change it.
func Whole(number int64) any {
	if int64(float64(number)) == number {
		return float64(number)
	}
	return number
}

// Text is Member for a text, Object for an object, and List for an array. Any other type counts as absent.
func Text(body map[string]any, path ...string) string {
	text, _ := Member(body, path...).(string)
	return text
}

// Object digs out an object.
func Object(body map[string]any, path ...string) map[string]any {
	object, _ := Member(body, path...).(map[string]any)
	return object
}

// List digs out an array.
func List(body map[string]any, path ...string) []any {
	list, _ := Member(body, path...).([]any)
	return list
}

// Objects are the elements of a list, if all of them are objects.
func Objects(list []any) (objects []map[string]any, all bool) {
	for _, element := range list {
		object, isObject := element.(map[string]any)
		if !isObject {
			return nil, false
		}
		objects = append(objects, object)
	}
	return objects, true
}

// Member follows a path into a value. What is not there is null.
func Member(value any, path ...string) any {
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

// Only copies the named members that the body has.
func Only(body map[string]any, names ...string) map[string]any {
	picked := map[string]any{}
	for _, name := range names {
		if value, present := body[name]; present {
			picked[name] = value
		}
	}
	return picked
}

// WithDefaults copies an object, which may be absent, and adds the members that it lacks.
func WithDefaults(value any, defaults map[string]any) map[string]any {
	filled := map[string]any{}
	maps.Copy(filled, defaults)
	if object, isObject := value.(map[string]any); isObject {
		maps.Copy(filled, object)
	}
	return filled
}

// Merge writes changes into a document. Nested objects are merged, everything else is replaced.
func Merge(target, changes map[string]any) {
	for name, value := range changes {
		nested, isObject := value.(map[string]any)
		existing, exists := target[name].(map[string]any)
		if isObject && exists {
			Merge(existing, nested)
			continue
		}
		target[name] = value
	}
}

// Same compares values as JSON.
func Same(one, other any) bool {
	return reflect.DeepEqual(CloneValue(one), CloneValue(other))
}

// Patch applies JSON Patch operations to a copy of a document.
func Patch(body map[string]any, operations []byte) (map[string]any, error) {
	encoded, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	patch, err := jsonpatch.DecodePatch(operations)
	if err == nil {
		encoded, err = patch.Apply(encoded)
	}
	if err != nil {
		return nil, fmt.Errorf("the JSON Patch cannot be applied: %w", err)
	}
	var changed map[string]any
	err = json.Unmarshal(encoded, &changed)
	return changed, err
}

// NextVersion counts the last part of a version up: 1.0.4 after 1.0.3.
func NextVersion(version string) string {
	last := strings.LastIndex(version, ".") + 1
	number, err := strconv.Atoi(version[last:])
	if err != nil {
		panic("simulator: not a version: " + err.Error())
	}
	return version[:last] + strconv.Itoa(number+1)
}

// IsText tells whether a value is a JSON string.
func IsText(value any) bool {
	_, isText := value.(string)
	return isText
}

// String writes a value as it appears inside a text. Null is empty.
func String(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		return value
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	case map[string]any, []any:
		encoded, err := json.Marshal(value)
		if err != nil {
			return err.Error()
		}
		return string(encoded)
	default:
		return fmt.Sprint(value)
	}
}

// Number reads a number, or a text that is one.
func Number(value any) (float64, bool) {
	number, err := strconv.ParseFloat(strings.TrimSpace(String(value)), 64)
	return number, err == nil
}
