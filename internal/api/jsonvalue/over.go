package jsonvalue

import "encoding/json"

// Over has the members of a known JSON value, with what an answer tells of them. What else is in the answer is left out, since services
// add members of their own. It is encoded in one way only, so that equal values are equal texts.
func Over(answered, known []byte) ([]byte, error) {
	before, err := decoded(known)
	if err != nil {
		return nil, err
	}
	var now any
	if len(answered) > 0 {
		if now, err = decoded(answered); err != nil {
			return nil, err
		}
	}
	return json.Marshal(over(now, before))
}

func over(answered, known any) any {
	switch told := answered.(type) {
	case nil:
		return known
	case string:
		if told == "" {
			return known
		}
	case []any:
		if len(told) == 0 {
			return known
		}
	case map[string]any:
		if members, is := known.(map[string]any); is {
			merged := map[string]any{}
			for name, member := range members {
				merged[name] = over(told[name], member)
			}
			return merged
		}
	}
	return answered
}
