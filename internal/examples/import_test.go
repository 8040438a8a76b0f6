package examples_test

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// section is the part of a guide under a heading.
func section(t *testing.T, guide, heading string) string {
	t.Helper()
	text, err := os.ReadFile("../../templates/guides/" + guide)
	require.NoError(t, err)
	_, after, found := strings.Cut(string(text), "\n"+heading+"\n")
	require.True(t, found, heading)
	part, _, _ := strings.Cut(after, "\n"+heading[:strings.Index(heading, " ")+1])
	return part
}

var commandWithOutcome = regexp.MustCompile(`(?m)^ *terraform ([a-z]+)(?: +# (.*))?$`)

// The guide on imports takes in 25 pipelines that people clicked together: its commands, in their order, print what it says, and no call stores
// anything.
func TestTheGuideTakesInASandbox(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	world.MakePipelines(t, 25)
	before := world.Objects()
	world.ResetCalls()
	steps := section(t, "importing.md", "## A whole sandbox, step by step")
	require.Contains(t, steps, "cp -r examples/import ../taken-in")
	w := project(t, world, "import")
	var commands []string
	for _, found := range commandWithOutcome.FindAllStringSubmatch(steps, -1) {
		arguments := []string{found[1], "-no-color"}
		if found[1] == "apply" {
			arguments = append(arguments, "-auto-approve")
		}
		printed := w.Run(arguments...)
		commands = append(commands, found[1])
		if expected := strings.Replace(found[2], "no changes", "No changes.", 1); expected != "" {
			require.Contains(t, printed, expected)
		}
	}
	require.Equal(t, []string{"init", "plan", "apply", "plan"}, commands)
	require.Equal(t, before, world.Objects())
	for _, call := range world.Calls() {
		require.True(t, call.Method == http.MethodGet || strings.HasPrefix(call.Path, "/ims/") || strings.HasSuffix(call.Path, "/validate"), call)
	}
}

// The folder that the guide copies has the example of the data source's page.
func TestTheGuideHasTheExampleOfThePage(t *testing.T) {
	t.Parallel()
	require.Equal(t, read(t, "data-sources/customerio_pipelines/data-source.tf"), read(t, "import/main.tf"))
}
