package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/mirror"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// A configuration with a module, for which development overrides would not do: terraform init asks for the provider.
const configuration = acctest.Required + "module \"source\" {\n  source = \"./source\"\n}\n"

const module = acctest.Required + "resource \"customerio_source_connection\" \"this\" {\n  name = \"Shop\"\n}\n"

// What is installed serves init, modules and lock files, and a later build replaces it.
func TestInstalledProvider(t *testing.T) {
	t.Parallel()
	t.Run("Terraform", func(t *testing.T) {
		t.Parallel()
		tryInstalled(t, acctest.Terraform(t), "registry.terraform.io")
	})
	t.Run("OpenTofu", func(t *testing.T) {
		t.Parallel()
		tofu, err := exec.LookPath("tofu")
		if err != nil {
			t.Skip("needs OpenTofu on PATH")
		}
		tryInstalled(t, tofu, "registry.opentofu.org")
	})
}

func tryInstalled(t *testing.T, program, registry string) {
	world := acctest.New(t, simulator.Options{})
	folder := filepath.Join(t.TempDir(), "it's")
	now := time.Unix(1764288000, 0)
	settings := install(t, folder, now)
	w := acctest.NewWorkspace(t, append(world.Credentials(), settings)...)
	w.Use(program)
	w.Write("main.tf", configuration)
	w.Write("source/main.tf", module)
	w.Run("init", "-no-color")
	require.Contains(t, w.Read(".terraform.lock.hcl"), registry+"/customerio-source/customerio")
	w.Run("apply", "-auto-approve", "-no-color")

	install(t, folder, now.Add(time.Minute))
	_, err := w.Try("init", "-no-color")
	require.Error(t, err, "the build in the lock file is gone")
	w.Run("init", "-upgrade", "-no-color")
	w.NothingToChange()
}

// Who is in the middle of something keeps the provider that works.
func TestBuildThatFailsLeavesTheInstalledProvider(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	installed := mirror.Executable(filepath.Join(folder, "mirror"), mirror.Registries[0], "0.0.1")
	require.NoError(t, os.MkdirAll(filepath.Dir(installed), 0o750))
	require.NoError(t, os.WriteFile(installed, nil, 0o600))
	var shell strings.Builder
	require.ErrorContains(t, run(t.Context(), t.TempDir(), folder, time.Now(), &shell, io.Discard), "go build: ")
	require.Empty(t, shell.String())
	require.FileExists(t, installed)
}

// install returns the assignment that it prints for the shell, as a shell understands it.
func install(t *testing.T, folder string, now time.Time) string {
	t.Helper()
	root, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}").Output()
	require.NoError(t, err)
	var shell strings.Builder
	require.NoError(t, run(t.Context(), strings.TrimSpace(string(root)), folder, now, &shell, io.Discard))
	require.Regexp(t, regexp.MustCompile(`^export TF_CLI_CONFIG_FILE='[^\n]*'\n$`), shell.String(), "one line that can be evaluated")
	output, err := exec.CommandContext(t.Context(), "sh", "-c", shell.String()+`printf '%s' "$TF_CLI_CONFIG_FILE"`).Output()
	require.NoError(t, err)
	require.FileExists(t, string(output))
	entries, err := os.ReadDir(filepath.Join(folder, "mirror", "registry.terraform.io", "customerio-source", "customerio"))
	require.NoError(t, err)
	require.Len(t, entries, 1, "one version")
	return "TF_CLI_CONFIG_FILE=" + string(output)
}
