package simulator

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSandboxesTellTheirTypes to every user, without the name of a sandbox.
func TestSandboxesTellTheirTypes(t *testing.T) {
	_, client := newTestServer(t, Options{})
	status, _, body := client.with("x-sandbox-name", "").do("GET", "/data/foundation/sandbox-management/?limit=100", nil)
	require.Equal(t, 200, status)
	types := map[any]any{}
	for _, one := range body["sandboxes"].([]any) {
		types[one.(map[string]any)["name"]] = one.(map[string]any)["type"]
	}
	require.Equal(t, map[any]any{"prod": "production", "dev": "development", "stage": "development"}, types)

	status, _, _ = client.with("Authorization", "").do("GET", "/data/foundation/sandbox-management/", nil)
	require.Equal(t, 403, status)
}
