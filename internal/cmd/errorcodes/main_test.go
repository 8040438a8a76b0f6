package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPageIsUpToDate(t *testing.T) {
	t.Parallel()
	for _, file := range []string{page, "docs/guides/errors.md"} {
		text, err := os.ReadFile(filepath.Join("../../..", file))
		require.NoError(t, err)
		filled, err := fill(string(text))
		require.NoError(t, err, file)
		require.Equal(t, filled, string(text), "%s is not up to date: run make docs", file)
	}
}

func TestPageWithoutMarks(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", begin, end} {
		_, err := fill(text)
		require.ErrorContains(t, err, "there are no lines")
	}
}
