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
	return script(t, "tofu", "echo '"+answer+"'")
}

func script(t *testing.T, name, commands string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("runs a shell script")
	}
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\n"+commands+"\n"), 0o700)) // #nosec G306 -- it is to be run
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

// A build machine may have no home that can be written to, and needs none for a Terraform on PATH.
func TestOnPathWithoutAHome(t *testing.T) {
	path := script(t, "terraform", `echo '{"terraform_version":"1.9.0"}'`)
	t.Setenv(commandline.Chosen, "")
	t.Setenv("PATH", filepath.Dir(path))
	t.Setenv("XDG_CACHE_HOME", "")
	for _, home := range []string{"", filepath.Join(path, "below-a-file")} {
		t.Setenv("HOME", home)
		found, err := commandline.Find(t.Context(), "1.8")
		require.NoError(t, err)
		require.Equal(t, path, found)
	}
}

func TestBrokenProgram(t *testing.T) {
	path := script(t, "terraform", "echo 'libc.so.6: version not found' >&2; exit 127")
	_, err := commandline.Ask(t.Context(), path)
	require.EqualError(t, err, "version: exit status 127: libc.so.6: version not found")
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
