package customerio_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

func TestEventPathsCoverTheSamples(t *testing.T) {
	t.Parallel()
	for _, event := range customerio.Events() {
		var sample map[string]any
		require.NoError(t, json.Unmarshal([]byte(customerio.SampleEvent(event)), &sample))
		for path, value := range leaves("", sample) {
			found, known := customerio.FindEventPath(path)
			require.True(t, known, path)
			if found.Type != "" {
				require.Equal(t, typeOf(value), found.Type, path)
				require.Contains(t, found.Samples, value, path)
			}
		}
	}
}

func TestEventPaths(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{ // the type, "?" for what has any form, "" for what is not known
		"timestamp": "integer", "data.identifiers.email": "string", "data.${to}": "string", "data.proxied": "boolean", "data": "object", "data.identifiers": "object",
		"data.headers": "?", "data.headers.Reply-To[0]": "?", "data.recipients": "?", "data.recipients[*].device_id": "?", "data.content": "string", "data.content.aps": "?",
		"data.identifiers.phone": "", "data.header": "", "email": "", "data.metric": "", "data.identifiers.email.x": "", "timestamp[0]": "",
	} {
		found, known := customerio.FindEventPath(path)
		require.Equal(t, want != "", known, path)
		if want == "?" {
			want = ""
		}
		require.Equal(t, want, found.Type, path)
	}
}
