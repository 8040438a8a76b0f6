package export_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/export"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// outcome is what a run of the command left.
type outcome struct {
	code           int
	stdout, stderr string
	folder         string
}

// inEnvironment sets what the command takes from the environment. Tests that call it cannot be parallel.
func inEnvironment(t *testing.T, world *acctest.World) {
	t.Helper()
	for _, one := range world.Credentials() {
		name, value, _ := strings.Cut(one, "=")
		t.Setenv(name, value)
	}
}

// exported runs the command.
func exported(t *testing.T, world *acctest.World, arguments ...string) outcome {
	t.Helper()
	return exportedWith(t, world, nil, arguments...)
}

// exportedWith runs the command with other variables in its environment.
func exportedWith(t *testing.T, world *acctest.World, environment map[string]string, arguments ...string) outcome {
	t.Helper()
	inEnvironment(t, world)
	for name, value := range environment {
		t.Setenv(name, value)
	}
	o := outcome{folder: filepath.Join(t.TempDir(), "out")}
	var stdout, stderr bytes.Buffer
	world.ResetCalls()
	o.code = export.Run(t.Context(), "test", append([]string{"-out", o.folder}, arguments...), &stdout, &stderr)
	o.stdout, o.stderr = stdout.String(), stderr.String()
	if os.Getenv("EXPORT_SHOW") != "" {
		t.Logf("%d\n%s\n%s", o.code, o.stderr, o.stdout)
		for _, name := range o.files(t) {
			t.Logf("=== %s\n%s", name, o.read(t, name))
		}
	}
	for _, call := range world.Calls() {
		require.True(t, call.Method == http.MethodGet || strings.HasPrefix(call.Path, "/ims/"), "%s %s", call.Method, call.Path)
	}
	return o
}

func (o outcome) files(t *testing.T) (names []string) {
	t.Helper()
	_ = filepath.WalkDir(o.folder, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, err := filepath.Rel(o.folder, path)
			require.NoError(t, err)
			names = append(names, filepath.ToSlash(name))
		}
		return nil
	})
	return names
}

func (o outcome) read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(o.folder, name))
	require.NoError(t, err)
	return string(text)
}

var expectation = regexp.MustCompile(`Plan: \d+ to import, \d+ to add, \d+ to change, \d+ to destroy\.`)

// applies runs Terraform on the files: the plan is the one that the command told, the apply writes nothing to a service, and the plan after it is empty.
func (o outcome) applies(t *testing.T, world *acctest.World) *acctest.Workspace {
	t.Helper()
	require.Zero(t, o.code, "%s\n%s", o.stdout, o.stderr)
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Install()
	for _, name := range o.files(t) {
		w.Write("code/"+name, o.read(t, name))
	}
	world.ResetCalls()
	w.Run("-chdir=code", "init", "-no-color")
	w.Run("-chdir=code", "fmt", "-check", "-recursive", "-diff", "-no-color")
	plan := w.Run("-chdir=code", "plan", "-no-color")
	require.Contains(t, plan, expectation.FindString(o.stdout))
	require.Contains(t, w.Run("-chdir=code", "apply", "-auto-approve", "-no-color"), " 0 added, 0 changed, 0 destroyed.")
	w.Run("-chdir=code", "plan", "-no-color", "-detailed-exitcode")
	for _, call := range world.Calls() {
		require.True(t, call.Method == http.MethodGet || strings.HasPrefix(call.Path, "/ims/") || strings.HasSuffix(call.Path, "/validate"), "%s %s", call.Method, call.Path)
	}
	return w
}

// completeExample is the one of README.md.
func completeExample(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../examples/provider/provider.tf")
	require.NoError(t, err)
	return string(text)
}

// built is a sandbox with what a configuration makes.
func built(t *testing.T, configuration string) *acctest.World {
	t.Helper()
	world := acctest.NewEmpty(t, simulator.Options{Provisioning: -1})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Write("main.tf", configuration)
	w.Run("apply", "-auto-approve", "-no-color")
	return world
}

// The pipeline of the complete example becomes the complete example.
func TestTheCompleteExample(t *testing.T) {
	example := completeExample(t)
	world := built(t, example)
	o := exported(t, world)
	require.Equal(t, []string{"imports.tf", "main.tf"}, o.files(t))
	require.Equal(t, example, o.read(t, "main.tf"))
	require.Contains(t, o.stdout, "Plan: 7 to import, 0 to add, 0 to change, 0 to destroy.")
	o.applies(t, world)
}
