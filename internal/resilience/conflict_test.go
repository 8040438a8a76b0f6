package resilience_test

import (
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// meeting holds the first PATCH of each of two clients until both have arrived: each has read the dataflow before the other changed it.
type meeting struct {
	services http.Handler
	mutex    sync.Mutex
	arrived  int
	both     chan struct{}
}

func (m *meeting) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPatch {
		m.mutex.Lock()
		if m.arrived++; m.arrived == 2 {
			close(m.both)
		}
		m.mutex.Unlock()
		select {
		case <-m.both:
		case <-r.Context().Done():
		}
	}
	m.services.ServeHTTP(w, r)
}

// TestTwoTerraforms changes one dataflow at the same time from two states.
func TestTwoTerraforms(t *testing.T) {
	t.Parallel()
	const (
		name, description = `name = "Old"`, `description = "old"`
		mine, yours       = `name = "Mine"`, `name = "Yours"`
	)
	for title, test := range map[string]struct {
		first, second []string
		// wins is how many of the two get their change.
		wins int
	}{
		"different attributes": {[]string{mine, description}, []string{name, `description = "new"`}, 2},
		"the same attribute":   {[]string{mine, description}, []string{yours, description}, 1},
	} {
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			meet := &meeting{services: world.Simulator, both: make(chan struct{})}
			world.Serve(t, meet)
			first, second := sharing(t, world, name, description)
			configure(world, first, test.first...)
			configure(world, second, test.second...)

			mine, yours := first.Start("apply", "-auto-approve", "-no-color"), second.Start("apply", "-auto-approve", "-no-color")
			outputs, wins := []string{}, 0
			for _, running := range []*acctest.Running{mine, yours} {
				output, err := running.Wait()
				if err == nil {
					wins++
				} else {
					outputs = append(outputs, strings.Join(strings.Fields(strings.ReplaceAll(output, "│", " ")), " "))
				}
			}
			require.Equal(t, test.wins, wins, outputs)
			flow := dataflow(t, world)
			if test.wins == 2 {
				require.Equal(t, "Mine", flow["name"])
				require.Equal(t, "new", flow["description"])
				return
			}
			require.Len(t, outputs, 1)
			for _, part := range []string{
				"Error: Unable to update dataflow", `its name was "Old" when this change to "`, `is "` + flow["name"].(string) + `" now, last changed by `,
				" with the client " + simulator.DefaultClientID + " at 20", "Plan again",
			} {
				require.Contains(t, outputs[0], part)
			}
		})
	}
}

// sharing returns two workspaces whose states hold the same dataflow.
func sharing(t *testing.T, world *acctest.World, attributes ...string) (first, second *acctest.Workspace) {
	t.Helper()
	first, second = acctest.NewWorkspace(t, world.Credentials()...), acctest.NewWorkspace(t, world.Credentials()...)
	configure(world, first, attributes...)
	first.Run("apply", "-auto-approve", "-no-color")
	second.Write("terraform.tfstate", first.Read("terraform.tfstate"))
	return first, second
}

func dataflow(t *testing.T, world *acctest.World) map[string]any {
	t.Helper()
	ids := world.Alive(simulator.KindFlow)
	require.Len(t, ids, 1)
	var flow map[string]any
	require.NoError(t, world.Update(simulator.KindFlow, ids[0], func(body map[string]any) { flow = maps.Clone(body) }))
	return flow
}

func configure(world *acctest.World, w *acctest.Workspace, attributes ...string) {
	w.Write("main.tf", acctest.Required+world.Config(acctest.Pipeline(attributes...)))
}
