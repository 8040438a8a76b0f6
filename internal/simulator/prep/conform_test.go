package prep

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

// Numbers that come as texts are stored as numbers, with all their digits, and what is no number is not stored.
func TestNumbersInTheFormOfTheirField(t *testing.T) {
	t.Parallel()
	for field, cases := range map[string][]struct{ value, stored any }{
		"integer": {
			{"5", 5.0}, {" 7 ", 7.0}, {5.0, 5.0}, {"9007199254740993", int64(9007199254740993)}, {int64(9007199254740993), int64(9007199254740993)},
			{"", nil}, {"link_7", nil}, {1.5, nil}, {true, nil}, {math.Inf(1), nil}, {"1e400", nil}, {map[string]any{}, nil},
		},
		"number": {{"1.5", 1.5}, {2.0, 2.0}, {"", nil}, {"NaN", nil}, {"five", nil}},
	} {
		for _, test := range cases {
			stored, err := conform(test.value, map[string]any{"type": field})
			require.Equal(t, test.stored == nil, err != nil, "%s %v", field, test.value)
			require.Equal(t, test.stored, stored)
		}
	}
}

func TestNumbersOfARecordKeepTheirDigits(t *testing.T) {
	t.Parallel()
	record, err := document.DecodeExact([]byte(`{"a":9007199254740993,"b":[5,1.5],"c":{"d":1e3}}`))
	require.NoError(t, err)
	require.Equal(t, map[string]any{"a": int64(9007199254740993), "b": []any{5.0, 1.5}, "c": map[string]any{"d": 1000.0}}, record)
	require.Equal(t, record, document.Clone(record))
	for _, malformed := range []string{``, `[1]`, `{} {}`, `{`} {
		_, err := document.DecodeExact([]byte(malformed))
		require.Error(t, err, malformed)
	}
}
