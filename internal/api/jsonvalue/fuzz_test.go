package jsonvalue_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
)

// FuzzNumbers: what is read as a number or a moment can be written and read again.
func FuzzNumbers(f *testing.F) {
	for _, raw := range []string{`1`, `"1"`, `1.0`, `1e3`, `-0`, `9223372036854775807`, `9223372036854775808`, `1596656079576`, `"2020-08-05T19:34:39.576Z"`, `null`, `{}`, `""`} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var number jsonvalue.Integer
		if json.Unmarshal(raw, &number) == nil {
			written, err := json.Marshal(number)
			require.NoError(t, err)
			var again jsonvalue.Integer
			require.NoError(t, json.Unmarshal(written, &again))
			require.Equal(t, number, again)
		}
		var moment jsonvalue.Time
		if json.Unmarshal(raw, &moment) == nil {
			require.Equal(t, time.UTC, moment.Location())
		}
	})
}
