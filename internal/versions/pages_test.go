package versions_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/versions"
)

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

// The page has the table that the tests prove.
func TestThePageHasTheTable(t *testing.T) {
	t.Parallel()
	_, after, found := strings.Cut(read(t, "../../templates/index.md.tmpl"), "| Feature | Terraform | OpenTofu |\n|---|---|---|\n")
	require.True(t, found)
	var wanted strings.Builder
	for _, feature := range versions.All {
		wanted.WriteString("| " + feature.Name + " | " + orNone(feature.Terraform) + " | " + orNone(feature.OpenTofu) + " |\n")
	}
	table, _, _ := strings.Cut(after, "\n\n")
	require.Equal(t, wanted.String(), table+"\n")
}

func orNone(version string) string {
	if version == "" {
		return "none"
	}
	return version
}

var inMatrix = regexp.MustCompile(`(?m)^ +(terraform|opentofu): \[(.*)\]$`)

// The workflow runs the tests with every version that the page names.
func TestTheWorkflowTestsWhatThePageSays(t *testing.T) {
	t.Parallel()
	page := strings.Join(strings.Fields(read(t, "../../templates/index.md.tmpl")), " ")
	said := regexp.MustCompile(`tested with Terraform ([0-9., and]+), and with OpenTofu ([0-9., and]+)\.`).FindStringSubmatch(page)
	require.NotNil(t, said)
	run := map[string]map[string]bool{"terraform": {}, "opentofu": {}}
	for _, found := range inMatrix.FindAllStringSubmatch(read(t, "../../.github/workflows/test.yml"), -1) {
		for version := range strings.SplitSeq(found[2], ", ") {
			run[found[1]][strings.Trim(version, `"`)] = true
		}
	}
	for i, program := range []string{"terraform", "opentofu"} {
		named := map[string]bool{}
		for _, version := range regexp.MustCompile(`\d+\.\d+`).FindAllString(said[i+1], -1) {
			named[version] = true
		}
		require.Equal(t, named, run[program], program)
	}
}
