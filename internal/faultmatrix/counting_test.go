package faultmatrix_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// count plays cells, each of which calls back when it begins, and prints how many there were and how many passed.
func count(t *testing.T, what string, play func(t *testing.T, cell func(t *testing.T))) {
	t.Helper()
	var cells, passed atomic.Int64
	t.Run("cells", func(t *testing.T) {
		play(t, func(t *testing.T) {
			t.Helper()
			cells.Add(1)
			t.Cleanup(func() {
				if !t.Failed() {
					passed.Add(1)
				}
			})
		})
	})
	fmt.Printf("%d cells: %d passed (%s)\n", cells.Load(), passed.Load(), what)
	require.Equal(t, cells.Load(), passed.Load())
	require.NotZero(t, cells.Load())
}
