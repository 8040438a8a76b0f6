package main

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

const (
	// oldestTerraform generates configuration for imported resources, which older ones do not.
	oldestTerraform    = "1.5.0"
	installedTerraform = "1.11.4"
)

// findTerraform takes the Terraform on PATH, or else installs one into the folder.
func findTerraform(ctx context.Context, folder string) (string, error) {
	installFolder := filepath.Join(folder, "terraform")
	if err := os.Mkdir(installFolder, 0o700); err != nil {
		return "", err
	}
	path, err := install.NewInstaller().Ensure(ctx, []src.Source{
		&fs.Version{
			Product:     product.Terraform,
			Constraints: version.MustConstraints(version.NewConstraint(">= " + oldestTerraform)),
		},
		&releases.ExactVersion{
			Product:    product.Terraform,
			Version:    version.Must(version.NewVersion(installedTerraform)),
			InstallDir: installFolder,
		},
	})
	if err != nil {
		return "", fmt.Errorf("no Terraform %s or newer on PATH, and %s cannot be installed: %w", oldestTerraform, installedTerraform, err)
	}
	return path, nil
}
