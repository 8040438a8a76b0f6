package mappingset_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
)

// An update replaces the whole set. What somebody else changed after the plan was made is not overwritten without a word.
func TestChangesAfterThePlanAreNotOverwritten(t *testing.T) {
	onBothReadings(t, func(t *testing.T, world *acctest.World) {
		terraform, i := world.Core(t), instance()
		arguments := set(world, attributes{"_acme.metric": attributes{"source": "metric"}}, attributes{"name": "Shop"})
		byHand := subject(world).ChangeElsewhere(t, func(set map[string]any) { set["name"] = "By hand" })
		acctest.Applied(t, terraform, i, core.Create, set(world, nil, nil))
		planned, found := terraform.Plan(t.Context(), i, arguments)
		require.Empty(t, found)
		byHand()
		world.ResetCalls()
		refused := func(found core.Diagnostics) {
			t.Helper()
			require.Len(t, found, 1)
			require.Equal(t, "Unable to update mapping set", found[0].Summary)
			require.Equal(t, `AttributeName("mappings")`, found[0].Attribute.String())
			require.Regexp(t, `its version was "0" when this change was planned, and is "1" now, last changed by .+ at 20`, found[0].Detail)
			require.Contains(t, found[0].Detail, "Plan again")
			require.Zero(t, world.CallsTo(http.MethodPut, collection))
		}
		refused(terraform.ApplyPlan(t.Context(), i, planned))
		refused(terraform.ApplyWithoutRefresh(t.Context(), i, arguments))

		acctest.Applied(t, terraform, i, core.Update, arguments) // which shows what it overwrites
		require.Equal(t, int64(2), i.Number("version"))
		destroy(t, world, i)
	})
}

// Who saves a set as it was, or as it is to be, changes nothing that could be lost.
func TestVersionsThatSayTheSameAreNoConflict(t *testing.T) {
	onBothReadings(t, func(t *testing.T, world *acctest.World) {
		terraform, i := world.Core(t), instance()
		acctest.Applied(t, terraform, i, core.Create, set(world, nil, nil))
		arguments := set(world, nil, attributes{"name": "Shop"})
		planned, found := terraform.Plan(t.Context(), i, arguments)
		require.Empty(t, found)
		subject(world).ChangeElsewhere(t, func(map[string]any) {})()
		subject(world).ChangeElsewhere(t, func(set map[string]any) { set["name"] = "Shop" })()
		world.ResetCalls()
		require.Empty(t, terraform.ApplyPlan(t.Context(), i, planned))
		require.Equal(t, int64(3), i.Number("version"))
		destroy(t, world, i)
	})
}
