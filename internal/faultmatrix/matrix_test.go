// Package faultmatrix_test meets every call of every resource's life with every kind of trouble.
package faultmatrix_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// all plays the whole matrix. Without it, each call meets one in [sampled] kinds of trouble.
var all = flag.Bool("all", false, "play every cell of the matrix, not a sample of them")

// sampled is how many cells there are for each that a sample has.
const sampled = 16

// atOnce is how many cells run at the same time: most of a cell's time goes into waiting between retries.
const atOnce = "64"

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", atOnce); err != nil {
		panic(err)
	}
	debug.SetGCPercent(800) // each cell creates a world of its own, which is soon garbage
	acctest.MainSettling(m, longLag+lag)
}

// phase is one operation in a resource's life.
type phase struct {
	name string
	// before brings the resource to where the operation begins, without trouble; do is the operation, and wanted the configuration
	// that it leads to, nil for none.
	before, do func(ctx context.Context, c *core.Core, cell *cell) error
	wanted     func(cell *cell) map[string]any
}

// cell is one operation of one resource that meets one kind of trouble at one call.
type cell struct {
	lifecycle
	world  *acctest.World
	config map[string]any
	*core.Instance
	// aside are the objects that other resources own.
	aside []string
	// kept is the ID of the object that is to stay, if one is.
	kept string
}

func (c *cell) changed(change string) map[string]any {
	config := maps.Clone(c.config)
	maps.Copy(config, c.changes[change])
	return config
}

func (l lifecycle) phases() []phase {
	first := func(cell *cell) map[string]any { return cell.config }
	none := func(*cell) map[string]any { return nil }
	create := func(ctx context.Context, c *core.Core, cell *cell) error {
		return c.Apply(ctx, cell.Instance, cell.config).Err()
	}
	nothing := func(context.Context, *core.Core, *cell) error { return nil }
	phases := []phase{
		{"create", nothing, create, first},
		{"refresh", create, create, first},
		{"delete", create, func(ctx context.Context, c *core.Core, cell *cell) error {
			return c.Apply(ctx, cell.Instance, nil).Err()
		}, none},
		{"import", create, func(ctx context.Context, c *core.Core, cell *cell) error {
			return c.Import(ctx, &core.Instance{Type: cell.typeName}, cell.Text("id")).Err()
		}, first},
	}
	for _, change := range slices.Sorted(maps.Keys(l.changes)) {
		phases = append(phases, phase{change, create, func(ctx context.Context, c *core.Core, cell *cell) error {
			return c.Apply(ctx, cell.Instance, cell.changed(change)).Err()
		}, func(cell *cell) map[string]any { return cell.changed(change) }})
	}
	for _, data := range slices.Sorted(maps.Keys(l.data)) {
		phases = append(phases, phase{"data " + data, create, func(ctx context.Context, c *core.Core, cell *cell) error {
			return c.Read(ctx, data, cell.data[data](cell.Text("id"))).Err()
		}, first})
	}
	return phases
}

func (l lifecycle) newCell(t *testing.T) *cell {
	t.Helper()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	cell := &cell{lifecycle: l, world: world, Instance: &core.Instance{Type: l.typeName}}
	cell.config = l.start(t, world)
	for _, object := range world.Objects() {
		cell.aside = append(cell.aside, object.ID)
	}
	return cell
}

// terraform is a Terraform whose provider calls an address.
func (c *cell) terraform(t *testing.T, address string) *core.Core {
	t.Helper()
	return core.New(t, settings(address, requestTimeout))
}

// settings are the provider's configuration.
func settings(address string, requestTimeout time.Duration) map[string]any {
	settings := acctest.Settings(address)
	settings["max_retries"], settings["request_timeout"] = retries, requestTimeout.String()
	return settings
}

// call is one of the calls that an operation makes: the n-th of its method and path.
type call struct {
	method, path string
	nth          int
}

func (c call) String() string { return fmt.Sprintf("%s %s (%d.)", c.method, c.path, c.nth) }

var idSegment = regexp.MustCompile(`^([0-9a-fA-F-]{24,}|[0-9]+|https:.*|_acme\..*)$`)

// pathPattern is a path with any IDs in the place of those that it has.
func pathPattern(path string) string {
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		segments[i] = regexp.QuoteMeta(segment)
		if idSegment.MatchString(segment) {
			segments[i] = "[^/]+"
		}
	}
	return "^" + strings.Join(segments, "/") + "$"
}

// calls finds out which calls an operation makes, by doing it without trouble.
func (l lifecycle) calls(t *testing.T, operation phase) []call {
	t.Helper()
	cell := l.newCell(t)
	require.NoError(t, operation.before(t.Context(), cell.terraform(t, cell.world.URL), cell))
	cell.world.ResetCalls()
	require.NoError(t, operation.do(t.Context(), cell.terraform(t, cell.world.URL), cell), "%s of %s", operation.name, l.typeName)
	seen := map[string]int{}
	var calls []call
	for _, made := range cell.world.Calls() {
		if strings.HasPrefix(made.Path, "/ims/") && (l.typeName != "customerio_source_connection" || operation.name != "create") {
			continue // the token is fetched in the same way each time
		}
		one := call{method: made.Method, path: pathPattern(made.Path)}
		seen[one.method+one.path]++
		one.nth = seen[one.method+one.path]
		calls = append(calls, one)
	}
	require.NotEmpty(t, calls)
	return calls
}

// fewest is the number of cells that a whole matrix has at least.
const fewest = 7700

// troubles are the kinds of trouble that a call can meet.
func troubles(one call) []fault {
	return slices.DeleteFunc(faults(), func(trouble fault) bool {
		// Lasting trouble from the second call on is the same as at the first.
		return trouble.where != nil && !trouble.where(one) || one.nth > 1 && trouble.Times != 1
	})
}

// rotated takes every [sampled]th kind of trouble, beginning with another one for each number, and those that no call has met.
func rotated(troubles []fault, number int, met map[string]bool) []fault {
	var taken []fault
	for i, trouble := range troubles {
		if i%sampled == number%sampled || !met[trouble.name] {
			taken = append(taken, trouble)
		}
	}
	return taken
}

// TestFaultMatrix plays a sample of the cells in which each call and each kind of trouble occurs, or, with -all, every cell.
func TestFaultMatrix(t *testing.T) {
	t.Parallel()
	met, calls, cells := map[string]bool{}, 0, 0
	count(t, "at each call", func(t *testing.T, begin func(t *testing.T)) {
		for _, life := range lifecycles() {
			for _, operation := range life.phases() {
				for _, one := range life.calls(t, operation) {
					chosen := troubles(one)
					if !*all {
						chosen = rotated(chosen, calls, met)
					}
					require.NotEmpty(t, chosen, "%s meets no trouble", one)
					calls++
					for _, trouble := range chosen {
						cells++
						met[trouble.name] = true
						t.Run(fmt.Sprintf("%s/%s/%s/%s", life.typeName, operation.name, trouble.name, one), func(t *testing.T) {
							t.Parallel()
							begin(t)
							meet(t, life, operation, one, trouble)
						})
					}
				}
			}
		}
	})
	require.Len(t, met, len(faults()), "kinds of trouble that some call met")
	least := fewest
	if !*all {
		least /= sampled + 1 // what is left over of each call's kinds of trouble is not rounded up
	}
	require.GreaterOrEqual(t, cells, least)
}

// meet plays one cell.
func meet(t *testing.T, life lifecycle, operation phase, one call, trouble fault) {
	t.Helper()
	cell := life.newCell(t)
	var other *twin
	if trouble.twin {
		other = cell.makeTwin(t, operation, false)
	}
	require.NoError(t, operation.before(t.Context(), cell.terraform(t, cell.world.URL), cell))
	if !trouble.disowned {
		cell.keep(operation)
	}
	armed := trouble.Fault
	armed.Method, armed.Path, armed.After = one.method, one.path, one.nth-1
	cell.world.AddFault(armed)
	err := operation.do(t.Context(), cell.terraform(t, cell.world.URL), cell)
	if trouble.mends {
		require.NoError(t, err, "passing trouble must not fail the operation")
	}
	if trouble.Do == simulator.FaultWork {
		time.Sleep(trouble.Delay)
	}
	cell.judge(t, operation, trouble.disowned, err)
	if other != nil {
		other.requireUntouched(t)
	}
}

// keep remembers the object if the operation has no reason to replace it.
func (c *cell) keep(operation phase) {
	if c.Exists() && operation.name != "delete" && operation.name != "replace" {
		c.kept = c.Text("id")
	}
}

// judge looks at what the operation left behind, and whether the next one mends it.
func (c *cell) judge(t *testing.T, operation phase, disowned bool, failed error) {
	t.Helper()
	if failed != nil {
		c.requireClear(t, failed)
	}
	c.world.ClearFaults()
	wanted := operation.wanted(c)
	healthy := c.terraform(t, c.world.URL)
	if c.Tainted && !disowned && wanted != nil {
		untainted := *c.Instance
		untainted.Tainted = false
		change, diags := healthy.Plan(t.Context(), &untainted, wanted)
		require.False(t, diags.Err() == nil && untainted.Exists() && change.Action == core.NoOp, "an object that is as planned is tainted, after: %v", failed)
	}
	c.Identity = nil // as in a state that Terraform 1.11 wrote
	require.NoError(t, healthy.Apply(t.Context(), c.Instance, wanted).Err(), "the next apply; the one before: %v", failed)
	if wanted != nil {
		change, diags := healthy.Plan(t.Context(), c.Instance, wanted)
		require.NoError(t, diags.Err())
		require.True(t, c.Exists(), "the object is not found")
		require.Equal(t, core.NoOp, change.Action, "%s would become %s", c.State, change.After)
		c.requireOneOfEach(t)
		require.NoError(t, healthy.Apply(t.Context(), c.Instance, nil).Err())
	}
	for _, kind := range c.kinds {
		require.Empty(t, c.objects(kind), "orphans, after: %v", failed)
	}
}

// requireClear wants an error to say what happened and what to do, and no secret.
func (c *cell) requireClear(t *testing.T, failed error) {
	t.Helper()
	text := failed.Error()
	require.Greater(t, len(text), 40)
	require.NotContains(t, text, "always a problem with the provider", "what Terraform says when it had to stop the provider")
	for _, canary := range []string{simulator.DefaultClientSecret, simulator.DefaultAppAPIKey, "canary-of-the-endpoint", "canary-of-the-params"} {
		require.NotContains(t, text, canary)
	}
}

func (c *cell) requireOneOfEach(t *testing.T) {
	t.Helper()
	for _, kind := range c.kinds {
		ids := c.objects(kind)
		require.Len(t, ids, 1, kind)
		if kind == c.kinds[0] {
			require.Equal(t, ids[0], c.Text("id"), "the state names another object")
			require.Contains(t, []string{"", ids[0]}, c.kept, "a good object was replaced")
		}
	}
}

// objects are those of a kind that are nobody else's.
func (c *cell) objects(kind string) []string {
	var ids []string
	for _, object := range c.world.Objects() {
		if object.Kind == kind && !slices.Contains(c.aside, object.ID) {
			ids = append(ids, object.ID)
		}
	}
	return ids
}
