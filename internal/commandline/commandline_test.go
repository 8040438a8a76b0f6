package commandline_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/commandline"
)

// program is a command line that says its version and no more.
func program(t *testing.T, version string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("runs a shell script")
	}
	path := filepath.Join(t.TempDir(), "tofu")
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\necho '{\"terraform_version\": \""+version+"\"}'\n"), 0o700)) // #nosec G306 -- it is to be run
	return path
}

func TestChosenProgram(t *testing.T) {
	for version, wanted := range map[string]string{"1.12.6": "", "1.16.0-rc1": "", "1.7.5": "it is version 1.7.5, and >= 1.8 is needed", "new": "malformed version"} {
		path := program(t, version)
		t.Setenv(commandline.Chosen, path)
		found, err := commandline.Find(t.Context(), "1.8")
		if wanted != "" {
			require.ErrorContains(t, err, "TERRAFORM="+path+": ")
			require.ErrorContains(t, err, wanted)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, path, found)
	}
}

// A name is looked up on PATH, and the path of a program is made absolute, since Terraform runs in other folders.
func TestChosenByName(t *testing.T) {
	path := program(t, "1.12.6")
	t.Setenv("PATH", filepath.Dir(path)+string(os.PathListSeparator)+os.Getenv("PATH"))
	t.Setenv(commandline.Chosen, "tofu")
	found, err := commandline.Find(t.Context(), "1.8")
	require.NoError(t, err)
	require.Equal(t, path, found)
	t.Chdir(filepath.Dir(path))
	t.Setenv(commandline.Chosen, "./tofu")
	found, err = commandline.Find(t.Context(), "1.8")
	require.NoError(t, err)
	require.Equal(t, path, found)
	t.Setenv(commandline.Chosen, "not-there")
	_, err = commandline.Find(t.Context(), "1.8")
	require.ErrorContains(t, err, "TERRAFORM=not-there: ")
}
