package faultmatrix_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// terraformOf starts a Terraform.
type terraformOf func() *core.Core

// second is a command that comes right after the first one, while its trouble may go on.
type second struct {
	name string
	do   func(ctx context.Context, c *core.Core, cell *cell, wanted map[string]any) error
	// removes is whether nothing is to be left.
	removes bool
}

var seconds = []second{
	{name: "apply", do: func(ctx context.Context, c *core.Core, cell *cell, wanted map[string]any) error {
		return c.Apply(ctx, cell.Instance, wanted).Err()
	}},
	{name: "apply -refresh=false", do: func(ctx context.Context, c *core.Core, cell *cell, wanted map[string]any) error {
		return c.ApplyWithoutRefresh(ctx, cell.Instance, wanted).Err()
	}},
	{name: "plan", do: func(ctx context.Context, c *core.Core, cell *cell, wanted map[string]any) error {
		kept := *cell.Instance // a plan does not write the state
		_, diags := c.Plan(ctx, &kept, wanted)
		return diags.Err()
	}},
	{name: "destroy", removes: true, do: func(ctx context.Context, c *core.Core, cell *cell, _ map[string]any) error {
		return c.Apply(ctx, cell.Instance, nil).Err()
	}},
}

// inPairs is of how many pairs one is played unless all are.
const inPairs = 80

// pairable are the operations that can leave something undone.
func (l lifecycle) pairable() []phase {
	return slices.DeleteFunc(l.phases(), func(operation phase) bool {
		return operation.name != "create" && operation.name != "delete" && l.changes[operation.name] == nil
	})
}

// TestFaultMatrixInPairs plays two commands one after the other: a first one that meets trouble, beside an object of somebody else that
// is just like the one to be made, or much different; and at once a second one. Either may fail and say why. When the trouble is over, the second one is
// repeated. Then there is one object, or none after a destroy, and the twin is as it was.
func TestFaultMatrixInPairs(t *testing.T) {
	t.Parallel()
	count(t, "in pairs", func(t *testing.T, begin func(t *testing.T)) {
		for column, first := range troubledRuns() {
			t.Run(first.name, func(t *testing.T) {
				t.Parallel()
				for row, life := range lifecycles() {
					t.Run(life.typeName, func(t *testing.T) {
						t.Parallel()
						turn := 31*column + 17*row // so that samples differ, and none of the pairs is never in one
						for _, operation := range life.pairable() {
							for _, at := range first.calls(t, life, operation) {
								for _, then := range seconds {
									if turn++; !*all && turn%inPairs != 0 {
										continue
									}
									t.Run(fmt.Sprintf("%s/%s/%s", then.name, operation.name, at), func(t *testing.T) {
										t.Parallel()
										begin(t)
										pair(t, life, operation, at, first, then)
									})
								}
							}
						}
					})
				}
			})
		}
	})
}

// calls are those of an operation at which it meets the trouble. What only reads meet needs one of them.
func (r run) calls(t *testing.T, life lifecycle, operation phase) []call {
	t.Helper()
	calls := slices.DeleteFunc(life.calls(t, operation), func(one call) bool {
		return !changing(one) || r.where != nil && !r.where(one)
	})
	if r.at.Do == "" && len(calls) > 1 {
		return calls[:1]
	}
	return calls
}

// pair plays one cell.
func pair(t *testing.T, life lifecycle, operation phase, at call, first run, then second) {
	t.Helper()
	cell := life.newCell(t)
	twin := cell.makeTwin(t, operation, !first.different)
	others := len(cell.world.Objects())
	terraform := func() *core.Core { return first.terraform(t, cell) }
	require.NoError(t, operation.before(t.Context(), terraform(), cell))
	if first.different {
		cell.Identity = nil // as in a state that Terraform 1.11 wrote: Terraform does not see by itself whose answer it is
	}
	cell.keep(operation)
	first.arm(cell, at)
	failed := first.first(t.Context(), t, cell, operation, at)
	over := time.Now().Add(first.lasts)
	if first.lasts == 0 {
		cell.world.ClearFaults()
	}
	wanted := operation.wanted(cell)
	if wanted == nil {
		wanted = cell.config // what was to go is wanted again
	}
	cell.world.ResetCalls()
	again := then.do(t.Context(), terraform(), cell, wanted)
	if then.name == "plan" {
		cell.requireOnlyReads(t, first, at)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("first: %v\nthen: %v", failed, again)
		}
	})
	for _, err := range []error{failed, again} {
		if err != nil {
			cell.requireClear(t, err)
		}
	}
	time.Sleep(time.Until(over))
	cell.world.ClearFaults()
	if then.removes {
		wanted = nil
	}
	cell.requireSettled(t, terraform, wanted)
	twin.requireUntouched(t)
	require.NoError(t, terraform().Apply(t.Context(), cell.Instance, nil).Err())
	for _, kind := range cell.kinds {
		require.Empty(t, cell.objects(kind), "orphans")
	}
	twin.requireUntouched(t)
	require.Len(t, cell.world.Objects(), others, "objects of others")
}

// window is how long a create may stay pending.
const window = 20 * time.Second

// requireSettled applies until that succeeds, which it may refuse to do as long as nobody knows what became of a create. Then all is as
// wanted.
func (c *cell) requireSettled(t *testing.T, terraform terraformOf, wanted map[string]any) {
	t.Helper()
	end := time.Now().Add(window)
	err := terraform().Apply(t.Context(), c.Instance, wanted).Err()
	for err != nil && time.Now().Before(end) {
		c.requireClear(t, err)
		time.Sleep(lag)
		err = terraform().Apply(t.Context(), c.Instance, wanted).Err()
	}
	require.NoError(t, err, "still, after the trouble is over")
	if wanted == nil {
		require.False(t, c.Exists())
		return
	}
	c.requireOneOfEach(t)
	change, diags := terraform().Plan(t.Context(), c.Instance, wanted)
	require.NoError(t, diags.Err())
	require.True(t, c.Exists(), "the object is not found")
	require.Equal(t, core.NoOp, change.Action, "%s would become %s", c.State, change.After)
}

// requireOnlyReads wants no call to have changed anything, but for the one of the first command on which a service may still work.
func (c *cell) requireOnlyReads(t *testing.T, first run, at call) {
	t.Helper()
	for _, one := range c.world.Calls() {
		if first.at.Do == simulator.FaultWork && one.Method == at.method && pathPattern(one.Path) == at.path {
			continue
		}
		if changing(call{method: one.Method, path: pathPattern(one.Path)}) {
			require.Equal(t, http.MethodGet, one.Method, one.Path)
		}
	}
}
