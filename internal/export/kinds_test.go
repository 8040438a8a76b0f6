package export

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
)

// leftOut are attributes that no exported configuration has: an object is in the provider's sandbox, and waits as long as the provider does unless
// somebody says otherwise.
var leftOut = []string{"sandbox_name", "timeouts"}

// An attribute that a configuration can have, and that no kind names, would be lost.
func TestEveryAttributeHasItsPlace(t *testing.T) {
	session, found, err := provider.Open(t.Context(), "test")
	require.NoError(t, err)
	require.Empty(t, found)
	for _, kind := range []*kind{schemaKind, datasetKind, sourceKind, targetKind, mappingSetKind, flowKind, webhookKind} {
		var attributes []string
		for _, one := range session.Schemas.ResourceSchemas[kind.typeName].Block.Attributes {
			if one.Required || one.Optional {
				attributes = append(attributes, one.Name)
			}
		}
		require.ElementsMatch(t, append(leftOut, kind.order...), append(attributes, inNoSandbox(kind)...), kind.typeName)
		for _, name := range kind.taken {
			require.Contains(t, kind.order, name)
		}
	}
}

// inNoSandbox is what webhooks do not have.
func inNoSandbox(kind *kind) []string {
	if kind == webhookKind {
		return []string{"sandbox_name"}
	}
	return nil
}
