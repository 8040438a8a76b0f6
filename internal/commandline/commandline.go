// Package commandline finds the Terraform or OpenTofu that the programs of this repository run.
package commandline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/hashicorp/go-version"
	install "github.com/hashicorp/hc-install"
	"github.com/hashicorp/hc-install/fs"
	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
	"github.com/hashicorp/hc-install/src"
)

// Chosen is the environment variable with the name or the path of the program to run.
const Chosen = "TERRAFORM"

// installed is the version that is installed where there is none.
const installed = "1.11.4"

// Find returns the absolute path of the program that [Chosen] names, else of the Terraform on PATH, else of one that it installs into the user's cache
// folder. None of them is older than the version. As of 1.6, OpenTofu counts its versions like Terraform.
func Find(ctx context.Context, oldest string) (string, error) {
	wanted, err := version.NewConstraint(">= " + oldest)
	if err != nil {
		return "", err
	}
	if chosen := os.Getenv(Chosen); chosen != "" {
		path, err := check(ctx, chosen, wanted)
		if err != nil {
			return "", fmt.Errorf("%s=%s: %w", Chosen, chosen, err)
		}
		return path, nil
	}
	path, err := findTerraform(ctx, wanted)
	if err != nil {
		return "", fmt.Errorf("no Terraform %s or newer on PATH, and %s cannot be installed: %w\nSet %s to the path of one, or to tofu for OpenTofu",
			oldest, installed, err, Chosen)
	}
	return path, nil
}

func check(ctx context.Context, chosen string, wanted version.Constraints) (string, error) {
	program, err := Ask(ctx, chosen)
	if err != nil {
		return "", err
	}
	if !wanted.Check(program.Version.Core()) {
		return "", fmt.Errorf("it is version %s, and %s is needed", program.Version, wanted)
	}
	return program.Path, nil
}

// findTerraform needs the cache folder, which not everybody has, only if there is nothing on PATH.
func findTerraform(ctx context.Context, wanted version.Constraints) (string, error) {
	installer := install.NewInstaller()
	if path, err := installer.Ensure(ctx, []src.Source{&fs.Version{Product: product.Terraform, Constraints: wanted}}); err == nil || ctx.Err() != nil {
		return path, err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(cache, "terraform-provider-customerio", "terraform-"+installed)
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return "", err
	}
	return installer.Ensure(ctx, []src.Source{
		&fs.Version{Product: product.Terraform, Constraints: wanted, ExtraPaths: []string{folder}},
		&releases.ExactVersion{Product: product.Terraform, Version: version.Must(version.NewVersion(installed)), InstallDir: folder},
	})
}
