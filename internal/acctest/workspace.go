package acctest

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/mirror"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// Workspace is a folder in which a real Terraform runs the provider's binary, as a user has it.
type Workspace struct {
	t         testing.TB
	folder    string
	terraform string
	// Environment is added to a bare one: nothing of the shell that runs the tests reaches Terraform.
	Environment []string
	// Terminal is all that Terraform printed so far.
	Terminal strings.Builder
}

// Terraform is the path of the program that the tests run: the one that plugin-testing runs, too, or else the one on PATH.
func Terraform(t testing.TB) string {
	t.Helper()
	return InHand(t).Path
}

func chosen() string {
	if chosen := os.Getenv("TF_ACC_TERRAFORM_PATH"); chosen != "" {
		return chosen
	}
	return "terraform"
}

// NewWorkspace makes an empty folder. Development overrides need no terraform init, which would ask the registry.
func NewWorkspace(t testing.TB, environment ...string) *Workspace {
	t.Helper()
	terraform := Terraform(t)
	plugins, err := providerFolder()
	require.NoError(t, err)
	w := &Workspace{t: t, folder: t.TempDir(), terraform: terraform}
	w.Write("cli.tfrc", fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"customerio-source/customerio\" = %q\n  }\n}\n", filepath.Join(plugins, filepath.Dir(providerFile))))
	w.Environment = append([]string{
		"GOGC=" + hasty,
		"GORACE=halt_on_error=1", // so that a race ends the provider, and Terraform tells
		"TF_CLI_CONFIG_FILE=" + w.Path("cli.tfrc"), "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1",
		"TEST_MUTANT=" + os.Getenv("TEST_MUTANT"), "TEST_MUTANTS_REACHED=" + os.Getenv("TEST_MUTANTS_REACHED"), // of "make mutants"
		"SSL_CERT_FILE=" + os.Getenv("SSL_CERT_FILE"), "HOME=" + w.folder, "PATH=" + os.Getenv("PATH"),
	}, environment...)
	return w
}

// providerFolder holds the provider's binary. "make test" builds it once, and says in TEST_PROVIDER where it is; otherwise each package that needs it
// does. [Main] removes the folder.
var providerFolder = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "provider-customerio-")
	if err != nil {
		return "", err
	}
	builtProvider = folder
	executable := filepath.Join(folder, providerFile)
	if built := os.Getenv("TEST_PROVIDER"); built != "" {
		err = copyExecutable(built, executable)
	} else {
		err = buildProvider(executable)
	}
	if err != nil {
		return "", err
	}
	return folder, mirror.Share(folder, mirroredVersion)
})

func copyExecutable(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o700)
}

func buildProvider(executable string) error {
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return err
	}
	arguments := []string{"build", "-o", executable}
	if RaceDetector {
		arguments = append(arguments, "-race")
	}
	build := exec.Command("go", append(arguments, ".")...)
	build.Dir = strings.TrimSpace(string(root))
	if output, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, output)
	}
	return nil
}

const mirroredVersion = "0.0.1"

// providerFile is where a mirror has the provider, relative to its folder.
var providerFile = mirror.Executable("", mirror.Registries[0], mirroredVersion)

// Use makes a program other than the Terraform of the tests run in the workspace.
func (w *Workspace) Use(program string) { w.terraform = program }

// Install makes the provider one that terraform init finds, as for configurations with modules.
func (w *Workspace) Install() {
	w.t.Helper()
	folder, err := providerFolder()
	require.NoError(w.t, err)
	w.Write("cli.tfrc", mirror.Settings(folder))
}

var builtProvider string

// Required is the block that names the provider, for configurations that lack one.
const Required = "terraform {\n  required_providers {\n    customerio = { source = \"customerio-source/customerio\" }\n  }\n}\n"

// Credentials are the environment variables that point the provider to the world.
func (w *World) Credentials() []string {
	return []string{
		"ADOBE_ORG_ID=" + simulator.DefaultOrgID, "ADOBE_CLIENT_ID=" + simulator.DefaultClientID,
		"ADOBE_CLIENT_SECRET=" + simulator.DefaultClientSecret, "ADOBE_SANDBOX_NAME=" + simulator.DefaultSandbox,
		"ADOBE_PLATFORM_URL=" + w.URL, "ADOBE_IMS_URL=" + w.URL,
		"CUSTOMERIO_APP_API_KEY=" + simulator.DefaultAppAPIKey, "CUSTOMERIO_BASE_URL=" + w.URL, "CUSTOMERIO_REQUESTS_PER_SECOND=1000",
	}
}

// Path is that of a file in the folder.
func (w *Workspace) Path(name string) string { return filepath.Join(w.folder, name) }

// Write makes a file in the folder.
func (w *Workspace) Write(name, text string) {
	w.t.Helper()
	require.NoError(w.t, os.MkdirAll(filepath.Dir(w.Path(name)), 0o700))
	require.NoError(w.t, os.WriteFile(w.Path(name), []byte(text), 0o600))
}

// Copy copies the files below a folder, such as that of an example.
func (w *Workspace) Copy(folder string) {
	w.t.Helper()
	files := os.DirFS(folder)
	require.NoError(w.t, fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, path)
		if err == nil {
			w.Write(path, string(text))
		}
		return err
	}))
}

// Read is the text of a file in the folder.
func (w *Workspace) Read(name string) string {
	w.t.Helper()
	text, err := os.ReadFile(w.Path(name))
	require.NoError(w.t, err)
	return string(text)
}

// Try runs Terraform and returns what it printed.
func (w *Workspace) Try(arguments ...string) (string, error) {
	output, err := w.command(arguments...).CombinedOutput()
	w.Terminal.Write(output)
	return string(output), err
}

func (w *Workspace) command(arguments ...string) *exec.Cmd {
	command := exec.CommandContext(w.t.Context(), w.terraform, arguments...)
	command.Dir, command.Env = w.folder, w.Environment
	return command
}

// Run is Try for what must succeed.
func (w *Workspace) Run(arguments ...string) string {
	w.t.Helper()
	output, err := w.Try(arguments...)
	require.NoError(w.t, err, "terraform %s\n%s", strings.Join(arguments, " "), output)
	return output
}

// NothingToChange wants an empty plan.
func (w *Workspace) NothingToChange(arguments ...string) {
	w.t.Helper()
	w.Run(append([]string{"plan", "-no-color", "-detailed-exitcode"}, arguments...)...) // 0 is an empty plan
}

// Show prints a plan or state as JSON, which is not meant for the terminal.
func (w *Workspace) Show(arguments ...string) string {
	w.t.Helper()
	output, err := w.command(append([]string{"show", "-json"}, arguments...)...).Output()
	require.NoError(w.t, err)
	return string(output)
}
