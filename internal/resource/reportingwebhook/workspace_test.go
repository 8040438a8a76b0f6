package reportingwebhook_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const otherKey = "key-of-another-workspace"

// Each App API key is for one workspace, and no call tells which. A webhook that is missing is not taken for deleted when the key changed.
func TestKeyOfAnotherWorkspace(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{AppAPIKeys: []string{simulator.DefaultAppAPIKey, otherKey}})
	terraform, other, i := world.Core(t), world.CoreWith(t, "customerio", "app_api_key", otherKey), &core.Instance{Type: "customerio_reporting_webhook"}
	arguments := map[string]any{"name": "Shop", "endpoint": "https://example.com/events", "events": []any{"email_sent"}}
	acctest.Applied(t, terraform, i, core.Create, arguments)
	for _, config := range []map[string]any{arguments, nil} {
		kept := *i
		_, found := other.Plan(t.Context(), &kept, config)
		require.ErrorContains(t, found.Err(), "Another key found it, so this one is probably for another workspace")
		require.NotContains(t, found.Err().Error(), otherKey)
		require.True(t, kept.Exists())
	}
	kept := *i
	require.ErrorContains(t, other.ApplyWithoutRefresh(t.Context(), &kept, nil).Err(), "not in this workspace")
	require.True(t, kept.Exists())
	acctest.Applied(t, terraform, i, core.NoOp, arguments)

	// An update that fails does not make the key that of the webhook.
	renamed := maps.Clone(arguments)
	renamed["name"] = "Store"
	require.ErrorContains(t, other.ApplyWithoutRefresh(t.Context(), i, renamed).Err(), "not in this workspace")
	require.ErrorContains(t, other.Refresh(t.Context(), i).Err(), "not in this workspace")
	require.ErrorContains(t, other.ApplyWithoutRefresh(t.Context(), i, nil).Err(), "not in this workspace")
	require.True(t, i.Exists())
	acctest.Applied(t, terraform, i, core.Update, renamed)
	require.Empty(t, terraform.Apply(t.Context(), i, nil))

	// An older state does not tell which key found the webhook.
	acctest.Applied(t, terraform, i, core.Create, arguments)
	i.Object = i.Older()
	found := other.Refresh(t.Context(), i)
	require.NoError(t, found.Err())
	require.Len(t, found, 1)
	require.Contains(t, found[0].Detail, "is not in the workspace of the App API key. The state is of an older version")
}

// The provider's setting takes a region in any capitals, and so does an identity.
func TestImportByAnIdentityWithTheRegionInCapitals(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	terraform, i, id := world.Core(t), &core.Instance{Type: "customerio_reporting_webhook"}, world.MakeWebhook(t, "Shop")
	require.Empty(t, terraform.ImportByIdentity(t.Context(), i, map[string]any{"id": id, "region": "US"}))
	require.Equal(t, "us", i.IdentityText("region"))
	found := terraform.ImportByIdentity(t.Context(), i, map[string]any{"id": id, "region": "usa"})
	require.ErrorContains(t, found.Err(), `Attribute identity.region must be "us" or "eu", got "usa"`)
}
