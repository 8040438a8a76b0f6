// Package mirror lays out folders in which Terraform and OpenTofu find the provider as they would in their registries.
package mirror

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Source is the provider's address without a registry.
const Source = "customerio-source/customerio"

// Registries are the hosts that Terraform and OpenTofu put before the source address of a provider.
var Registries = []string{"registry.terraform.io", "registry.opentofu.org"}

// Executable is where the mirror in the folder has a version of the provider for this machine, under the name of a registry.
func Executable(folder, registry, version string) string {
	return filepath.Join(folder, registry, filepath.FromSlash(Source), version, runtime.GOOS+"_"+runtime.GOARCH, "terraform-provider-customerio_v"+version+suffix())
}

// Archive is where the mirror in the folder has the archive of a release.
func Archive(folder, registry, name string) string {
	return filepath.Join(folder, registry, filepath.FromSlash(Source), name)
}

// Settings is the file that makes a command line take the provider from the mirror in the folder and nowhere else, and all others from their registries.
func Settings(folder string) string {
	var addresses []string
	for _, registry := range Registries {
		addresses = append(addresses, fmt.Sprintf("%q", registry+"/"+Source))
	}
	list := strings.Join(addresses, ", ")
	return fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path    = %q\n    include = [%s]\n  }\n  direct {\n    exclude = [%s]\n  }\n}\n",
		filepath.ToSlash(folder), list, list)
}

// Share makes what the first registry has available under the names of the others.
func Share(folder, version string) error {
	for _, registry := range Registries[1:] {
		copied := Executable(folder, registry, version)
		if err := os.MkdirAll(filepath.Dir(copied), 0o750); err != nil {
			return err
		}
		if err := os.Link(Executable(folder, Registries[0], version), copied); err != nil {
			return err
		}
	}
	return nil
}

func suffix() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}
