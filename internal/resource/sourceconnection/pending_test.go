package sourceconnection_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// After an outage, what the state holds in the place of an ID is the resource's identity too: Terraform 1.12 and later store none that
// is empty.
func TestPendingResourceHasAnIdentity(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	protocol := acctest.NewProtocol(t, world, "customerio_source_connection")
	world.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*" + collection, Do: simulator.FaultResetAfter})
	world.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*" + collection, Do: simulator.FaultResetBefore})

	state, identity, failure := protocol.Create(map[string]any{"name": "Shop"})
	require.Contains(t, failure, "may exist all the same")
	require.Contains(t, identity, "pending:")
	require.Equal(t, identity, acctest.TextIn(t, state, "id"))

	world.ClearFaults()
	require.Equal(t, state, protocol.Read(state, identity), "it stays pending, since its object exists")
	require.Empty(t, protocol.Delete(state))
	require.Empty(t, world.Alive(simulator.KindSourceConnection))
}

// Where nothing was created, a read says so, and a delete without one deletes nothing.
func TestPendingResourceThatWasNeverCreated(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	protocol := acctest.NewProtocol(t, world, "customerio_source_connection")
	world.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*" + collection, Do: simulator.FaultResetBefore})
	world.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*" + collection, Do: simulator.FaultResetBefore})
	state, identity, failure := protocol.Create(map[string]any{"name": "Shop"})
	require.Contains(t, failure, "may exist all the same")

	world.ClearFaults()
	require.True(t, protocol.Read(state, identity).IsNull())
	require.Empty(t, protocol.Delete(state))
	require.Zero(t, world.CallsTo(http.MethodDelete, collection))
}
