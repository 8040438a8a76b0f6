package commandline_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/commandline"
)

// program is a command line that says what it is and no more.
func program(t *testing.T, answer string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("runs a shell script")
	}
	path := filepath.Join(t.TempDir(), "tofu")
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\necho '"+answer+"'\n"), 0o700)) // #nosec G306 -- it is to be run
	return path
}

func TestChosenProgram(t *testing.T) {
	for answer, wanted := range map[string]string{
		"OpenTofu v1.12.6": "", "Terraform v1.16.0-rc1": "", "Terraform v1.7.5": "it is version 1.7.5, and >= 1.8 is needed", "Terraform vnew": "alformed version",
		"Packer v1.11.2": "neither Terraform nor OpenTofu",
	} {
		path := program(t, answer)
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
	path := program(t, "OpenTofu v1.12.6")
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

func TestProgramSaysWhatItIs(t *testing.T) {
	for _, wanted := range []string{"OpenTofu 1.12.6", "Terraform 1.0.11"} {
		name, version, _ := strings.Cut(wanted, " ")
		found, err := commandline.Ask(t.Context(), program(t, name+" v"+version+"\non linux_amd64"))
		require.NoError(t, err)
		require.Equal(t, wanted, found.String())
		require.Equal(t, name == "OpenTofu", found.OpenTofu)
	}
}
