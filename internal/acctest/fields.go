package acctest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// GiveFields changes the fields under the tenant namespace of every seeded schema, as somebody else would.
func (w *World) GiveFields(t *testing.T, change func(properties map[string]any)) {
	t.Helper()
	for _, object := range w.Objects() {
		if object.Kind == simulator.KindFieldGroup {
			require.NoError(t, w.Update(object.Kind, object.ID, func(group map[string]any) {
				fields := group["definitions"].(map[string]any)["customFields"].(map[string]any)["properties"].(map[string]any)
				change(fields["_acme"].(map[string]any)["properties"].(map[string]any))
			}))
		}
	}
}
