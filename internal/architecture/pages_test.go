package architecture_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// pagesIn are the texts of a folder's pages, by path.
func pagesIn(t *testing.T, folder string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, folder, "*.md"))
	require.NoError(t, err)
	require.NotEmpty(t, files, folder)
	texts := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		texts[folder+"/"+filepath.Base(file)] = string(text)
	}
	return texts
}

var inGroup = regexp.MustCompile(`(?m)^subcategory: "(Adobe Experience Platform|Customer\.io|Advanced)"$`)

// TestEveryPageHasItsPlaceInTheMenu of the registry. Guides stand above the groups.
func TestEveryPageHasItsPlaceInTheMenu(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"resources", "data-sources", "list-resources", "ephemeral-resources", "functions"} {
		for name, text := range pagesIn(t, "docs/"+folder) {
			require.True(t, inGroup.MatchString(text), name)
		}
	}
	for name, text := range pagesIn(t, "docs/guides") {
		require.True(t, strings.Contains(text, "\nsubcategory: \"\"\n"), name)
	}
	baseConnection := pagesIn(t, "docs/resources")["docs/resources/base_connection.md"]
	require.True(t, strings.Contains(baseConnection, `subcategory: "Advanced"`), "it is not for beginners")
}

// TestEveryGuideIsListed on the first pages of the registry and of the repository.
func TestEveryGuideIsListed(t *testing.T) {
	t.Parallel()
	pages := documents(t)
	for name := range pagesIn(t, "docs/guides") {
		require.Contains(t, pages["README.md"].links, name)
		require.Contains(t, pages["docs/index.md"].links, strings.TrimPrefix(name, "docs/"))
	}
}

var versionsOnTop = regexp.MustCompile(`\n# [^\n]+\n\n-> \*\*[^\n]*(Terraform (or OpenTofu )?1\.\d+|Any supported version of Terraform)`)

// TestEveryGuideNamesTheVersionItNeeds at the top.
func TestEveryGuideNamesTheVersionItNeeds(t *testing.T) {
	t.Parallel()
	for name, text := range pagesIn(t, "docs/guides") {
		require.True(t, versionsOnTop.MatchString(text), "%s does not begin with a line such as: -> **Terraform or OpenTofu 1.8 or later.**", name)
	}
}

// TestEveryFunctionSaysWhatItReturns, in a section of its own, and shows a result in its example.
func TestEveryFunctionSaysWhatItReturns(t *testing.T) {
	t.Parallel()
	for name, text := range pagesIn(t, "docs/functions") {
		_, result, found := strings.Cut(text, "\n## Return value\n\n")
		require.True(t, found, name)
		require.Regexp(t, `^(A|An) (string|set|map|object)`, result, name)
		require.True(t, strings.Contains(text, "\n# Outputs:\n"), name)
	}
}

// TestEverySettingIsInTheTable of the first page, with the environment variable that its description names.
func TestEverySettingIsInTheTable(t *testing.T) {
	t.Parallel()
	index := pagesIn(t, "docs")["docs/index.md"]
	variable := regexp.MustCompile("Environment: `([A-Z_]+)`")
	for _, block := range providerSchemas(t).Provider.Block.Attributes {
		if block.NestedType == nil {
			require.True(t, strings.Contains(index, "\n| `"+block.Name+"` | none | "), block.Name)
			continue
		}
		for _, setting := range block.NestedType.Attributes {
			name := block.Name + "." + setting.Name
			named := variable.FindStringSubmatch(setting.Description)
			require.NotNil(t, named, name)
			require.True(t, strings.Contains(index, "\n| `"+name+"` | `"+named[1]+"`"), name)
		}
	}
}
