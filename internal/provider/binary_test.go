package provider_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// workspace is a folder in which a real Terraform runs the provider's binary, as a user has it, with every log there is.
type workspace struct {
	t         *testing.T
	folder    string
	terraform string
	// environment is added to a bare one: nothing of the shell that runs the tests reaches Terraform.
	environment []string
	// terminal is all that Terraform printed so far.
	terminal strings.Builder
}

func newWorkspace(t *testing.T, config string, environment ...string) *workspace {
	t.Helper()
	terraform := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if terraform == "" {
		found, err := exec.LookPath("terraform")
		require.NoError(t, err)
		terraform = found
	}
	w := &workspace{t: t, folder: t.TempDir(), terraform: terraform}
	plugins := t.TempDir()
	build := exec.CommandContext(t.Context(), "go", "build", "-o", filepath.Join(plugins, "terraform-provider-customerio"), "../..")
	output, err := build.CombinedOutput()
	require.NoError(t, err, string(output))

	// Development overrides need no terraform init, which would ask the registry.
	w.write("cli.tfrc", fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"customerio-source/customerio\" = %q\n  }\n}\n", plugins))
	w.write("main.tf", "terraform {\n  required_providers {\n    customerio = { source = \"customerio-source/customerio\" }\n  }\n}\n"+config)
	w.environment = append([]string{
		"TF_CLI_CONFIG_FILE=" + w.path("cli.tfrc"), "TF_LOG=TRACE", "TF_LOG_PATH=" + w.path("trace.log"),
		"TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1", "HOME=" + w.folder,
	}, environment...)
	return w
}

func (w *workspace) path(name string) string { return filepath.Join(w.folder, name) }

func (w *workspace) write(name, text string) {
	w.t.Helper()
	require.NoError(w.t, os.WriteFile(w.path(name), []byte(text), 0o600))
}

func (w *workspace) read(name string) string {
	w.t.Helper()
	text, err := os.ReadFile(w.path(name))
	require.NoError(w.t, err)
	return string(text)
}

// try runs Terraform and returns what it printed.
func (w *workspace) try(arguments ...string) (string, error) {
	command := exec.CommandContext(w.t.Context(), w.terraform, arguments...)
	command.Dir, command.Env = w.folder, w.environment
	output, err := command.CombinedOutput()
	w.terminal.Write(output)
	return string(output), err
}

func (w *workspace) run(arguments ...string) string {
	w.t.Helper()
	output, err := w.try(arguments...)
	require.NoError(w.t, err, "terraform %s\n%s", strings.Join(arguments, " "), output)
	return output
}

// show prints a plan or state as JSON, which is not meant for the terminal.
func (w *workspace) show(arguments ...string) string {
	w.t.Helper()
	command := exec.CommandContext(w.t.Context(), w.terraform, append([]string{"show", "-json"}, arguments...)...)
	command.Dir, command.Env = w.folder, w.environment
	output, err := command.Output()
	require.NoError(w.t, err)
	return string(output)
}
