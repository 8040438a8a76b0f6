package examples_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/oasdiff/yaml"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
)

// runner is a machine of a CI service, reduced to its shell: a workspace, and a folder of programs before those of this machine.
type runner struct {
	*acctest.Workspace
	shell []string
}

// newRunner skips the test where a program is missing that CI services have.
func newRunner(t *testing.T, w *acctest.Workspace, shell string, programs ...string) *runner {
	t.Helper()
	words := strings.Fields(shell)
	for _, program := range append(programs, words[0]) {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is missing", program)
		}
	}
	programsFolder := w.Path("programs")
	require.NoError(t, os.MkdirAll(programsFolder, 0o700))
	require.NoError(t, os.Symlink(acctest.Terraform(t), filepath.Join(programsFolder, "terraform")))
	w.Environment = append(w.Environment, "PATH="+programsFolder+string(os.PathListSeparator)+os.Getenv("PATH"))
	return &runner{Workspace: w, shell: words}
}

// program puts a shell script before the program of this machine.
func (r *runner) program(t *testing.T, name, script string) {
	t.Helper()
	r.Write("programs/"+name, "#!/bin/sh\n"+script)
	require.NoError(t, os.Chmod(r.Path("programs/"+name), 0o700))
}

// run runs a script in the workspace, and returns what it printed and its exit code.
func (r *runner) run(t *testing.T, script string, environment ...string) (output string, code int) {
	t.Helper()
	command := exec.CommandContext(t.Context(), r.shell[0], slices.Concat(r.shell[1:], []string{"-c", script})...)
	command.Dir, command.Env = r.Path(""), slices.Concat(r.Environment, environment)
	var printed, log bytes.Buffer
	command.Stdout, command.Stderr = &printed, &log
	err := command.Run()
	r.Terminal.WriteString(log.String())
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return printed.String(), failed.ExitCode()
	}
	require.NoError(t, err, log.String())
	return printed.String(), 0
}

// githubJob is a job of a workflow.
type githubJob struct {
	Steps []githubStep `json:"steps"`
}

type githubStep struct {
	ID  string `json:"id"`
	If  string `json:"if"`
	Run string `json:"run"`
}

func githubJobs(t *testing.T, file string) map[string]githubJob {
	t.Helper()
	var workflow struct {
		Jobs map[string]githubJob `json:"jobs"`
	}
	_, err := yaml.Unmarshal([]byte(read(t, file)), &workflow, yaml.DecodeOpts{})
	require.NoError(t, err)
	require.NotEmpty(t, workflow.Jobs)
	return workflow.Jobs
}

// gitlabScripts are the scripts of the jobs of a pipeline.
func gitlabScripts(t *testing.T, file string) map[string]string {
	t.Helper()
	var jobs map[string]any
	_, err := yaml.Unmarshal([]byte(read(t, file)), &jobs, yaml.DecodeOpts{})
	require.NoError(t, err)
	scripts := map[string]string{}
	for name, job := range jobs {
		members, _ := job.(map[string]any)
		lines, _ := members["script"].([]any)
		for _, line := range lines {
			scripts[name] += line.(string) + "\n" //nolint:forcetypeassert // a script is of texts
		}
	}
	require.NotEmpty(t, scripts)
	return scripts
}
