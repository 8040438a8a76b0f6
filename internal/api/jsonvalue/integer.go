// Package jsonvalue decodes values that these services do not always send in the same form.
package jsonvalue

import (
	"bytes"
	"fmt"
	"strconv"
)

// Integer is a whole number that the service sends as a number in some answers and as a string in others (documented for
// mappingVersion).
type Integer int64

// UnmarshalJSON takes 3, "3" and 3.0; null is 0.
func (i *Integer) UnmarshalJSON(raw []byte) error {
	text := string(bytes.Trim(raw, `"`))
	if text == "null" || text == "" {
		*i = 0
		return nil
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return fmt.Errorf("%s is no whole number", raw)
	}
	*i = Integer(number)
	return nil
}
