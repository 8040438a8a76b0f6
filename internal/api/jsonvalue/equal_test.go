package jsonvalue_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
)

func TestEqual(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{`1`, `1.0`, `1.00`, `1e0`, `10e-1`, `0.1E1`, ` 1 `},
		{`0`, `-0`, `0.0`, `0e5`},
		{`-1500`, `-1.5e3`, `-1500.0`, `-15e+2`},
		{`9007199254740993`, `9007199254740993.0`},
		{`1e999999999`, `10e999999998`},
		{`{"a": [1, {"b": 2.0}], "c": null}`, `{"c":null,"a":[1.0,{"b":2}]}`},
		{`"1"`, `"\u0031"`},
	} {
		for _, other := range same {
			require.True(t, jsonvalue.Equal([]byte(same[0]), []byte(other)), "%s and %s", same[0], other)
		}
	}
	different := []string{
		`1`, `0`, `-1`, `10`, `0.15`, `-1500`, `9007199254740993`, `9007199254740992`, `1e99999999999999999999`, `"1"`, `null`, `true`, `[]`, `{}`,
		`[1,2]`, `[2,1]`, `{"a":1}`, `{"a":1,"b":1}`, `{"b":1}`,
	}
	for i, one := range different {
		for j, other := range different {
			require.Equal(t, i == j, jsonvalue.Equal([]byte(one), []byte(other)), "%s and %s", one, other)
		}
	}
}

func TestWhatIsNoJSONEqualsNothing(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{``, `{`, `01`, `{} {}`, `nul`} {
		require.False(t, jsonvalue.Equal([]byte(raw), []byte(raw)), raw)
	}
}
