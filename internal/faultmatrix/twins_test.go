package faultmatrix_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
)

// twin is an object of the same kind that belongs to somebody else, who has it as wanted.
type twin struct {
	cell
	wanted map[string]any
}

// makeTwin makes an object of somebody else that is the same as that of the cell, or else as different as can be, and carries out the
// operation on it unless that takes it away. Even the same schema has a title of its own, since no two may share one.
func (c *cell) makeTwin(t *testing.T, operation phase, same bool) *twin {
	t.Helper()
	twin := &twin{cell: *c}
	twin.Instance = &core.Instance{Type: c.typeName}
	own := map[string]any{}
	if c.config["title"] != nil {
		own["title"] = "Twin"
	}
	if !same {
		twin.config = c.start(t, c.world)
		own = c.different
	}
	twin.config = maps.Clone(twin.config)
	maps.Copy(twin.config, own)
	terraform := c.terraform(t, c.world.URL)
	twin.wanted = twin.config
	require.NoError(t, terraform.Apply(t.Context(), twin.Instance, twin.config).Err(), "the twin")
	if wanted := operation.wanted(&twin.cell); wanted != nil {
		maps.Copy(wanted, own)
		twin.wanted = wanted
		require.NoError(t, terraform.Apply(t.Context(), twin.Instance, wanted).Err(), "the twin")
	}
	for _, object := range c.world.Objects() {
		c.aside = append(c.aside, object.ID)
	}
	return twin
}

// requireUntouched wants the twin to be as it was.
func (w *twin) requireUntouched(t *testing.T) {
	t.Helper()
	change, diags := w.terraform(t, w.world.URL).Plan(t.Context(), w.Instance, w.wanted)
	require.NoError(t, diags.Err(), "the twin")
	require.True(t, w.Exists(), "the twin is gone")
	require.Equal(t, core.NoOp, change.Action, "somebody touched the twin: %s would become %s", w.State, change.After)
}
