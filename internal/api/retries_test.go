package api_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// The page on retries names every limit in the code, with its value.
func TestPageOnRetries(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/design/retries.md")
	require.NoError(t, err)
	limits := map[string]any{
		"Settling": 30 * time.Second, // which is shorter in tests
		"LastLook": objects.LastLook, "ClockTolerance": objects.ClockTolerance,
		"FirstPause": objects.FirstPause, "LongestPause": objects.LongestPause,
		"RefusalSettling": objects.RefusalSettling, "Quiet": objects.Quiet, "LongestQuiet": objects.LongestQuiet, "Gathering": objects.Gathering,
		"ReadsUntilGone": objects.ReadsUntilGone, "ReadsPerRemoval": objects.ReadsPerRemoval, "RemovalAttempts": objects.RemovalAttempts,
		"PatchAttempts": objects.PatchAttempts, "RefusedPatchAttempts": objects.RefusedPatchAttempts,
		"IgnoredWriteAttempts": objects.IgnoredWriteAttempts, "StaleReads": objects.StaleReads,
		"ActionTakesEffect": objects.ActionTakesEffect,
	}
	for name, value := range limits {
		require.Contains(t, string(page), fmt.Sprintf("| `%s` | %v |", name, value))
	}
	for _, name := range constantsIn(t, "objects/limits.go") {
		require.Contains(t, limits, name, "compare it too")
	}
}

func constantsIn(t *testing.T, path string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	require.NoError(t, err)
	var names []string
	ast.Inspect(file, func(node ast.Node) bool {
		if constant, is := node.(*ast.ValueSpec); is {
			for _, name := range constant.Names {
				names = append(names, name.Name)
			}
		}
		return true
	})
	require.NotEmpty(t, names)
	return names
}
