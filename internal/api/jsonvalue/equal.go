package jsonvalue

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Equal tells whether two texts are the same JSON: white space, the order of members and the spelling of numbers do not count. Numbers are
// compared digit by digit, since a float does not hold every one.
func Equal(one, other []byte) bool {
	a, aErr := decoded(one)
	b, bErr := decoded(other)
	return aErr == nil && bErr == nil && equal(a, b)
}

// decoded is one JSON value. Its numbers are [json.Number].
func decoded(raw []byte) (value any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one value")
	}
	return value, nil
}

func equal(one, other any) bool {
	switch one := one.(type) {
	case map[string]any:
		other, is := other.(map[string]any)
		return is && maps.EqualFunc(one, other, equal)
	case []any:
		other, is := other.([]any)
		return is && slices.EqualFunc(one, other, equal)
	case json.Number:
		other, is := other.(json.Number)
		return is && canonical(one) == canonical(other)
	}
	return one == other
}

// canonical is one spelling for all of a number: its digits without zeros at either end, and the power of ten they are multiplied by. 1,
// 1.0 and 10e-1 are "1e0".
func canonical(number json.Number) string {
	mantissa, power, _ := strings.Cut(strings.ToLower(number.String()), "e")
	digits, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	digits = strings.TrimLeft(whole+fraction, "0")
	significant := strings.TrimRight(digits, "0")
	if significant == "" {
		return "0"
	}
	exponent, err := strconv.ParseInt(cmp.Or(power, "0"), 10, 32)
	if err != nil {
		return number.String() // beyond all reason
	}
	exponent += int64(len(digits) - len(significant) - len(fraction))
	sign := ""
	if negative {
		sign = "-"
	}
	return fmt.Sprintf("%s%se%d", sign, significant, exponent)
}
