package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/mirror"
)

const providerBinary = "terraform-provider-customerio"

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
	build := exec.CommandContext(ctx, "go", "build", "-o", filepath.Join(folder, providerBinary), ".")
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
