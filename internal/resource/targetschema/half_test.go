package targetschema_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// A create that failed after its field group may have made a schema all the same. As long as nobody can look for that, the field group stays.
func TestDestroyOfAFieldGroupWhoseSchemaCannotBeLookedFor(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(simulator.Fault{Path: "*" + schemas, Do: simulator.FaultAnswer, Status: http.StatusForbidden, Body: `{"message":"not now"}`})
	terraform, i := world.Core(t), &core.Instance{Type: "customerio_target_schema"}
	require.ErrorContains(t, terraform.Apply(t.Context(), i, map[string]any{"title": "Shop"}).Err(), "not now")
	require.Len(t, world.Alive(simulator.KindFieldGroup), 1)

	found := terraform.Apply(t.Context(), i, nil)
	require.ErrorContains(t, found.Err(), "not now")
	require.Len(t, world.Alive(simulator.KindFieldGroup), 1)

	world.ClearFaults()
	require.Empty(t, terraform.Apply(t.Context(), i, nil))
	require.NoError(t, world.NothingLeft(nil))
}
