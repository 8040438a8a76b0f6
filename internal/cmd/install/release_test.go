package main

import (
	"flag"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/commandline"
	"github.com/customerio-source/terraform-provider-customerio/internal/mirror"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

var dist = flag.String("dist", "", "folder with a release, for TestRelease")

// programs are that of the tests and, of the two, the other one on PATH.
func programs(t *testing.T) (found []commandline.Program) {
	t.Helper()
	tried := map[bool]bool{}
	for _, name := range []string{acctest.Terraform(t), "tofu", "terraform"} {
		program, err := commandline.Ask(t.Context(), name)
		if err != nil || tried[program.OpenTofu] {
			continue
		}
		tried[program.OpenTofu] = true
		found = append(found, program)
	}
	if len(found) == 1 {
		t.Logf("tried with %s only, since the other one is not on PATH", found[0])
	}
	return found
}

// TestReleaseIsInstalled installs the archive of a release as the guide says, without a network, and applies the example with it. It is part of
// "make release-snapshot".
func TestReleaseIsInstalled(t *testing.T) {
	t.Parallel()
	r := openRelease(t)
	for _, program := range programs(t) {
		t.Run(program.String(), func(t *testing.T) {
			t.Parallel()
			installRelease(t, r, program)
		})
	}
}

func installRelease(t *testing.T, r release, program commandline.Program) {
	t.Helper()
	registry := mirror.Registries[0]
	if program.OpenTofu {
		registry = mirror.Registries[1]
	}
	world := acctest.NewEmpty(t, simulator.Options{})
	w := acctest.NewWorkspace(t, append(world.Credentials(), "TF_CLI_CONFIG_FILE=")...)
	w.Use(program.Path)
	w.Copy(repository + "/examples/pipeline")
	// A snapshot is a prerelease, which is taken only where it is named.
	w.Write("versions.tf", strings.Replace(w.Read("versions.tf"), `"customerio-source/customerio"`,
		"\"customerio-source/customerio\"\n      version = \"= "+r.version+"\"", 1))
	platform := runtime.GOOS + "_" + runtime.GOARCH
	w.Write(mirror.Archive(".terraform.d/plugins", registry, r.name("_"+platform+".zip")), string(r.read(t, "_"+platform+".zip")))
	w.Run("init", "-no-color")
	w.Run("providers", "lock", "-fs-mirror=.terraform.d/plugins", "-platform="+platform)
	require.Contains(t, w.Run("version"), registry+"/customerio-source/customerio v"+r.version)
	w.Run("plan", "-no-color")
	w.Run("apply", "-auto-approve", "-no-color", "-var=deletion_protection=false")
	w.NothingToChange("-var=deletion_protection=false")
	w.Run("destroy", "-auto-approve", "-no-color", "-var=deletion_protection=false")
	require.NoError(t, world.NothingLeft(nil))
}
