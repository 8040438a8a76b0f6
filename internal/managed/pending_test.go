package managed

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

func TestPendingIDs(t *testing.T) {
	t.Parallel()
	since := time.Date(2026, 11, 23, 21, 17, 53, 0, time.UTC)
	window := objects.Window{Since: since, Until: since.Add(38 * time.Second)}
	id := pendingID(window)
	require.Equal(t, "pending:2026-11-23T21:17:53Z..2026-11-23T21:18:31Z", id.ValueString())
	read, is := pendingWindow(id)
	require.True(t, is)
	require.Equal(t, window, read)

	window.Others = []string{"63ec807d3f5ce91bd2d06c65", "12"}
	window.Until = window.Until.Add(-time.Millisecond)
	id = pendingID(window)
	require.Equal(t, "pending:2026-11-23T21:17:53Z..2026-11-23T21:18:31Z,not:63ec807d3f5ce91bd2d06c65,not:12", id.ValueString())
	read, _ = pendingWindow(id)
	require.Equal(t, window.Others, read.Others)
	require.False(t, read.Until.Before(window.Until), "the window is not cut short")
	for _, other := range []types.String{types.StringNull(), types.StringUnknown(), types.StringValue(""), types.StringValue("4982698b-e6b3-48c2-8dcf-040e20121fd2")} {
		_, is := pendingWindow(other)
		require.False(t, is, "%s", other)
	}
	_, is = pendingWindow(types.StringValue("pending:yesterday"))
	require.True(t, is, "it is no id of a service's, whatever it says")
}
