package architecture_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// goPackage is what `go list` says of a package.
type goPackage struct {
	ImportPath                         string
	GoFiles                            []string
	Imports, TestImports, XTestImports []string
	Deps                               []string
}

// packages are the module's, by their paths in it.
func packages(t *testing.T) map[string]goPackage {
	t.Helper()
	found, err := listed()
	require.NoError(t, err)
	require.Contains(t, found, "/internal/provider")
	return found
}

var listed = sync.OnceValues(func() (map[string]goPackage, error) {
	command := exec.Command("go", "list", "-json=ImportPath,GoFiles,Imports,TestImports,XTestImports,Deps", "./...")
	command.Dir = root
	output, err := command.Output()
	if err != nil {
		return nil, err
	}
	found := map[string]goPackage{}
	decoder := json.NewDecoder(bytes.NewReader(output))
	for {
		var one goPackage
		err := decoder.Decode(&one)
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		found[strings.TrimPrefix(one.ImportPath, module)] = one
	}
})

// layers are what a user installs, from the top down. A package imports from lower layers only.
var layers = [][]string{
	{""}, // main
	{"/internal/export"},
	{"/internal/provider"},
	{"/internal/resource", "/internal/function"},
	{"/internal/managed", "/internal/lookup"},
	{"/internal/discovery"},
	{"/internal/advice", "/internal/clients", "/internal/attribute"},
	{"/internal/api/catalog", "/internal/api/customerio", "/internal/api/dataprep", "/internal/api/flowservice", "/internal/api/ims", "/internal/api/schemaregistry"},
	shared,
	{"/internal/api/transport"},
}

// shared is what the services' packages have in common. These may import each other.
var shared = []string{
	"/internal/api/objects", "/internal/api/jsonvalue", "/internal/api/xdm",
}

// standIns serve programs of this repository and tests, and no user.
var standIns = []string{"/internal/simulator", "/internal/acctest", "/internal/mirror", "/internal/commandline"}

// tools are those that programs of this repository use as well.
var tools = []string{"/internal/simulator", "/internal/mirror", "/internal/commandline"}

// questioner serves a program too, and asks services what the others take for granted.
const questioner = "/internal/conformance"

// layerOf is where a package is in layers, -1 for stand-ins, programs and what is not listed.
func layerOf(name string) int {
	return slices.IndexFunc(layers, func(layer []string) bool { return insideAny(name, layer) })
}

func insideAny(name string, folders []string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool { return inside(name, folder) })
}

func inside(name, folder string) bool {
	return name == folder || folder != "" && strings.HasPrefix(name, folder+"/")
}

// own are those of the imports that belong to the module, by their paths in it.
func own(imports []string) []string {
	var found []string
	for _, one := range imports {
		if path, is := strings.CutPrefix(one, module); is {
			found = append(found, path)
		}
	}
	return found
}

func TestEveryPackageHasItsPlace(t *testing.T) {
	for name, one := range packages(t) {
		if len(one.GoFiles) > 0 && !insideAny(name, standIns) && !inside(name, "/internal/cmd") && name != questioner {
			require.NotEqual(t, -1, layerOf(name), "say in layers where %s belongs", name)
		}
	}
}

// TestDependenciesPointOneWay also keeps resources from importing each other, and services, since they share a layer.
func TestDependenciesPointOneWay(t *testing.T) {
	for name, one := range packages(t) {
		layer := layerOf(name)
		if layer < 0 || insideAny(name, standIns) {
			continue
		}
		for _, imported := range own(one.Imports) {
			require.False(t, insideAny(imported, standIns), "%s imports %s, which serves tests only", name, imported)
			below := layerOf(imported) > layer || insideAny(name, shared) && insideAny(imported, shared)
			require.True(t, below, "%s imports %s, which is not below it", name, imported)
		}
	}
}

func TestMainServesTheProvider(t *testing.T) {
	main := packages(t)[""]
	require.ElementsMatch(t, []string{"/internal/export", "/internal/provider"}, own(main.Imports), "main serves the provider and hands the exporter over, nothing else")
	for _, dependency := range main.Deps {
		require.NotContains(t, dependency, "/internal/simulator", "nothing that a user installs contains the simulator")
		require.NotContains(t, dependency, "terraform-plugin-testing")
	}
}

// TestServicesKnowNothingOfTerraform keeps Terraform out of the services' side, and HTTP out of Terraform's.
func TestServicesKnowNothingOfTerraform(t *testing.T) {
	for name, one := range packages(t) {
		for _, imported := range one.Imports {
			if inside(name, "/internal/api") {
				terraform := strings.HasPrefix(imported, "github.com/hashicorp/terraform-")
				require.False(t, terraform && imported != "github.com/hashicorp/terraform-plugin-log/tflog", "%s imports %s", name, imported)
			}
			if inside(name, "/internal/resource") || inside(name, "/internal/managed") || inside(name, "/internal/lookup") {
				require.NotEqual(t, "net/http", imported, "%s builds no HTTP request", name)
			}
		}
	}
}

// TestSimulatorSharesNothing: it is written from the vendors' documents, so that one misreading cannot hide in the provider and in its
// tests.
func TestSimulatorSharesNothing(t *testing.T) {
	for name, one := range packages(t) {
		if !inside(name, "/internal/simulator") {
			continue
		}
		for _, imported := range own(slices.Concat(one.Imports, one.TestImports)) {
			require.True(t, inside(imported, "/internal/simulator"), "%s imports %s", name, imported)
		}
	}
}

// TestConformanceTakesNothingForGranted: its client shares no line with the provider's, which it questions, and its expectations none with
// the simulator. Only its program uses it.
func TestConformanceTakesNothingForGranted(t *testing.T) {
	for name, one := range packages(t) {
		if name == questioner {
			require.Empty(t, own(one.Imports))
		} else if !inside(name, "/internal/cmd") {
			require.NotContains(t, own(one.Imports), questioner, name)
		}
	}
}

// TestOnlyProgramsAndTestsUseStandIns looks at what is imported outside of tests.
func TestOnlyProgramsAndTestsUseStandIns(t *testing.T) {
	for name, one := range packages(t) {
		for _, imported := range own(one.Imports) {
			switch {
			case insideAny(imported, tools):
				require.True(t, inside(name, "/internal/simulator") || inside(name, "/internal/cmd") || inside(name, "/internal/acctest"),
					"%s imports %s", name, imported)
			case insideAny(imported, standIns):
				require.True(t, inside(name, "/internal/acctest"), "%s imports %s", name, imported)
			}
		}
	}
}

// TestOneServer: what ships and what is tested is the server of provider.NewServer, which alone asks the framework for one.
func TestOneServer(t *testing.T) {
	for name, one := range packages(t) {
		if name != "/internal/provider" {
			imports := slices.Concat(one.Imports, one.TestImports, one.XTestImports)
			require.NotContains(t, imports, "github.com/hashicorp/terraform-plugin-framework/providerserver", "%s makes a server of its own", name)
		}
	}
}

// mostFiles is the number of files, without tests, above which a package is to be split.
const mostFiles = 20

func TestPackagesStaySmall(t *testing.T) {
	for name, one := range packages(t) {
		require.LessOrEqual(t, len(one.GoFiles), mostFiles, name)
	}
}
