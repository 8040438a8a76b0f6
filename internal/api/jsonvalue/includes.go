package jsonvalue

import (
	"encoding/json"
	"reflect"
)

// Includes tells whether a JSON object has all members of another one, with the same values. Null and absent objects have none.
func Includes(object, members json.RawMessage) bool {
	var has, wants map[string]any
	if len(members) == 0 {
		return true
	}
	if json.Unmarshal(members, &wants) != nil {
		return false
	}
	if len(object) > 0 && json.Unmarshal(object, &has) != nil {
		return false
	}
	for name, value := range wants {
		if !reflect.DeepEqual(has[name], value) {
			return false
		}
	}
	return true
}
