package examples_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

var block = regexp.MustCompile("(?s)```terraform\n(.*?)```")

// configuration joins the blocks of a page.
func configuration(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var blocks []string
	for _, found := range block.FindAllStringSubmatch(string(text), -1) {
		blocks = append(blocks, found[1])
	}
	require.NotEmpty(t, blocks, file)
	joined := strings.Join(blocks, "\n")
	if !strings.Contains(joined, "required_providers") {
		joined = acctest.Required + joined
	}
	return joined
}

// TestPagesAreValid formats and validates the configurations of the guides and of the README.
func TestPagesAreValid(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("../../templates/guides/*.md")
	require.NoError(t, err)
	pages = slices.DeleteFunc(append(pages, "../../README.md"), func(page string) bool {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		return !block.Match(text) // a page of tables
	})
	require.GreaterOrEqual(t, len(pages), 7)
	for _, page := range pages {
		t.Run(filepath.Base(page), func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorkspace(t)
			w.Write("main.tf", configuration(t, page))
			w.Run("fmt", "-check", "main.tf")
			w.Run("validate", "-no-color")
		})
	}
}

// TestREADME applies the configuration of the README as it stands there.
func TestREADME(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Write("main.tf", configuration(t, "../../README.md"))
	w.Run("apply", "-auto-approve", "-no-color")
	w.NothingToChange()
}

// TestZeroLoss wants the order of calls that the guide promises.
func TestZeroLoss(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	schema, first := world.SchemaID, world.DatasetID
	second := world.SeedSibling(t, schema)
	w := acctest.NewWorkspace(t, append(world.Credentials(), "TF_VAR_schema_id="+schema, "TF_VAR_settle_seconds=0")...)
	w.Write("main.tf", configuration(t, "../../templates/guides/zero-loss-replacement.md"))
	w.Run("apply", "-auto-approve", "-no-color", "-var=dataset_id="+first)
	world.ResetCalls()
	w.Run("apply", "-auto-approve", "-no-color", "-var=dataset_id="+second)

	var order []string
	for _, call := range world.Calls() {
		if call.Method != http.MethodGet && !strings.HasPrefix(call.Path, "/ims/") {
			order = append(order, call.Method+" "+strings.Split(strings.TrimPrefix(call.Path, "/data/foundation/flowservice"), "/")[1])
		}
	}
	require.Equal(t, []string{"POST targetConnections", "POST flows", "PUT v1", "DELETE flows", "DELETE targetConnections"}, order)
	w.Run("destroy", "-auto-approve", "-no-color", "-var=dataset_id="+second)
	require.NoError(t, world.NothingLeft(nil))
}
