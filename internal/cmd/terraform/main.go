// Command terraform prints the path of a Terraform to test with: the one on PATH where it is new enough, else one that it
// installs into the user's cache folder.
package main

import (
	"context"
	"fmt"
	"log"
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
	// oldest is the first Terraform with write-only arguments, which the tests use.
	oldest = ">= 1.11.0"
	// installed is what is installed where there is none.
	installed = "1.11.4"
)

func main() {
	path, err := ensure(context.Background())
	if err != nil {
		log.Fatalf("no Terraform %s on PATH, and none could be installed: %s", oldest, err)
	}
	fmt.Println(path)
}

func ensure(ctx context.Context) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(cache, "terraform-provider-customerio", "terraform-"+installed)
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return "", err
	}
	wanted := version.MustConstraints(version.NewConstraint(oldest))
	pinned := version.Must(version.NewVersion(installed))
	return install.NewInstaller().Ensure(ctx, []src.Source{
		&fs.Version{Product: product.Terraform, Constraints: wanted},
		&fs.Version{Product: product.Terraform, Constraints: wanted, ExtraPaths: []string{folder}},
		&releases.ExactVersion{Product: product.Terraform, Version: pinned, InstallDir: folder},
	})
}
