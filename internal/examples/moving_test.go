package examples_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// settled is a workspace with a whole pipeline, and the configuration of it.
func settled(t *testing.T) (*acctest.World, *acctest.Workspace, string) {
	t.Helper()
	world := acctest.NewEmpty(t, simulator.Options{Provisioning: -1})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Install()
	pipeline := strings.Replace(acctest.WholePipeline(), "  deletion_protection = false\n", "", 1)
	w.Write("main.tf", acctest.Required+pipeline)
	w.Run("init", "-no-color")
	w.Run("apply", "-auto-approve", "-no-color")
	world.ResetCalls()
	return world, w, pipeline
}

// untouched wants that no call has stored anything.
func untouched(t *testing.T, world *acctest.World) {
	t.Helper()
	for _, call := range world.Calls() {
		require.True(t, call.Method == http.MethodGet || strings.HasPrefix(call.Path, "/ims/") || strings.HasSuffix(call.Path, "/validate"), call)
	}
}

var (
	own      = regexp.MustCompile(`(customerio_\w+)\.this\b`)
	declared = regexp.MustCompile(`resource "(customerio_\w+)" "this"`)
)

// types are those of the pipeline's resources.
func types(pipeline string) (all []string) {
	for _, found := range declared.FindAllStringSubmatch(pipeline, -1) {
		all = append(all, found[1])
	}
	return all
}

// eachType joins a block for each resource of a pipeline, in which TYPE stands for its type.
func eachType(pipeline, block string) string {
	var blocks strings.Builder
	for _, one := range types(pipeline) {
		blocks.WriteString(strings.ReplaceAll(block, "TYPE", one))
	}
	return blocks.String()
}

// renamed is a pipeline whose resources are called "shop".
func renamed(pipeline string) string {
	return declared.ReplaceAllString(own.ReplaceAllString(pipeline, "$1.shop"), `resource "$1" "shop"`)
}

const nothingElse = "0 added, 0 changed, 0 destroyed" // OpenTofu goes on with what is forgotten

func TestMovedToAnotherNameAndIntoAModule(t *testing.T) {
	t.Parallel()
	world, w, pipeline := settled(t)
	w.Write("main.tf", acctest.Required+renamed(pipeline)+eachType(pipeline, "moved {\n  from = TYPE.this\n  to   = TYPE.shop\n}\n"))
	require.Contains(t, w.Run("apply", "-auto-approve", "-no-color"), nothingElse)
	w.NothingToChange()
	w.Write("shop/main.tf", acctest.Required+pipeline)
	w.Write("main.tf", acctest.Required+"module \"shop\" {\n  source = \"./shop\"\n}\n"+eachType(pipeline, "moved {\n  from = TYPE.shop\n  to   = module.shop.TYPE.this\n}\n"))
	w.Run("init", "-no-color")
	require.Contains(t, w.Run("apply", "-auto-approve", "-no-color"), nothingElse)
	w.Write("main.tf", acctest.Required+"module \"shop\" {\n  source = \"./shop\"\n}\n")
	w.NothingToChange()
	untouched(t, world)
}

// A state is split by the command, and the parts are joined again.
func TestMovedToAnotherStateAndBack(t *testing.T) {
	t.Parallel()
	world, w, pipeline := settled(t)
	there := acctest.NewWorkspace(t, world.Credentials()...)
	there.Write("main.tf", acctest.Required+renamed(pipeline))
	guided := section(t, "moving.md", "## To another state")
	require.Contains(t, guided, "terraform state mv -state=terraform.tfstate -state-out=../shop/terraform.tfstate ")
	for _, one := range types(pipeline) {
		w.Run("state", "mv", "-state=terraform.tfstate", "-state-out="+there.Path("terraform.tfstate"), one+".this", one+".shop")
	}
	w.Write("main.tf", acctest.Required)
	w.NothingToChange()
	there.NothingToChange()
	for _, one := range types(pipeline) {
		there.Run("state", "mv", "-state=terraform.tfstate", "-state-out="+w.Path("terraform.tfstate"), one+".shop", one+".this")
	}
	w.Write("main.tf", acctest.Required+pipeline)
	w.NothingToChange()
	untouched(t, world)
}

const forget = "removed {\n  from = TYPE.this\n  lifecycle {\n    destroy = false\n  }\n}\n"

// A pipeline is forgotten here, its protected dataset too, and imported there.
func TestForgottenHereAndImportedThere(t *testing.T) {
	t.Parallel()
	world, w, pipeline := settled(t)
	imports := ""
	for _, one := range types(pipeline) {
		id := regexp.MustCompile(`(?m)^    id +"?= +"([^"]*)"|^    id += "([^"]*)"`).FindStringSubmatch(w.Run("state", "show", "-no-color", one+".this"))
		require.NotNil(t, id, one)
		imports += "import {\n  to = " + one + ".shop\n  id = \"" + id[1] + id[2] + "\"\n}\n"
	}
	w.Write("main.tf", acctest.Required+eachType(pipeline, forget))
	require.Contains(t, w.Run("apply", "-auto-approve", "-no-color"), nothingElse)
	require.Empty(t, strings.TrimSpace(w.Run("state", "list")))
	w.NothingToChange()
	there := acctest.NewWorkspace(t, world.Credentials()...)
	there.Write("main.tf", acctest.Required+renamed(pipeline)+imports)
	require.Contains(t, there.Run("apply", "-auto-approve", "-no-color"), "7 imported, "+nothingElse)
	there.NothingToChange()
	untouched(t, world)
}

// Without the block, the plan would delete the pipeline, and is refused for the dataset.
func TestNotForgottenIsProtected(t *testing.T) {
	t.Parallel()
	world, w, _ := settled(t)
	w.Write("main.tf", acctest.Required)
	output, err := w.Try("apply", "-auto-approve", "-no-color")
	require.Error(t, err)
	require.Contains(t, output, "Error: Dataset is protected")
	untouched(t, world)
}
