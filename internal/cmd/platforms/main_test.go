package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A number that is too large for 32 bits, in a test, compiles with 64.
func TestPlatformsDiffer(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "go.mod"), []byte("module example.com/dates\n\ngo 1.26.0\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "dates_test.go"), []byte("package dates\n\nvar date int = 1700000000000\n"), 0o600))
	var out strings.Builder
	wrong, err := check(folder, "linux/arm64", &out)
	require.NoError(t, err)
	require.Zero(t, wrong)
	wrong, err = check(folder, "linux/386", &out)
	require.NoError(t, err)
	require.Equal(t, 1, wrong)
	require.Regexp(t, `linux/386: .*dates_test.go:3:16: .*overflows`, out.String())
	_, err = check(folder, "linux", &out)
	require.ErrorContains(t, err, "linux/arm64")
}
