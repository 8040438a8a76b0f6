package targetschema_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// taken is the title of the schema that every world has.
const taken = "Customer.io events"

// A title that another schema has is refused in the plan, with what is there and how to manage it.
func TestTitleOfAnotherSchema(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	staged, _ := world.SeedDataset("stage", "Staged")
	terraform, i := world.Core(t), &core.Instance{Type: "customerio_target_schema"}
	acctest.Applied(t, terraform, i, core.Create, map[string]any{"title": "Shop"})
	for name, test := range map[string]struct {
		instance  core.Instance
		arguments map[string]any
		id, next  string
	}{
		"a create": {core.Instance{Type: i.Type}, map[string]any{"title": taken}, world.SchemaID, fmt.Sprintf("import {\n  to = customerio_target_schema.NAME\n  id = %q\n}", world.SchemaID)},
		"a create elsewhere": {
			core.Instance{Type: i.Type}, map[string]any{"title": "Staged", "sandbox_name": "stage"}, staged, fmt.Sprintf("id = %q", staged+"@stage"),
		},
		"a new title":         {*i, map[string]any{"title": taken}, world.SchemaID, "Otherwise choose another title."},
		"a move to a sandbox": {*i, map[string]any{"title": "Staged", "sandbox_name": "stage"}, staged, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, found := terraform.Plan(t.Context(), &test.instance, test.arguments)
			require.Len(t, found, 1)
			require.Equal(t, "Title is taken", found[0].Summary)
			require.Equal(t, tfprotov6.DiagnosticSeverityWarning, found[0].Severity, "what is planned later may give it up")
			require.Equal(t, `AttributeName("title")`, found[0].Attribute.String())
			require.Contains(t, found[0].Detail, "The schema "+test.id+" in the sandbox")
			require.Contains(t, found[0].Detail, test.next)
		})
	}
}

// A list may be behind, and need not be readable.
func TestTitleThatIsNotTaken(t *testing.T) {
	t.Parallel()
	for name, list := range map[string]simulator.Fault{
		"a schema that is gone": {Status: http.StatusOK, Body: `{"results":[{"$id":"https://ns.adobe.com/acme/schemas/1","title":"Shop"}],"_page":{"next":null}}`},
		"a refusal":             {Status: http.StatusForbidden, Body: `{}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			list.Method, list.Path, list.Do = http.MethodGet, "*/tenant/schemas", simulator.FaultAnswer
			world.AddFault(list)
			_, found := world.Core(t).Plan(t.Context(), &core.Instance{Type: "customerio_target_schema"}, map[string]any{"title": "Shop"})
			require.Empty(t, found)
		})
	}
}

// What the state holds may go or get another title in the same apply, also if nothing is refreshed.
func TestTitleOfWhatTheStateHolds(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	config := func(resources string) { w.Write("main.tf", acctest.Required+world.Config(resources)) }
	schema := func(name, title string) string {
		return fmt.Sprintf("resource \"customerio_target_schema\" %q {\n  title = %q\n}\n", name, title)
	}
	config(schema("this", "Shop"))
	w.Run("apply", "-auto-approve", "-no-color")
	world.ResetCalls()
	w.NothingToChange()
	require.Zero(t, listsOfSchemas(world), "nothing has a new title")
	for _, refresh := range []string{"-refresh=true", "-refresh=false"} {
		config(schema("other", "Shop"))
		w.Run("plan", "-no-color", refresh)
		config(schema("this", "Outlet") + schema("other", "Shop"))
		w.Run("plan", "-no-color", refresh)
		config(schema("this", "Shop"))
		w.Run("plan", "-no-color", refresh, "-replace=customerio_target_schema.this")
		w.Run("taint", "customerio_target_schema.this")
		w.Run("apply", "-auto-approve", "-no-color", refresh)
		w.NothingToChange()
	}
	w.Run("destroy", "-auto-approve", "-no-color")
	require.NoError(t, world.NothingLeft(nil))
}

// All schemas of a plan share a list.
func TestTitlesShareAList(t *testing.T) {
	acctest.CountsLists(t)
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Write("main.tf", acctest.Required+world.Config("resource \"customerio_target_schema\" \"this\" {\n  count = 12\n  title = \"Shop ${count.index}\"\n}\n"))
	w.Run("plan", "-no-color", "-parallelism=1")
	require.Equal(t, 2, listsOfSchemas(world), "one of a title, and one for all others")
}

func listsOfSchemas(world *acctest.World) (lists int) {
	for _, call := range world.Calls() {
		if call.Method == http.MethodGet && strings.HasSuffix(call.Path, "/tenant/schemas") {
			lists++
		}
	}
	return lists
}
