package examples_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// project is a copy of a whole example folder.
func project(t *testing.T, world *acctest.World, folder string, environment ...string) *acctest.Workspace {
	t.Helper()
	return copied(t, folder, append(world.Credentials(), environment...)...)
}

func copied(t *testing.T, folder string, environment ...string) *acctest.Workspace {
	t.Helper()
	w := acctest.NewWorkspace(t, environment...)
	w.Install()
	w.Copy(filepath.Join(root, folder))
	return w
}

// TestMultiRegion wants both workspaces to report to their own sandboxes. The simulator stands for both regions.
func TestMultiRegion(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{AppAPIKeys: []string{"key-of-us", "key-of-eu"}})
	w := project(t, world, "multi-region", `TF_VAR_app_api_keys={"us":"key-of-us","eu":"key-of-eu"}`, "TF_VAR_deletion_protection=false")
	w.Run("init", "-no-color")
	w.Run("apply", "-auto-approve", "-no-color")
	w.NothingToChange()
	sandboxes := map[string]int{}
	for _, object := range world.Objects() {
		if object.Kind == simulator.KindFlow {
			sandboxes[object.Sandbox]++
		}
	}
	require.Equal(t, map[string]int{"prod": 2, "stage": 1}, sandboxes)
	require.Len(t, world.Alive(simulator.KindReportingWebhook), 3)
	w.Run("destroy", "-auto-approve", "-no-color")
	require.Empty(t, world.Objects())
}
