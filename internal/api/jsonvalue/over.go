package jsonvalue

import (
	"bytes"
	"encoding/json"
)

// Over has the members of a known JSON value, with what an answer tells of them. What else is in the answer is left out, since services
// add members of their own. It is encoded in one way only, so that equal values are equal texts.
func Over(answered, known []byte) ([]byte, error) {
	before, err := decoded(known)
	if err != nil {
		return nil, err
	}
	now, err := decoded(answered)
	if err != nil {
		return nil, err
	}
	return json.Marshal(over(now, before))
}

// decoded has numbers as they are written, since not every whole one is a float. Nothing is null.
func decoded(text []byte) (value any, err error) {
	if len(text) == 0 {
		return nil, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	err = decoder.Decode(&value)
	return value, err
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
