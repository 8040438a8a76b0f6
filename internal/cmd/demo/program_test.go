package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
)

// playing is the demo as a program, with a folder of its own for temporary files.
type playing struct {
	t         *testing.T
	command   *exec.Cmd
	temporary string

	mutex  sync.Mutex
	output bytes.Buffer
}

func (p *playing) Write(text []byte) (int, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.output.Write(text)
}

func (p *playing) told() string {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.output.String()
}

// executable is built once for all tests.
var executable = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "demo-test-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "demo.exe")
	return path, exec.Command("go", "build", "-o", path, ".").Run()
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := executable(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

func prepare(t *testing.T, environment ...string) *playing {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("interrupts a process")
	}
	path, err := executable()
	require.NoError(t, err)
	p := &playing{t: t, command: exec.Command(path), temporary: t.TempDir()}
	p.command.Env = append(os.Environ(), append([]string{"TMPDIR=" + p.temporary, "KEEP="}, environment...)...)
	p.command.Stdout, p.command.Stderr = p, p
	return p
}

func play(t *testing.T, environment ...string) *playing {
	t.Helper()
	p := prepare(t, environment...)
	require.NoError(t, p.command.Start())
	t.Cleanup(func() { _ = p.command.Process.Kill() })
	return p
}

func (p *playing) waitFor(text string) {
	p.t.Helper()
	require.Eventually(p.t, func() bool { return strings.Contains(p.told(), text) }, 4*time.Minute, 20*time.Millisecond, "%q in:\n%s", text, p)
}

func (p *playing) interrupt() error {
	p.t.Helper()
	require.NoError(p.t, p.command.Process.Signal(os.Interrupt))
	return p.command.Wait()
}

// requireNothingLeft: neither a file nor a process. All that the demo starts has the folder among its arguments, or is started by what has.
func (p *playing) requireNothingLeft() {
	p.t.Helper()
	entries, err := os.ReadDir(p.temporary)
	require.NoError(p.t, err)
	require.Empty(p.t, entries)
	require.Eventually(p.t, func() bool {
		processes, err := exec.Command("ps", "-A", "-o", "args=").Output()
		return err == nil && !strings.Contains(string(processes), p.temporary)
	}, 10*time.Second, 100*time.Millisecond, "a process is left")
}

func TestInterruptedAnywhereNothingIsLeft(t *testing.T) {
	t.Parallel()
	for moment, text := range map[string]string{
		"at the beginning":          "simulated",
		"while it compiles":         "$ go build",
		"while it plans":            "$ terraform plan",
		"while a dataflow is built": "customerio_dataflow.this: Creating...",
	} {
		t.Run(moment, func(t *testing.T) {
			t.Parallel()
			demo := play(t, "TERRAFORM="+acctest.Terraform(t))
			demo.waitFor(text)
			require.Error(t, demo.interrupt())
			require.Contains(t, demo.told(), "Stopping what runs, and cleaning up.")
			require.Contains(t, demo.told(), "interrupt signal received; the simulated services are stopped and the temporary folder is removed")
			demo.requireNothingLeft()
		})
	}
}

// Whoever reads only the beginning, as in "make demo | head", ends the demo as Ctrl-C does.
func TestNobodyReadsOn(t *testing.T) {
	t.Parallel()
	demo := prepare(t, "TERRAFORM="+acctest.Terraform(t))
	read, write, err := os.Pipe()
	require.NoError(t, err)
	demo.command.Stdout = write
	require.NoError(t, demo.command.Start())
	require.NoError(t, write.Close())
	_, err = read.Read(make([]byte, 10))
	require.NoError(t, err)
	require.NoError(t, read.Close())
	require.Error(t, demo.command.Wait())
	require.Contains(t, demo.told(), "broken pipe")
	demo.requireNothingLeft()
}

// The pipeline that is kept can be used by the commands that are printed, as they are printed, while another demo runs.
func TestKeptPipelineIsThereUntilTheInterrupt(t *testing.T) {
	t.Parallel()
	demo := play(t, "TERRAFORM="+acctest.Terraform(t), "KEEP=1")
	demo.waitFor("Ctrl-C here stops")
	require.Contains(t, demo.told(), "[10/10]")
	require.NotContains(t, demo.told(), "Destroy the pipeline")
	var script strings.Builder
	for line := range strings.Lines(demo.told()) {
		for _, begin := range []string{"export ", "cd ", "curl ", "echo ", "terraform ", acctest.Terraform(t) + " "} {
			if command, is := strings.CutPrefix(line, indent+begin); is {
				script.WriteString(begin + strings.TrimSuffix(command, "\n"))
				if strings.Contains(command, "apply") || strings.Contains(command, "destroy") {
					script.WriteString(" -auto-approve")
				}
				script.WriteString("\n")
			}
		}
	}
	shell := exec.Command("bash", "-e")
	shell.Stdin = strings.NewReader(script.String())
	output, err := shell.CombinedOutput()
	require.NoError(t, err, "%s\n%s", script.String(), output)
	for _, wanted := range []string{"No changes.", `"status":200`, `"metric":"delivered"`, "0 added, 2 changed, 0 destroyed", "7 destroyed.", "[]"} {
		require.Contains(t, string(output), wanted)
	}
	require.NoError(t, demo.interrupt())
	require.Contains(t, strings.Join(strings.Fields(demo.told()), " "), "The services are stopped. They held nothing any more, and")
	require.NotContains(t, demo.told(), "Stopping what runs")
	demo.requireNothingLeft()
}

func TestTerraformThatWillNotDo(t *testing.T) {
	t.Parallel()
	old := filepath.Join(t.TempDir(), "terraform")
	require.NoError(t, os.WriteFile(old, []byte("#!/bin/sh\necho 'Terraform v1.5.7'\n"), 0o700))
	for name, message := range map[string]string{
		old:         `demo: step 1 of 12, "Find Terraform": TERRAFORM=` + old + ": it is version 1.5.7, and >= 1.8 is needed\n",
		"not-there": `demo: step 1 of 12, "Find Terraform": TERRAFORM=not-there: exec: "not-there": executable file not found in $PATH` + "\n",
	} {
		demo := play(t, "TERRAFORM="+name)
		require.Error(t, demo.command.Wait())
		require.True(t, strings.HasSuffix(demo.told(), message), demo.told())
		require.NotContains(t, demo.told(), "[2/12]")
		demo.requireNothingLeft()
	}
}

func TestKeepIsOneOrZero(t *testing.T) {
	t.Parallel()
	demo := play(t, "KEEP=maybe")
	require.Error(t, demo.command.Wait())
	require.Equal(t, "demo: KEEP=maybe: only 1 and 0 are known\n", demo.told())
}
