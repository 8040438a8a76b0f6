package examples_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/stretchr/testify/require"
	"github.com/zclconf/go-cty/cty"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/versions"
	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
)

const (
	mocks = "testing/mocks/customerio.tfmock.hcl"
	// mocked is a test that needs neither an account nor simulated services.
	mocked = "mock_provider \"customerio\" {\n  source = \"./mocks\"\n}\nrun \"plans\" {\n  command = plan\n}\nrun \"applies\" {}\n"
	// mockedAlias is for a further provider block, which Terraform mocks only by its alias.
	mockedAlias = "mock_provider \"customerio\" {\n  alias = %s\n  source = \"./mocks\"\n}\n"
)

var (
	required = regexp.MustCompile(`required_providers`)
	alias    = regexp.MustCompile(`(?m)^  alias += (".+")$`)
)

func TestMockedTests(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, versions.MockFiles)
	w := copied(t, "testing")
	w.Run("init", "-no-color")
	require.Contains(t, w.Run("test", "-no-color", "-filter=tests/mocks.tftest.hcl"), "Success! 3 passed, 0 failed.")
}

// What is written for OpenTofu, Terraform takes too, under a name that it reads.
func TestMockedTestsOfOpenTofu(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, versions.Mocks)
	w := copied(t, "testing")
	w.Write("tests/mocks.tftest.hcl", w.Read("tests/mocks.tofutest.hcl"))
	w.Write(strings.TrimPrefix(mocks, "testing/"), "")
	w.Run("init", "-no-color")
	suite := "tests/mocks.tftest.hcl"
	if acctest.InHand(t).OpenTofu {
		suite = "tests/mocks.tofutest.hcl"
	}
	require.Contains(t, w.Run("test", "-no-color", "-filter="+suite), "Success! 3 passed, 0 failed.")
	defaults := strings.Join(strings.Fields(read(t, mocks)), " ")
	for _, line := range regexp.MustCompile(`(?m)^      \w+ += .*$`).FindAllString(w.Read("tests/mocks.tftest.hcl"), -1) {
		require.Contains(t, defaults, strings.Join(strings.Fields(line), " "))
	}
}

// The tests have a module of their own, which has to be installed, as the example says.
func TestTestsNeedTheirModule(t *testing.T) {
	t.Parallel()
	output, err := copied(t, "testing").Try("test", "-no-color", "-filter=tests/mocks.tftest.hcl")
	require.Error(t, err)
	if acctest.InHand(t).OpenTofu {
		require.Contains(t, output, "Module not installed")
		return
	}
	require.Contains(t, output, "Provider type mismatch")
}

// Without mock defaults, the provider refuses what Terraform makes up. If that changes, the guide on tests is out of date.
func TestMocksNeedDefaults(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, versions.MockFiles)
	w := copied(t, "testing")
	w.Write("mocks/customerio.tfmock.hcl", "")
	w.Run("init", "-no-color")
	output, err := w.Try("test", "-no-color", "-filter=tests/mocks.tftest.hcl")
	require.Error(t, err)
	require.Contains(t, output, "Attribute schema_id must be an absolute http:// or https:// URL")
}

// TestEveryExampleIsMocked applies all examples with the defaults. Terraform mocks no ephemeral resources.
func TestEveryExampleIsMocked(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, versions.MockFiles)
	for _, folder := range append(folders(t), "pipeline", "multi-region") {
		if strings.HasPrefix(folder, "ephemeral-resources/") {
			continue
		}
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			w := copied(t, folder, `TF_VAR_connection_params={"dataType":"raw"}`, "TF_VAR_dataflow_id=4982698b-e6b3-48c2-8dcf-040e20121fd2",
				`TF_VAR_app_api_keys={"us":"key-of-us","eu":"key-of-eu"}`)
			imports, err := filepath.Glob(w.Path("import*.tf"))
			require.NoError(t, err)
			for _, file := range imports {
				w.Write(filepath.Base(file), "")
			}
			w.Write("mocks/customerio.tfmock.hcl", read(t, mocks))
			text, test := configurationIn(t, w), mocked
			if !required.MatchString(text) {
				w.Write("provider.tf", acctest.Required)
			}
			for _, found := range alias.FindAllStringSubmatch(text, -1) {
				test += fmt.Sprintf(mockedAlias, found[1])
			}
			w.Write("mocked.tftest.hcl", test)
			w.Run("init", "-no-color")
			require.Contains(t, w.Run("test", "-no-color"), "Success! 2 passed, 0 failed.")
		})
	}
}

func configurationIn(t *testing.T, w *acctest.Workspace) string {
	t.Helper()
	files, err := filepath.Glob(w.Path("*.tf"))
	require.NoError(t, err)
	var texts []string
	for _, file := range files {
		texts = append(texts, w.Read(filepath.Base(file)))
	}
	return strings.Join(texts, "\n")
}

// TestMockDefaultsAreComplete wants a default for every computed attribute of every resource and data source, and for nothing else: Terraform
// says nothing of a name that does not exist. Lists and maps of objects have no defaults, but are always empty.
func TestMockDefaultsAreComplete(t *testing.T) {
	t.Parallel()
	schemas, err := provider.NewServer("test")().GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	require.NoError(t, err)
	defaults := mockDefaults(t)
	for kind, ofKind := range map[string]map[string]*tfprotov6.Schema{"mock_resource": schemas.ResourceSchemas, "mock_data": schemas.DataSourceSchemas} {
		for name, schema := range ofKind {
			requireDefaults(t, kind+"."+name, schema.Block.Attributes, defaults[kind][name])
			delete(defaults[kind], name)
		}
		require.Empty(t, slices.Collect(maps.Keys(defaults[kind])), "%s of the provider", kind)
	}
}

func requireDefaults(t *testing.T, where string, attributes []*tfprotov6.SchemaAttribute, value cty.Value) {
	t.Helper()
	if value == cty.NilVal {
		value = cty.EmptyObjectVal
	}
	var computed []string
	for _, one := range attributes {
		isObject := one.NestedType != nil && one.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle
		if !one.Computed || one.NestedType != nil && !isObject {
			continue
		}
		computed = append(computed, one.Name)
		if isObject && value.Type().HasAttribute(one.Name) {
			require.Len(t, value.GetAttr(one.Name).AsValueMap(), len(one.NestedType.Attributes), "%s.%s in %s", where, one.Name, mocks)
		}
	}
	require.ElementsMatch(t, computed, slices.Collect(maps.Keys(value.AsValueMap())), "computed attributes of %s, and its defaults in %s", where, mocks)
}

// mockDefaults are the objects of the file, by kind and type.
func mockDefaults(t *testing.T) map[string]map[string]cty.Value {
	t.Helper()
	file, diags := hclparse.NewParser().ParseHCL([]byte(read(t, mocks)), mocks)
	require.False(t, diags.HasErrors(), diags)
	found := map[string]map[string]cty.Value{"mock_resource": {}, "mock_data": {}}
	for _, one := range file.Body.(*hclsyntax.Body).Blocks {
		value, diags := one.Body.Attributes["defaults"].Expr.Value(nil)
		require.False(t, diags.HasErrors(), diags)
		require.NotContains(t, found[one.Type], one.Labels[0], "two blocks")
		found[one.Type][one.Labels[0]] = value
	}
	return found
}
