package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// root is where this project's source tree is.
const root = "../../.."

// mutants tries mutants of a small module, or lists them.
func mutants(t *testing.T, arguments ...string) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), "testdata/clamp", append(arguments, "-equal", "equal.txt", "-tests", "./...", "./..."), &out))
	return out.String()
}

func TestMutants(t *testing.T) {
	t.Parallel()
	found := mutants(t, "-n", "100", "-seed", "3")
	for _, line := range []string{
		"killed clamp.go:9:5:negated by TestClamp of .\n",
		"killed clamp.go:6:15:other by TestClamp of .\n", // outside of functions
		"equal clamp.go:9:7:swapped\n",
		"SURVIVED clamp.go:12:7:swapped\n\nclamp.go\n- if n < 0 {\n+ if n <= 0 {\n",
		"did not compile clamp.go:24:18:swapped\n",
		"TestFails of example.com/clamp fails without a mutant and is left out",
		"SURVIVED clamp.go:23:9:swapped\n",
	} {
		require.Contains(t, found, line)
	}
	require.Regexp(t, `(?m)^all +\d+ `, found)
}

// The same seed draws the same mutants, to try them again after a test was written.
func TestSeed(t *testing.T) {
	t.Parallel()
	require.Equal(t, mutants(t, "-list", "-n", "4", "-seed", "1"), mutants(t, "-list", "-n", "4", "-seed", "1"))
	require.NotEqual(t, mutants(t, "-list", "-n", "4", "-seed", "1"), mutants(t, "-list", "-n", "4", "-seed", "2"))
}

// Mutants that count as equal to their originals have a reason, and are still mutants of the code.
func TestEqualOnesExist(t *testing.T) {
	t.Parallel()
	reasons, err := readEqual(root + "/" + equalFile)
	require.NoError(t, err)
	packages, err := listPackages(t.Context(), root, strings.Fields(defaultMutated))
	require.NoError(t, err)
	all, err := findMutants(packages)
	require.NoError(t, err)
	for _, one := range all {
		delete(reasons, one.difference())
	}
	require.Empty(t, reasons)
}
