package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A block that one of two test runs reaches is not a gap.
func TestGaps(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("shop.go", []byte(`package shop

func open(door bool) int {
	if door {
		return 1
	}
	return 0
}

func shut() {
	println("shut")
}
`), 0o600))
	profile := filepath.Join(t.TempDir(), "coverage.out")
	require.NoError(t, os.WriteFile(profile, []byte(`mode: set
`+module+`shop.go:3.26,4.10 1 1
`+module+`shop.go:4.10,6.3 1 0
`+module+`shop.go:7.2,7.10 1 0
`+module+`shop.go:10.13,12.2 1 0
mode: set
`+module+`shop.go:3.26,4.10 1 0
`+module+`shop.go:7.2,7.10 1 1
`), 0o600))
	var out bytes.Buffer
	require.NoError(t, run(profile, &out))
	require.Equal(t, " 50.0 % .\n        shop.go:4-6 in open\n        shop.go:10 shut is never called\n 50.0 % all\n", out.String())
}

func TestUnreadableProfile(t *testing.T) {
	t.Parallel()
	profile := filepath.Join(t.TempDir(), "coverage.out")
	require.NoError(t, os.WriteFile(profile, []byte("mode: set\nnothing\n"), 0o600))
	require.ErrorContains(t, run(profile, &bytes.Buffer{}), `unreadable line "nothing"`)
}
