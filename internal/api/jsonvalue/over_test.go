package jsonvalue_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
)

func TestOver(t *testing.T) {
	t.Parallel()
	const known = `{"a":{"b":1,"c":"x"},"d":[1,2],"e":true}`
	for answered, want := range map[string]string{
		``:     known,
		`null`: known,
		`{}`:   known,
		`{"a":{"b":null,"c":""},"d":[],"e":null}`: known,
		`{"a":{"b":2,"z":1},"y":0}`:               `{"a":{"b":2,"c":"x"},"d":[1,2],"e":true}`,
		`{"a":"x","d":[2],"e":false}`:             `{"a":"x","d":[2],"e":false}`,
		`{"a":{"c":{"of":1}}}`:                    `{"a":{"b":1,"c":{"of":1}},"d":[1,2],"e":true}`,
		`{"d":[1.0,2]}`:                           `{"a":{"b":1,"c":"x"},"d":[1.0,2],"e":true}`,
	} {
		told, err := jsonvalue.Over([]byte(answered), []byte(known))
		require.NoError(t, err)
		require.JSONEq(t, want, string(told), answered)
	}
	for _, broken := range [][]string{{`{`, known}, {known, `{`}, {known, ``}} {
		_, err := jsonvalue.Over([]byte(broken[0]), []byte(broken[1]))
		require.Error(t, err, broken)
	}
}
