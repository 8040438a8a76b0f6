package targetdataset

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"
)

// A protection that nobody has read yet, as after an import, still protects the data.
func TestOnlyFalseUnprotects(t *testing.T) {
	t.Parallel()
	for protection, protected := range map[types.Bool]bool{
		types.BoolValue(false): false, types.BoolValue(true): true, types.BoolNull(): true, types.BoolUnknown(): true,
	} {
		require.Equal(t, protected, (&model{DeletionProtection: protection}).isProtected(), "%s", protection)
	}
}
