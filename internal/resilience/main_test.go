// Package resilience_test interrupts a running Terraform, kills its provider, runs two of them at the same time, and gives one very much
// to do.
package resilience_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
)

// atOnce is how many tests run at the same time: most of their time goes into waiting.
const atOnce = "6"

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", atOnce); err != nil {
		panic(err)
	}
	acctest.Main(m)
}

// pipeline is a workspace with the example's configuration, and with a provider whose processes can be found.
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
