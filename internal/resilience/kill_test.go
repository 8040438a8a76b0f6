package resilience_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// striking strikes at one of the calls, after the service has acted and before it answers.
type striking struct {
	services http.Handler
	mutex    sync.Mutex
	// at is the call to strike at, counted from 1; 0 is none.
	at, calls int
	strike    func() error
	// struck is the call that was struck.
	struck string
}

func (s *striking) arm(at int, strike func() error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.at, s.calls, s.strike = at, 0, strike
}

// next tells whether it is this call's turn.
func (s *striking) next(r *http.Request) bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.calls++
	if s.calls != s.at {
		return false
	}
	s.struck = r.Method + " " + r.URL.Path
	return true
}

// patience is how long the service takes to answer a client that is still there after the strike.
const patience = 3 * time.Second

func (s *striking) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.next(r) {
		s.services.ServeHTTP(w, r)
		return
	}
	answer := httptest.NewRecorder()
	s.services.ServeHTTP(answer, r)
	if err := s.strike(); err != nil {
		panic(err)
	}
	select {
	case <-r.Context().Done():
		panic(http.ErrAbortHandler)
	case <-time.After(patience):
	}
	maps.Copy(w.Header(), answer.Header())
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes())
}

// blow is one way in which an apply ends early.
type blow struct {
	name   string
	strike func(*acctest.Running) error
	// loses says whether the object created in that instant may be missing from the state.
	loses bool
}

var blows = []blow{
	{"the provider is killed", (*acctest.Running).KillProvider, true},
	{"Terraform is interrupted", (*acctest.Running).Interrupt, false},
}

var all = flag.Bool("all", false, "end Terraform at every call, not at a sample of them, and create 200 pipelines, not 15")

// sampled is of how many calls one is played unless all are.
const sampled = 8

// TestEndedEarly ends apply and destroy of the example pipeline at their calls. The next apply goes on from there. An object
// created in the instant of a kill is found and imported as the guide says.
func TestEndedEarly(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"apply", "destroy"} {
		calls := steps(t, command)
		require.Greater(t, len(calls), 10)
		for turn, blow := range blows {
			for i, at := range calls {
				if !*all && (i+turn*sampled/len(blows))%sampled != 0 { // each blow has calls of its own
					continue
				}
				t.Run(fmt.Sprintf("%s/%s/call %d", command, blow.name, at), func(t *testing.T) {
					t.Parallel()
					endEarly(t, command, blow, at)
				})
			}
		}
	}
}

// begin returns a world and a workspace before a command.
func begin(t *testing.T, command string) (*acctest.World, *striking, *acctest.Workspace) {
	t.Helper()
	world := acctest.NewEmpty(t, simulator.Options{})
	services := &striking{services: world.Simulator}
	world.Serve(t, services)
	w := pipeline(t, world)
	if command == "destroy" {
		w.Run("apply", "-auto-approve", "-no-color")
	}
	return world, services, w
}

// steps are the calls of a command, counted from 1. Of the reads before the first change, one stands for all.
func steps(t *testing.T, command string) []int {
	t.Helper()
	world, _, w := begin(t, command)
	world.ResetCalls()
	w.Run(command, "-auto-approve", "-no-color")
	var steps []int
	changing := false
	for i, call := range world.Calls() {
		changing = changing || i > 0 && call.Method != http.MethodGet // the first is for the token
		if changing || i < 2 {
			steps = append(steps, i+1)
		}
	}
	return steps
}

func endEarly(t *testing.T, command string, blow blow, at int) {
	t.Helper()
	world, services, w := begin(t, command)
	var running *acctest.Running
	started := make(chan struct{})
	services.arm(at, func() error {
		<-started
		return blow.strike(running)
	})
	running = w.Start(command, "-auto-approve", "-no-color")
	close(started)
	output, err := running.Wait()
	services.arm(0, nil)
	t.Logf("struck at %s: %v", services.struck, err)
	if services.struck != "" && blow.loses {
		require.Error(t, err, output)
	}
	lost := inNoState(t, world, w)
	if !blow.loses {
		require.LessOrEqual(t, len(lost), pending(t, w), output)
		lost = nil // the next apply finds what is pending
	}
	recover(t, w, lost)
	w.Run("apply", "-auto-approve", "-no-color")
	w.NothingToChange()
	requireOnePipeline(t, world)
}

// requireOnePipeline wants one object of each kind in the example.
func requireOnePipeline(t *testing.T, world *acctest.World) {
	t.Helper()
	kinds := map[string]int{}
	for _, object := range world.Objects() {
		kinds[object.Kind]++
	}
	require.Equal(t, map[string]int{
		simulator.KindFieldGroup: 1, simulator.KindSchema: 1, simulator.KindDataSet: 1, simulator.KindSourceConnection: 1, simulator.KindTargetConnection: 1,
		simulator.KindMappingSet: 1, simulator.KindFlow: 1, simulator.KindReportingWebhook: 1,
	}, kinds)
}

// pending is how many resources the state holds whose creates were cut off before anybody could find what they made.
func pending(t testing.TB, w *acctest.Workspace) int {
	t.Helper()
	text, err := os.ReadFile(w.Path("terraform.tfstate"))
	if !os.IsNotExist(err) {
		require.NoError(t, err)
	}
	return strings.Count(string(text), `"id": "pending:`)
}

// inNoState are the kinds of the objects that are missing from the state.
func inNoState(t testing.TB, world *acctest.World, w *acctest.Workspace) []string {
	t.Helper()
	text, err := os.ReadFile(w.Path("terraform.tfstate"))
	if !os.IsNotExist(err) {
		require.NoError(t, err)
	}
	var lost []string
	for _, object := range world.Objects() {
		id, err := json.Marshal(object.ID)
		require.NoError(t, err)
		if slices.Contains(world.Alive(object.Kind), object.ID) && !strings.Contains(string(text), string(id)) {
			lost = append(lost, object.Kind)
		}
	}
	return lost
}

// resources are the resource types by the kind of their objects. A field group has none, since it belongs to a schema.
var resources = map[string]string{
	simulator.KindSchema: "customerio_target_schema", simulator.KindDataSet: "customerio_target_dataset",
	simulator.KindSourceConnection: "customerio_source_connection", simulator.KindTargetConnection: "customerio_target_connection",
	simulator.KindMappingSet: "customerio_mapping_set", simulator.KindFlow: "customerio_dataflow", simulator.KindReportingWebhook: "customerio_reporting_webhook",
}

// recover imports what is lost with the blocks of the guide.
func recover(t *testing.T, w *acctest.Workspace, lost []string) {
	t.Helper()
	guide := guideBlocks(t)
	var blocks []string
	for _, kind := range lost {
		if resource := resources[kind]; resource != "" {
			require.Contains(t, guide, resource)
			blocks = append(blocks, guide[resource])
		}
	}
	if len(blocks) == 0 {
		return
	}
	w.Write("recovery.tf", strings.Join(blocks, "\n"))
	output := w.Run("apply", "-auto-approve", "-no-color")
	require.Contains(t, output, fmt.Sprintf("%d imported", len(blocks)))
	require.NoError(t, os.Remove(w.Path("recovery.tf")))
}

var recoveryBlock = regexp.MustCompile(`(?s)data "(\w+)" "lost" \{.*?\n\}\n\nimport \{.*?\n\}\n`)

// guideBlocks are the blocks of the guide that find and import what was lost, by resource type.
func guideBlocks(t *testing.T) map[string]string {
	t.Helper()
	guide, err := os.ReadFile(filepath.Join("..", "..", "templates", "guides", "troubleshooting.md"))
	require.NoError(t, err)
	blocks := map[string]string{}
	for _, block := range recoveryBlock.FindAllStringSubmatch(string(guide), -1) {
		blocks[block[1]] = block[0]
	}
	require.Subset(t, slices.Collect(maps.Keys(blocks)), slices.Collect(maps.Values(resources)))
	return blocks
}
