package jsonvalue_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
)

func TestTime(t *testing.T) {
	t.Parallel()
	const documented = "2020-08-05T19:34:39.576Z"
	for raw, want := range map[string]string{
		`1596656079576`: documented, `"1596656079576"`: documented, `"2020-08-05T19:34:39.576Z"`: documented,
		`"2020-08-05T21:34:39.576+02:00"`: documented,
		`0`:                               "", `null`: "", `""`: "", `"yesterday"`: "", `{}`: "", `true`: "", `-1`: "",
	} {
		got := jsonvalue.Time{Time: time.Unix(77, 0)}
		require.NoError(t, json.Unmarshal([]byte(raw), &got), raw)
		if want == "" {
			require.True(t, got.IsZero(), raw)
			continue
		}
		require.Equal(t, want, got.Format(time.RFC3339Nano), raw)
	}
}
