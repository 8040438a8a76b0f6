package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	// interruptGrace is how long Terraform may take to stop in good order when the benchmark is interrupted.
	interruptGrace = 10 * time.Second
	// endOfProviders is how long a provider may outlive Terraform, and samplePause how often the memory of Terraform is looked at.
	endOfProviders = 5 * time.Second
	samplePause    = 10 * time.Millisecond
	usageFile      = "usage.jsonl"
)

// workspace is a folder with the configuration of a subject and its state.
type workspace struct {
	folder, terraform string
	environment       []string
}

// mirroredVersion is that of any provider in a workspace.
const mirroredVersion = "0.0.1"

// newWorkspace makes the folder, in which Terraform finds the provider as in a mirror of the registry.
func newWorkspace(ctx context.Context, folder, terraform string, one subject, environment []string) (*workspace, error) {
	w := &workspace{folder: folder, terraform: terraform, environment: append([]string{
		"TF_CLI_CONFIG_FILE=" + filepath.Join(folder, "cli.tfrc"), "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1",
		"HOME=" + folder, "PATH=" + os.Getenv("PATH"),
		wrappedVariable + "=" + one.binary, usageVariable + "=" + filepath.Join(folder, usageFile),
	}, environment...)}
	mirror := filepath.Join(folder, "mirror")
	if err := installWrapper(mirror, one.address); err != nil {
		return nil, err
	}
	configuration := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
	if err := errors.Join(w.write("cli.tfrc", []byte(configuration)), w.write("bench_backend.tf", []byte(backend))); err != nil {
		return nil, err
	}
	for name, text := range one.files {
		if err := w.write(name, text); err != nil {
			return nil, err
		}
	}
	_, err := w.run(ctx, "init")
	return w, err
}

// installWrapper puts this program into the mirror under the name of a provider. Terraform has one without an address built in.
func installWrapper(mirror, address string) error {
	if address == "" {
		return os.MkdirAll(mirror, 0o700)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	address = strings.ToLower(address) // as Terraform does
	if strings.Count(address, "/") < 2 {
		address = "registry.terraform.io/" + address
	}
	folder := filepath.Join(mirror, filepath.FromSlash(address), mirroredVersion, runtime.GOOS+"_"+runtime.GOARCH)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	return os.Symlink(self, filepath.Join(folder, "terraform-provider-"+path.Base(address)+"_v"+mirroredVersion))
}

func (w *workspace) write(name string, text []byte) error {
	return os.WriteFile(filepath.Join(w.folder, name), text, 0o600)
}

// run runs Terraform and measures it and its providers.
func (w *workspace) run(ctx context.Context, arguments ...string) (Measurement, error) {
	if err := os.RemoveAll(filepath.Join(w.folder, usageFile)); err != nil {
		return Measurement{}, err
	}
	command := exec.CommandContext(ctx, w.terraform, append(arguments, "-no-color", "-input=false")...)
	command.Dir, command.Env = w.folder, w.environment
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = interruptGrace
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	started := time.Now()
	if err := command.Start(); err != nil {
		return Measurement{}, err
	}
	peak := watchMemory(command.Process.Pid)
	err := command.Wait()
	m := Measurement{Seconds: time.Since(started).Seconds(), TerraformPeakKiB: peak()}
	if err != nil {
		err = fmt.Errorf("terraform %s: %w\n%s", strings.Join(arguments, " "), err, tail(output.String()))
	}
	providers, unknown := w.providers(ctx)
	m.add(command.ProcessState.UserTime()+command.ProcessState.SystemTime(), providers)
	return m, errors.Join(err, unknown)
}

// add splits the processor time of Terraform and of its children, which the kernel tells as one.
func (m *Measurement) add(together time.Duration, providers []usage) {
	var cpu, own time.Duration
	var handshakes []time.Duration
	for _, one := range providers {
		cpu, own = cpu+one.CPU, own+one.OwnCPU
		m.ProviderPeakKiB = max(m.ProviderPeakKiB, one.PeakKiB)
		handshakes = append(handshakes, one.Handshake)
	}
	m.ProviderStarts, m.ProviderCPU, m.TerraformCPU = len(providers), cpu.Seconds(), (together - cpu - own).Seconds()
	if slices.Sort(handshakes); len(handshakes) > 0 {
		m.HandshakeMS = float64(handshakes[len(handshakes)/2].Microseconds()) / 1000
	}
}

// providers are what the processes of the provider used. It waits until all have ended.
func (w *workspace) providers(ctx context.Context) ([]usage, error) {
	for end := time.Now().Add(endOfProviders); ; {
		started, ended, err := readUsage(filepath.Join(w.folder, usageFile))
		switch {
		case err != nil || started == len(ended):
			return ended, err
		case time.Now().After(end):
			return nil, fmt.Errorf("of %d processes of the provider, only %d told what they used", started, len(ended))
		case ctx.Err() != nil:
			return nil, ctx.Err()
		}
		time.Sleep(samplePause)
	}
}

func readUsage(file string) (started int, ended []usage, err error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, err
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		var one usage
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			return 0, nil, err
		}
		if one.Ended {
			ended = append(ended, one)
		} else {
			started++
		}
	}
	return started, ended, lines.Err()
}

// watchMemory watches a process. The function that it returns ends that, and returns the peak in KiB.
func watchMemory(pid int) func() int64 {
	var watching sync.WaitGroup
	var most int64
	done := make(chan struct{})
	watching.Go(func() {
		for {
			most = max(most, peakSoFar(pid))
			select {
			case <-done:
				return
			case <-time.After(samplePause):
			}
		}
	})
	return func() int64 {
		close(done)
		watching.Wait()
		return most
	}
}

// tail is the end of what Terraform printed, where its errors are.
func tail(output string) string {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	return strings.Join(lines[max(0, len(lines)-40):], "\n")
}
