// Package jsonvalue decodes values that these services do not always send in the same form.
package jsonvalue

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
)

// Integer is a whole number that the service sends as a number in some answers and as a string in others (documented for
// mappingVersion: flow-cio, flow-api).
type Integer int64

// largestExact is the largest number up to which a float holds every whole one.
const largestExact = 1 << 53

// String is the number in decimal digits.
func (i Integer) String() string { return strconv.FormatInt(int64(i), 10) }

// UnmarshalJSON takes 3, "3" and 3.0; null is 0.
func (i *Integer) UnmarshalJSON(raw []byte) error {
	text := string(bytes.Trim(raw, `"`))
	if text == "null" || text == "" {
		*i = 0
		return nil
	}
	if number, err := strconv.ParseInt(text, 10, 64); err == nil {
		*i = Integer(number)
		return nil
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || number != math.Trunc(number) || math.Abs(number) > largestExact {
		return fmt.Errorf("%s is not a whole number", raw)
	}
	*i = Integer(number)
	return nil
}

// OptionalInteger is an [Integer] that an answer may leave out, where 0 is a value like any other.
type OptionalInteger struct {
	Value Integer
	Told  bool
}

// UnmarshalJSON takes what [Integer] takes. Null and "" tell nothing.
func (o *OptionalInteger) UnmarshalJSON(raw []byte) error {
	o.Told = !bytes.Equal(raw, []byte("null")) && !bytes.Equal(raw, []byte(`""`))
	return o.Value.UnmarshalJSON(raw)
}
