package sourceconnection_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// The state tells when an object was created. A later command does not take one that is new for gone because the service does not find it yet.
func TestANewObjectMayNotBeFoundByTheNextCommand(t *testing.T) {
	t.Parallel()
	acctest.CountsReads(t) // the fault answers reads by ID
	notFound := simulator.Fault{
		Method: http.MethodGet, Path: "*/sourceConnections/*", Times: 4, Do: simulator.FaultAnswer, Status: http.StatusNotFound,
		Body: `{"type":"https://ns.adobe.com/aep/errors/FLOW-1439-404","title":"Resource not found","status":404}`,
	}
	for name, test := range map[string]struct {
		age   time.Duration
		finds bool
	}{
		"new": {-time.Hour, true}, // so that a slow machine does not age it, and as by another clock
		"old": {time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			terraform, i := world.Core(t), connection()
			config := map[string]any{"name": "Shop"}
			acctest.Applied(t, terraform, i, core.Create, config)
			var private map[string][]byte
			require.NoError(t, json.Unmarshal(i.Private, &private))
			var created time.Time
			require.NoError(t, json.Unmarshal(private["created"], &created))
			require.WithinDuration(t, time.Now(), created, time.Minute)

			var err error
			private["created"], err = json.Marshal(created.Add(-test.age))
			require.NoError(t, err)
			i.Private, err = json.Marshal(private)
			require.NoError(t, err)
			world.AddFault(notFound)
			change, found := terraform.Plan(t.Context(), i, config)
			require.Empty(t, found)
			require.Equal(t, test.finds, change.Action == core.NoOp, change.Action)
		})
	}
}
