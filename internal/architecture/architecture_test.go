// Package architecture_test keeps the rules of the layout, which CONTRIBUTING.md explains.
package architecture_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
)

const (
	module = "github.com/customerio-source/terraform-provider-customerio"
	root   = "../.."
	// longestFile is the number of lines at which a file is to be split.
	longestFile = 400
)

// goPackage is what `go list` tells of a package.
type goPackage struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func packages(t *testing.T) map[string]goPackage {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,Deps", "./...")
	command.Dir = root
	output, err := command.Output()
	require.NoError(t, err)
	found := map[string]goPackage{}
	decoder := json.NewDecoder(strings.NewReader(string(output)))
	for {
		var one goPackage
		if err := decoder.Decode(&one); errors.Is(err, io.EOF) {
			break
		} else {
			require.NoError(t, err)
		}
		found[strings.TrimPrefix(one.ImportPath, module)] = one
	}
	require.Contains(t, found, "/internal/provider")
	return found
}

func TestDependenciesPointOneWay(t *testing.T) {
	all := packages(t)
	for name, one := range all {
		for _, imported := range one.Imports {
			own := strings.TrimPrefix(imported, module)
			switch {
			case name == "" && strings.HasPrefix(imported, module):
				require.Equal(t, "/internal/provider", own, "main serves the provider, nothing else")
			case inside(name, "/internal/api"):
				terraform := strings.HasPrefix(imported, "github.com/hashicorp/terraform-")
				require.False(t, terraform && imported != "github.com/hashicorp/terraform-plugin-log/tflog",
					"%s knows nothing of Terraform but tflog, yet imports %s", name, imported)
				require.False(t, own != imported && !inside(own, "/internal/api"), "%s imports %s", name, own)
			case inside(name, "/internal/resource"):
				require.NotEqual(t, "net/http", imported, "%s builds no HTTP request", name)
				require.False(t, inside(own, "/internal/resource"), "%s imports another resource, %s", name, own)
				require.False(t, inside(own, "/internal/provider") || inside(own, "/internal/simulator"), "%s imports %s", name, own)
			case inside(name, "/internal/simulator"):
				require.False(t, own != imported && !inside(own, "/internal/simulator"), "%s shares no code with the provider, yet imports %s", name, own)
			}
		}
	}
	for _, dependency := range all[""].Deps {
		require.NotContains(t, dependency, "/internal/simulator", "nothing that a user installs contains the simulator")
		require.NotContains(t, dependency, "terraform-plugin-testing")
	}
}

// TestOnlyProgramsAndTestsUseStandIns looks at what the packages import outside of their tests.
func TestOnlyProgramsAndTestsUseStandIns(t *testing.T) {
	for name, one := range packages(t) {
		for _, imported := range one.Imports {
			switch strings.TrimPrefix(imported, module) {
			case "/internal/simulator":
				require.True(t, inside(name, "/internal/cmd") || name == "/internal/acctest", "%s imports the simulator", name)
			case "/internal/acctest", "/internal/api/apitest":
				require.Fail(t, "what only serves tests is imported elsewhere", "%s imports %s", name, imported)
			}
		}
	}
}

func inside(name, folder string) bool { return name == folder || strings.HasPrefix(name, folder+"/") }

// waits are the resources whose create, update or delete takes its time at the service.
var waits = map[string]bool{
	"customerio_base_connection": true, "customerio_source_connection": true, "customerio_target_connection": true,
	"customerio_dataflow": true, "customerio_target_schema": true, "customerio_target_dataset": true,
}

func TestEveryResourceIsWhole(t *testing.T) {
	schemas := providerSchemas(t)
	require.Len(t, schemas.ResourceSchemas, 8)
	for _, make := range resources(t) {
		one := make()
		var metadata resource.MetadataResponse
		one.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: provider.TypeName}, &metadata)
		name := metadata.TypeName
		require.Implements(t, (*resource.ResourceWithImportState)(nil), one, name)
		require.Implements(t, (*resource.ResourceWithIdentity)(nil), one, name)
		requireFiles(t, "docs/resources/"+strings.TrimPrefix(name, "customerio_")+".md",
			"examples/resources/"+name+"/resource.tf", "examples/resources/"+name+"/import.sh")
		if waits[name] {
			require.True(t, hasAttribute(schemas.ResourceSchemas[name].Block, "timeouts"), "%s waits and has no timeouts", name)
		}
	}
	for name := range schemas.DataSourceSchemas {
		requireFiles(t, "docs/data-sources/"+strings.TrimPrefix(name, "customerio_")+".md", "examples/data-sources/"+name+"/data-source.tf")
	}
	for name := range schemas.EphemeralResourceSchemas {
		requireFiles(t, "docs/ephemeral-resources/"+strings.TrimPrefix(name, "customerio_")+".md",
			"examples/ephemeral-resources/"+name+"/ephemeral-resource.tf")
	}
	for name := range schemas.Functions {
		requireFiles(t, "docs/functions/"+name+".md", "examples/functions/"+name+"/function.tf")
	}
}

func TestEveryAttributeIsDescribed(t *testing.T) {
	schemas := providerSchemas(t)
	requireDescribed(t, "provider", schemas.Provider.Block.Attributes)
	for name, schema := range schemas.ResourceSchemas {
		require.NotEmpty(t, schema.Block.Description, name)
		requireDescribed(t, name, schema.Block.Attributes)
	}
	for name, schema := range schemas.DataSourceSchemas {
		require.NotEmpty(t, schema.Block.Description, name)
		requireDescribed(t, name, schema.Block.Attributes)
	}
	for name, schema := range schemas.EphemeralResourceSchemas {
		require.NotEmpty(t, schema.Block.Description, name)
		requireDescribed(t, name, schema.Block.Attributes)
	}
	for name, function := range schemas.Functions {
		require.NotEmpty(t, function.Description, name)
		for _, parameter := range function.Parameters {
			require.NotEmpty(t, parameter.Description, name+"("+parameter.Name+")")
		}
	}
}

func TestFilesStayShort(t *testing.T) {
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		require.LessOrEqual(t, countLines(t, path), longestFile, path)
		return nil
	})
	require.NoError(t, err)
}

func resources(t *testing.T) []func() resource.Resource {
	t.Helper()
	return provider.New("test")().Resources(t.Context())
}

func providerSchemas(t *testing.T) *tfprotov6.GetProviderSchemaResponse {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	require.NoError(t, err)
	schemas, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	require.NoError(t, err)
	require.Empty(t, schemas.Diagnostics)
	return schemas
}

func requireDescribed(t *testing.T, parent string, attributes []*tfprotov6.SchemaAttribute) {
	t.Helper()
	for _, attribute := range attributes {
		name := parent + "." + attribute.Name
		require.NotEmpty(t, attribute.Description, name)
		if attribute.NestedType != nil {
			requireDescribed(t, name, attribute.NestedType.Attributes)
		}
	}
}

func hasAttribute(block *tfprotov6.SchemaBlock, name string) bool {
	for _, attribute := range block.Attributes {
		if attribute.Name == name {
			return true
		}
	}
	return false
}

func requireFiles(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		require.FileExists(t, filepath.Join(root, name))
	}
}

func countLines(t *testing.T, path string) int {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return strings.Count(string(text), "\n")
}
