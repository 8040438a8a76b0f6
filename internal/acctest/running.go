package acctest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/stretchr/testify/require"
)

// Running is a Terraform that is at work.
type Running struct {
	workspace *Workspace
	command   *exec.Cmd
	output    bytes.Buffer
}

// providers is the file in which every process of the provider that a workspace starts leaves its number.
const providers = "providers"

// Observe lets the provider's processes be found: what Terraform starts writes down its number and becomes the provider.
func (w *Workspace) Observe() {
	w.t.Helper()
	folder, err := providerFolder()
	require.NoError(w.t, err)
	script := fmt.Sprintf("#!/bin/sh\necho $$ >> '%s'\nexec '%s' \"$@\"\n", w.Path(providers), filepath.Join(folder, providerFile))
	w.Write("observed/terraform-provider-customerio", script)
	require.NoError(w.t, os.Chmod(w.Path("observed/terraform-provider-customerio"), 0o700))
	w.Write("cli.tfrc", fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"customerio-source/customerio\" = %q\n  }\n}\n", w.Path("observed")))
}

// Start runs Terraform in a process group of its own, as a shell does, and does not wait for it.
func (w *Workspace) Start(arguments ...string) *Running {
	w.t.Helper()
	running := &Running{workspace: w, command: w.command(arguments...)}
	inOwnGroup(running.command)
	running.command.Stdout, running.command.Stderr = &running.output, &running.output
	require.NoError(w.t, running.command.Start())
	return running
}

// Wait waits until Terraform is done and returns what it printed.
func (r *Running) Wait() (string, error) {
	err := r.command.Wait()
	r.workspace.Terminal.Write(r.output.Bytes())
	return r.output.String(), err
}

// Interrupt is Ctrl-C: all of the group get it, Terraform and the provider.
func (r *Running) Interrupt() error { return interruptGroup(r.command.Process.Pid) }

// Providers are the numbers of the provider's processes that are alive. Beside the one that holds the configuration, Terraform
// has others for moments, to call functions.
func (r *Running) Providers() []int {
	text, _ := os.ReadFile(r.workspace.Path(providers)) // not there before the first
	var alive []int
	for line := range strings.Lines(string(text)) {
		number, err := strconv.Atoi(strings.TrimSpace(line))
		if err != nil {
			continue // just being written
		}
		if isInGroup(number, r.command.Process.Pid) {
			alive = append(alive, number)
		}
	}
	return alive
}

// KillProvider ends the provider's processes, which have no say in it.
func (r *Running) KillProvider() error {
	var failed []error
	for _, number := range r.Providers() {
		failed = append(failed, kill(number))
	}
	return errors.Join(failed...)
}
