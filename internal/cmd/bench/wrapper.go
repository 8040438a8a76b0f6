package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"sync"
	"time"
)

// A provider is a child of Terraform, so only a parent in between learns what it used. That parent is this program, which Terraform finds under
// the name of the provider.

// wrappedVariable names the real provider, and usageVariable the file for what it used, one line per event.
const (
	wrappedVariable = "BENCH_WRAPPED_PROVIDER"
	usageVariable   = "BENCH_PROVIDER_USAGE"
)

// usage is what one process of a provider used. Terraform starts several for a command.
type usage struct {
	// Ended is false in the line that is written at the start.
	Ended bool `json:"ended"`
	// Handshake is how long it took from the start of the process until Terraform could talk to it.
	Handshake time.Duration `json:"handshake"`
	CPU       time.Duration `json:"cpu"`
	// OwnCPU is that of the wrapper.
	OwnCPU   time.Duration `json:"ownCpu"`
	PeakKiB  int64         `json:"peakKiB"`
	ExitCode int           `json:"exitCode"`
}

// wrap runs the real provider in place of this process, and returns its exit code.
func wrap(provider, file string) int {
	signal.Ignore(os.Interrupt) // Terraform tells a provider to stop, and a provider ignores Ctrl-C too
	runtime.LockOSThread()      // the end of this thread is what ends an orphan
	if err := note(file, usage{}); err != nil {
		return failed(err)
	}
	started := time.Now()
	out := &firstWrite{}
	command := exec.Command(provider, os.Args[1:]...) //nolint:noctx // it lives as long as this process
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, out, os.Stderr
	endWithParent(command)
	err := command.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return failed(err)
	}
	used := usage{Ended: true, Handshake: out.at.Sub(started), ExitCode: command.ProcessState.ExitCode()}
	used.CPU = command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	used.OwnCPU, used.PeakKiB = ownCPU(), peakMemory(command.ProcessState)
	if err := note(file, used); err != nil {
		return failed(err)
	}
	return used.ExitCode
}

func failed(err error) int {
	fmt.Fprintln(os.Stderr, "bench:", err)
	return 1
}

// note adds a line. It is written at once, so that those of other processes stay whole.
func note(file string, used usage) error {
	line, err := json.Marshal(used)
	if err != nil {
		return err
	}
	log, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = log.Write(append(line, '\n'))
	return errors.Join(err, log.Close())
}

// firstWrite passes on what a provider prints, and remembers when it printed first: where it listens.
type firstWrite struct {
	once sync.Once
	at   time.Time
}

func (w *firstWrite) Write(text []byte) (int, error) {
	w.once.Do(func() { w.at = time.Now() })
	return os.Stdout.Write(text)
}
