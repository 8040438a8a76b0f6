package jsonvalue_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
)

func TestInteger(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]jsonvalue.Integer{
		`0`: 0, `3`: 3, `"3"`: 3, `3.0`: 3, `"3.0"`: 3, `null`: 0, `""`: 0, `9007199254740993`: 9007199254740993, `1.6e3`: 1600, `-1`: -1,
	} {
		got := jsonvalue.Integer(77)
		require.NoError(t, json.Unmarshal([]byte(raw), &got), raw)
		require.Equal(t, want, got, raw)
	}
}

func TestIntegerRefusesWhatIsNone(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{`"three"`, `true`, `{}`, `[1]`, `3.5`, `"NaN"`, `1e300`} {
		var got jsonvalue.Integer
		require.ErrorContains(t, json.Unmarshal([]byte(raw), &got), "is not a whole number", raw)
	}
}
