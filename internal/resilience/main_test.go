// Package resilience_test does to a running Terraform what happens to one: it is interrupted, its provider is killed, there are two of
// it, and there is very much for it to do.
package resilience_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// pipeline is the example's configuration, with a provider whose processes can be found.
func pipeline(t *testing.T, world *acctest.World) *acctest.Workspace {
	t.Helper()
	w := acctest.NewWorkspace(t, append(world.Credentials(), "TF_VAR_deletion_protection=false")...)
	w.Observe()
	for _, file := range []string{"versions.tf", "main.tf", "variables.tf", "outputs.tf"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "examples", "pipeline", file))
		require.NoError(t, err)
		w.Write(file, string(text))
	}
	return w
}
