package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/mirror"
)

const providerBinary = "terraform-provider-customerio"

// interruptGrace is how long a program may take to stop in good order when the demo is interrupted.
const interruptGrace = 10 * time.Second

// program is a command that is interrupted, where there are interrupts, before it is killed: a Terraform that is killed
// leaves the provider behind, and a go its compilers.
func program(ctx context.Context, path string, arguments ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, path, arguments...)
	if runtime.GOOS != "windows" {
		command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
		command.WaitDelay = interruptGrace
	}
	return command
}

// versionOf is what the program calls itself, such as "OpenTofu v1.12.6".
func versionOf(ctx context.Context, terraform string) (string, error) {
	output, err := program(ctx, terraform, "version").Output()
	if err != nil {
		return "", fmt.Errorf("%s version: %w", terraform, err)
	}
	first, _, _ := strings.Cut(string(output), "\n")
	return strings.TrimSpace(first), nil
}

// moduleRoot finds the source tree that holds the working directory.
func moduleRoot(ctx context.Context) (string, error) {
	module, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", err)
	}
	path := strings.TrimSpace(string(module))
	if path == "" || path == os.DevNull {
		return "", errors.New("run the demo inside the source tree of the provider")
	}
	return filepath.Dir(path), nil
}

// buildProvider compiles the source tree into the folder.
func buildProvider(ctx context.Context, root, folder string) error {
	binary := providerBinary
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	build := program(ctx, "go", "build", "-o", filepath.Join(folder, binary), ".")
	build.Dir = root
	// Interrupted, go leaves its temporary folder behind; inside ours it is removed with it.
	build.Env = append(os.Environ(), "GOTMPDIR="+folder)
	if output, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, output)
	}
	return nil
}

// writeCLIConfig makes Terraform, or OpenTofu, take the provider from the folder, and no provider from anywhere else.
func writeCLIConfig(path, providerFolder string) error {
	config := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n}\n", mirror.Source, providerFolder)
	return os.WriteFile(path, []byte(config), 0o600)
}
