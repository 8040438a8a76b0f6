package resilience_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestTmpCalls(t *testing.T) {
	for _, n := range []int{1, 3, 40} {
		world := acctest.New(t, simulator.Options{Provisioning: -1})
		w := acctest.NewWorkspace(t, append(world.Credentials(), fmt.Sprintf("TF_VAR_pipelines=%d", n))...)
		config := acctest.Required + world.Config(manyPipelines)
		before := 0
		show := func(step string) {
			all := world.Calls()
			counts := routes(all[before:])
			fmt.Printf("n=%d %s: %d calls\n", n, step, len(all)-before)
			for _, key := range slices.Sorted(maps.Keys(counts)) {
				fmt.Printf("   %4d %s\n", counts[key], key)
			}
			before = len(all)
		}
		w.Write("main.tf", config)
		w.Run("apply", "-auto-approve", "-no-color")
		show("create")
		w.Run("plan", "-no-color", "-detailed-exitcode")
		show("plan")
		w.Write("main.tf", strings.ReplaceAll(config, "${count.index}\"", "${count.index} new\""))
		w.Run("apply", "-auto-approve", "-no-color")
		show("update")
		w.Run("destroy", "-auto-approve", "-no-color")
		show("destroy")
	}
}
