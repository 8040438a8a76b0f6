// Package architecture_test keeps the rules of the layout, which CONTRIBUTING.md explains.
package architecture_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
)

const (
	module = "github.com/customerio-source/terraform-provider-customerio"
	root   = "../.."
	// longestFile is the number of lines above which a file is to be split.
	longestFile = 350
)

func TestEveryResourceIsWhole(t *testing.T) {
	schemas := providerSchemas(t)
	require.Len(t, schemas.ResourceSchemas, 8)
	for _, create := range resources(t) {
		one := create()
		var metadata resource.MetadataResponse
		one.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: provider.TypeName}, &metadata)
		name := metadata.TypeName
		require.Implements(t, (*resource.ResourceWithImportState)(nil), one, name)
		require.Implements(t, (*resource.ResourceWithIdentity)(nil), one, name)
		require.Implements(t, (*resource.ResourceWithUpgradeState)(nil), one, name)
		require.Positive(t, schemas.ResourceSchemas[name].Version, name)
		requireFiles(t, "docs/resources/"+strings.TrimPrefix(name, "customerio_")+".md",
			"examples/resources/"+name+"/resource.tf", "examples/resources/"+name+"/import.sh", "examples/resources/"+name+"/import-by-string-id.tf",
			"examples/resources/"+name+"/import-by-identity.tf")
		require.Contains(t, schemas.ListResourceSchemas, name, "terraform query does not list it")
		require.True(t, hasAttribute(schemas.ResourceSchemas[name].Block, "timeouts"), "%s has no timeouts, and waits at least until its delete is confirmed", name)
	}
	for name := range schemas.ListResourceSchemas {
		requireFiles(t, "docs/list-resources/"+strings.TrimPrefix(name, "customerio_")+".md", "examples/list-resources/"+name+"/list-resource.tfquery.hcl")
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

// TestEveryResourceTellsTheStories that all resources share.
func TestEveryResourceTellsTheStories(t *testing.T) {
	declarations, err := filepath.Glob(filepath.Join(root, "internal/resource/*/resource.go"))
	require.NoError(t, err)
	require.Len(t, declarations, len(resources(t)))
	for _, declaration := range declarations {
		text, err := os.ReadFile(filepath.Join(filepath.Dir(declaration), "resource_test.go"))
		require.NoError(t, err)
		require.True(t, strings.Contains(string(text), "acctest.TellStories(t, "), "the test beside %s tells no stories", declaration)
	}
}

func TestEveryAttributeIsDescribed(t *testing.T) {
	schemas := providerSchemas(t)
	requireDescribed(t, "provider", schemas.Provider.Block.Attributes)
	for name, schema := range schemas.ResourceSchemas {
		require.NotEmpty(t, schema.Block.Description, name)
		requireDescribed(t, name, schema.Block.Attributes)
	}
	for name, schema := range schemas.ListResourceSchemas {
		require.NotEmpty(t, schema.Block.Description, name)
		requireDescribed(t, "list "+name, schema.Block.Attributes)
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
	schemas, err := provider.NewServer("test")().GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
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
