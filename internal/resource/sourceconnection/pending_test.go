package sourceconnection_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// After an outage the state holds a pending ID. It is the resource's identity too, since Terraform 1.12 and later want one for all that
// is in the state.
func TestPendingResourceHasAnIdentity(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	protocol := acctest.NewProtocol(t, world, "customerio_source_connection")
	world.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*" + collection, Do: simulator.FaultResetAfter})
	world.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*" + collection, Do: simulator.FaultResetBefore})

	state, identity, failure := protocol.Create(map[string]any{"name": "Shop"})
	require.Contains(t, failure, "It is not known whether the")
	require.Contains(t, identity, "pending:")
	require.Equal(t, identity, acctest.TextIn(t, state, "id"))

	world.ClearFaults()
	require.Equal(t, state, protocol.Read(state, identity), "it stays pending, since its object exists")
	require.Empty(t, protocol.Delete(state))
	require.Empty(t, world.Alive(simulator.KindSourceConnection))
}

// If the create created nothing, a read removes the resource, and a delete without a read calls no DELETE.
func TestPendingResourceThatWasNeverCreated(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	protocol := acctest.NewProtocol(t, world, "customerio_source_connection")
	world.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*" + collection, Do: simulator.FaultResetBefore})
	world.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*" + collection, Do: simulator.FaultResetBefore})
	state, identity, failure := protocol.Create(map[string]any{"name": "Shop"})
	require.Contains(t, failure, "It is not known whether the")

	world.ClearFaults()
	require.True(t, protocol.Read(state, identity).IsNull())
	require.Empty(t, protocol.Delete(state))
	require.Zero(t, world.CallsTo(http.MethodDelete, collection))
}
