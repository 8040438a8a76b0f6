package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/mirror"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

var dist = flag.String("dist", "", "folder with a release, for TestRelease")

// TestRelease installs the archive of a release as the guide says, without a network, and applies the example with it. It is part of "make release-snapshot".
func TestRelease(t *testing.T) {
	if *dist == "" {
		t.Skip("needs a release in -dist: run make release-snapshot")
	}
	archives, err := filepath.Glob(filepath.Join(*dist, "*_"+runtime.GOOS+"_"+runtime.GOARCH+".zip"))
	require.NoError(t, err)
	require.Len(t, archives, 1)
	archive, err := os.ReadFile(archives[0])
	require.NoError(t, err)
	version := regexp.MustCompile(`customerio_(.+)_` + runtime.GOOS).FindStringSubmatch(filepath.Base(archives[0]))[1]
	for program, registry := range map[string]string{acctest.Terraform(t): mirror.Registries[0], "tofu": mirror.Registries[1]} {
		t.Run(registry, func(t *testing.T) {
			path, err := exec.LookPath(program)
			if err != nil {
				t.Skipf("needs %s on PATH", program)
			}
			world := acctest.NewEmpty(t, simulator.Options{})
			w := acctest.NewWorkspace(t, append(world.Credentials(), "TF_CLI_CONFIG_FILE=")...)
			w.Use(path)
			w.Copy("../../../examples/pipeline")
			// A snapshot is a prerelease, which is taken only where it is named.
			w.Write("versions.tf", strings.Replace(w.Read("versions.tf"), `"customerio-source/customerio"`,
				"\"customerio-source/customerio\"\n      version = \"= "+version+"\"", 1))
			w.Write(mirror.Archive(".terraform.d/plugins", registry, filepath.Base(archives[0])), string(archive))
			w.Run("init", "-no-color")
			w.Run("providers", "lock", "-fs-mirror=.terraform.d/plugins", "-platform="+runtime.GOOS+"_"+runtime.GOARCH)
			require.Contains(t, w.Run("version"), registry+"/customerio-source/customerio v"+version)
			w.Run("plan", "-no-color")
			w.Run("apply", "-auto-approve", "-no-color", "-var=deletion_protection=false")
			w.NothingToChange("-var=deletion_protection=false")
			w.Run("destroy", "-auto-approve", "-no-color", "-var=deletion_protection=false")
			require.NoError(t, world.NothingLeft(nil))
		})
	}
}
