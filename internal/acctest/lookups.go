package acctest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/stretchr/testify/require"
)

// LookedUp is a data source that finds an object by ID or name, for the stories that all such data sources share.
type LookedUp struct {
	World *World
	// Type is the data source's, Object what errors call the object, and Collection the path of its list.
	Type, Object, Collection string
	// Make creates an object of a name without Terraform and returns its ID.
	Make func(t *testing.T, name string) string
	// Missing is an ID that no object has, and Malformed one that none can have, with the Message for it.
	Missing, Malformed, Message string
}

// ByID is the address of the first data source that [LookedUp.Both] configures.
func (l LookedUp) ByID() string { return "data." + l.Type + ".by_id" }

// ByName is the address of the second.
func (l LookedUp) ByName() string { return "data." + l.Type + ".by_name" }

// Both is a configuration that reads one object by its ID and another one by its name.
func (l LookedUp) Both(id, name string) string {
	return l.World.Config(block("data", l.Type, "by_id", []string{`id = ` + quoted(id)}) + block("data", l.Type, "by_name", []string{`name = ` + quoted(name)}))
}

// With is a configuration with the given arguments.
func (l LookedUp) With(arguments ...string) string { return l.World.Config(Data(l.Type, arguments...)) }

// IsFoundByIDAndName reads one of two objects either way, changes nothing, and has an empty plan after that.
func (l LookedUp) IsFoundByIDAndName(t *testing.T) {
	t.Helper()
	l.Make(t, "Shop EU")
	id := l.Make(t, "Shop")
	l.World.ResetCalls()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories,
		Steps: []resource.TestStep{{
			Config: l.Both(id, "Shop"),
			ConfigStateChecks: append(InState(l.ByID(), map[string]string{"id": id, "name": "Shop"}),
				InState(l.ByName(), map[string]string{"id": id, "name": "Shop"})...),
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		}},
	})
	for _, call := range l.World.Calls() {
		require.True(t, call.Method == http.MethodGet || strings.HasPrefix(call.Path, "/ims/"), "%s %s", call.Method, call.Path)
	}
}

// FailsOnNoneAndOnSeveral wants an error on the argument that was given. If several objects have the name, it lists them.
func (l LookedUp) FailsOnNoneAndOnSeveral(t *testing.T) {
	t.Helper()
	first, second := l.Make(t, "Shop"), l.Make(t, "Shop")
	l.Make(t, "shop")
	l.World.ResetCalls()
	PlansFail(t, map[string]Failure{
		"no such name": {l.With(`name = "Store"`), []string{`name = "Store"`, "There is no " + l.Object + ` with the name "Store"`, "Upper and lower case count"}},
		"no such ID":   {l.With(`id = ` + quoted(l.Missing)), []string{`id = ` + quoted(l.Missing), quoted(l.Missing), "404", "Check the ID"}},
		"several": {l.With(`name = "Shop"`), []string{
			"More than one " + l.Object + " found", `name = "Shop"`, "There are 2 " + l.Object + "s", `"Shop"`, "- ", `: "Shop"`, "- ", `: "Shop"`, "Set `id` instead of `name`",
		}},
		"several, the one": {l.With(`name = "Shop"`), []string{"There are 2 " + l.Object + "s", first}},
		"and the other":    {l.With(`name = "Shop"`), []string{"There are 2 " + l.Object + "s", second}},
	})
}

// WantsIDOrName wants an error for neither, both and malformed ones, without a call to the service.
func (l LookedUp) WantsIDOrName(t *testing.T) {
	t.Helper()
	l.World.Refuses(t, map[string]BadInput{
		"neither":      {Data(l.Type), `data "` + l.Type + `" "this"`, "Neither is set. Set `name`, or set `id`"},
		"both":         {Data(l.Type, `id = `+quoted(l.Missing), `name = "Shop"`), `name = "Shop"`, "Both are set. Remove `name`, or remove `id`"},
		"malformed ID": {Data(l.Type, `id = `+quoted(l.Malformed)), `id = ` + quoted(l.Malformed), l.Message},
		"empty name":   {Data(l.Type, `name = ""`), `name = ""`, "must not be empty"},
	})
}

// AwkwardName has characters that mean something in the filters of the services.
const AwkwardName = `Shop, EU "north" & ==Co + 100%`

// IsFoundByAwkwardName finds an object by a name that the service's filter would misread, and so without that filter.
func (l LookedUp) IsFoundByAwkwardName(t *testing.T) {
	t.Helper()
	for _, part := range []string{"Shop", `EU "north" & ==Co + 100%`, `Shop, EU north & ==Co + 100%`} {
		l.Make(t, part)
	}
	id := l.Make(t, AwkwardName)
	l.World.ResetCalls()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories,
		Steps: []resource.TestStep{{
			Config: l.With(`name = ` + quoted(AwkwardName)), ConfigStateChecks: InState("data."+l.Type+".this", map[string]string{"id": id, "name": AwkwardName}),
		}},
	})
	for _, call := range l.World.Calls() {
		require.NotContains(t, call.Query, "Shop")
	}
}

// IsFoundOnAnyPage finds the oldest and the newest of more objects than one page holds.
func (l LookedUp) IsFoundOnAnyPage(t *testing.T) {
	t.Helper()
	oldest := l.Make(t, "Oldest, of all")
	for i := range 101 {
		l.Make(t, fmt.Sprintf("Shop %d", i))
	}
	newest := l.Make(t, "Newest, of all")
	l.World.ResetCalls()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories,
		Steps: []resource.TestStep{{
			Config: l.World.Config(block("data", l.Type, "oldest", []string{`name = "Oldest, of all"`}) + block("data", l.Type, "newest", []string{`name = "Newest, of all"`})),
			ConfigStateChecks: append(InState("data."+l.Type+".oldest", map[string]string{"id": oldest}),
				InState("data."+l.Type+".newest", map[string]string{"id": newest})...),
		}},
	})
	pages := 0
	for _, call := range l.World.Calls() {
		if strings.HasSuffix(call.Path, l.Collection) {
			pages++
		}
	}
	require.Positive(t, pages)
	require.Zero(t, pages%4, "two pages for each of the two, in every run of Terraform: %d", pages)
}

func quoted(text string) string { return fmt.Sprintf("%q", text) }
