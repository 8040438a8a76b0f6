package query_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const (
	flowService = "/data/foundation/flowservice"
	httpAPISpec = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
)

// sandbox has two pipelines of Customer.io and one of another source, and what is left over of a third.
type sandbox struct {
	*acctest.World
	// The dataflows.
	shop, outlet, foreign, gone string
	// The datasets of the first two.
	dataset, otherDataset string
}

func lived(t *testing.T) *sandbox {
	t.Helper()
	s := &sandbox{World: acctest.New(t, simulator.Options{Provisioning: -1})}
	pipeline := func(name string) string {
		source := s.MakeSourceConnection(t, name+" source")
		flow := s.MakeFlow(t, name, source, s.MakeTargetConnection(t, name+" target"), s.MakeMappingSet(t, name+" mappings"))
		s.MakeWebhookTo(t, name+" webhook", s.Inlet(t, flow)+"?x-adobe-flow-id="+strings.ToUpper(flow))
		return flow
	}
	s.dataset = s.DatasetID
	s.shop, s.gone = pipeline("Shop"), pipeline("Gone")
	require.NoError(t, s.Delete(simulator.KindFlow, s.gone))
	schema := s.SchemaID
	s.SchemaID, s.DatasetID = s.SeedDataset(simulator.DefaultSandbox, "Outlet events")
	s.otherDataset = s.DatasetID
	s.outlet = pipeline("Outlet")
	require.NoError(t, s.Update(simulator.KindFlow, s.outlet, func(body map[string]any) { body["state"] = "disabled" }))
	require.NoError(t, s.Update(simulator.KindFlow, s.shop, func(body map[string]any) { body["createdAt"] = int64(1700000000000) }))
	s.SchemaID, s.DatasetID = s.SeedDataset(simulator.DefaultSandbox, "Foreign events")
	s.Make(t, flowService+"/connections", `{"name":"Foreign base","connectionSpec":{"id":"`+httpAPISpec+`","version":"1.0"},
		"auth":{"specName":"Streaming Connection","params":{"sourceId":"a","dataType":"xdm","name":"a"}}}`)
	s.foreign = pipeline("Foreign")
	for _, source := range s.Objects() {
		if source.Kind == simulator.KindSourceConnection && source.Name == "Foreign source" {
			require.NoError(t, s.Update(source.Kind, source.ID, func(body map[string]any) { body["connectionSpec"].(map[string]any)["id"] = httpAPISpec }))
		}
	}
	s.MakeTargetConnection(t, "Unused target")
	s.MakeWebhook(t, "Elsewhere")
	s.AddJSWebhook("Script")
	s.SchemaID, s.DatasetID = schema, s.dataset
	s.ResetCalls()
	return s
}

// names are those of the results of a list that has no errors.
func (s *sandbox) names(t *testing.T, listing core.Listing) (names []string) {
	t.Helper()
	results, found := s.Core(t).List(t.Context(), listing)
	require.Empty(t, found)
	for _, one := range results {
		names = append(names, one.Name)
	}
	return names
}

func TestListsHaveWhatBelongsToPipelines(t *testing.T) {
	t.Parallel()
	s := lived(t)
	type config = map[string]any
	all := config{"include_unrelated": true}
	for _, test := range []struct {
		kind   string
		config config
		want   []string
	}{
		{"source_connection", nil, []string{"Shop source", "Gone source", "Outlet source"}},
		{"source_connection", all, []string{"Shop source", "Gone source", "Outlet source", "Foreign source"}},
		{"source_connection", config{"name": "Shop source"}, []string{"Shop source"}},
		{"source_connection", config{"name": "shop source"}, nil},
		{"source_connection", config{"name": "Foreign source"}, nil},
		{"source_connection", config{"name": "Foreign source", "include_unrelated": true}, []string{"Foreign source"}},
		{"source_connection", config{"name_pattern": "(?i)^(shop|foreign) "}, []string{"Shop source"}},
		{"base_connection", nil, nil},
		{"base_connection", all, []string{"Foreign base"}},
		{"target_connection", nil, []string{"Shop target", "Outlet target"}},
		{"target_connection", all, []string{"Shop target", "Gone target", "Outlet target", "Foreign target", "Unused target"}},
		{"target_connection", config{"dataset_id": s.otherDataset}, []string{"Outlet target"}},
		{"target_connection", config{"dataset_id": strings.ToUpper(s.dataset), "include_unrelated": true}, []string{"Shop target", "Gone target"}},
		{"target_connection", config{"name": "Outlet target"}, []string{"Outlet target"}},
		{"mapping_set", nil, []string{"Shop mappings", "Outlet mappings"}},
		{"mapping_set", config{"name_pattern": "^Gone", "include_unrelated": true}, []string{"Gone mappings"}},
		{"target_dataset", nil, []string{"Customer.io events", "Outlet events"}},
		{"target_dataset", all, []string{"Customer.io events", "Outlet events", "Foreign events"}},
		{"target_schema", nil, []string{"Customer.io events", "Outlet events"}},
		{"target_schema", config{"title": "Foreign events"}, nil},
		{"target_schema", config{"title": "Foreign events", "include_unrelated": true}, []string{"Foreign events"}},
		{"target_schema", config{"title_pattern": "Outlet"}, []string{"Outlet events"}},
		{"dataflow", nil, []string{"Shop", "Outlet"}},
		{"dataflow", all, []string{"Shop", "Outlet", "Foreign"}},
		{"dataflow", config{"state": "disabled"}, []string{"Outlet"}},
		{"dataflow", config{"state": "enabled"}, []string{"Shop"}},
		{"dataflow", config{"dataset_id": s.otherDataset}, []string{"Outlet"}},
		{"dataflow", config{"dataset_id": s.otherDataset, "state": "enabled"}, nil},
		{"dataflow", config{"created_after": "2023-11-14T22:13:21Z"}, []string{"Outlet"}},
		{"dataflow", config{"created_after": "2023-11-14T23:13:19+01:00"}, []string{"Shop", "Outlet"}},
		{"dataflow", config{"sandbox_name": "stage"}, nil},
		{"reporting_webhook", nil, []string{"Shop webhook", "Gone webhook", "Outlet webhook", "Foreign webhook"}},
		{"reporting_webhook", all, []string{"Shop webhook", "Gone webhook", "Outlet webhook", "Foreign webhook", "Elsewhere"}},
		{"reporting_webhook", config{"dataflow_id": s.gone}, []string{"Gone webhook"}},
		{"reporting_webhook", config{"name": "Script", "include_unrelated": true}, nil},
	} {
		require.Equal(t, test.want, s.names(t, core.Listing{Type: "customerio_" + test.kind, Config: test.config}), "%s %v", test.kind, test.config)
	}
	onlyReads(t, s.World)
}

// A result is what an import by its identity and a read give.
func TestResultsAreWhatAnImportReads(t *testing.T) {
	t.Parallel()
	s := lived(t)
	for _, kind := range kinds {
		listing := core.Listing{Type: "customerio_" + kind, IncludeResource: true, Config: map[string]any{"include_unrelated": kind == "base_connection"}}
		results, found := s.Core(t).List(t.Context(), listing)
		require.NoError(t, found.Err())
		require.NotEmpty(t, results)
		for _, one := range results {
			identity := map[string]any{"id": one.IdentityText("id")}
			if kind == "reporting_webhook" {
				require.Equal(t, "us", one.IdentityText("region"))
			} else {
				require.Equal(t, simulator.DefaultOrgID, one.IdentityText("org_id"))
				require.Equal(t, simulator.DefaultSandbox, one.IdentityText("sandbox_name"))
				identity["sandbox_name"] = simulator.DefaultSandbox
			}
			imported := &core.Instance{Type: listing.Type}
			require.NoError(t, s.Core(t).ImportByIdentity(t.Context(), imported, identity).Err())
			require.True(t, imported.State.Equal(one.State), "%s\n%s", imported.State, one.State)
		}
	}
}

// The list of one sandbox has nothing of another one, and says where its results are.
func TestListOfAnotherSandbox(t *testing.T) {
	t.Parallel()
	s := lived(t)
	s.SeedDataset("stage", "Stage events")
	listing := core.Listing{
		Type: "customerio_target_dataset", IncludeResource: true, Config: map[string]any{"sandbox_name": "stage", "include_unrelated": true},
	}
	results, found := s.Core(t).List(t.Context(), listing)
	require.Empty(t, found)
	require.Len(t, results, 1)
	require.Equal(t, "Stage events", results[0].Name)
	require.Equal(t, "stage", results[0].IdentityText("sandbox_name"))
	require.Equal(t, "stage", results[0].Text("sandbox_name"))
}

func TestListOfAnEmptySandbox(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	for _, kind := range kinds {
		for _, unrelated := range []bool{false, true} {
			results, found := world.Core(t).List(t.Context(), core.Listing{Type: "customerio_" + kind, Config: map[string]any{"include_unrelated": unrelated}})
			require.Empty(t, found)
			require.Empty(t, results)
		}
	}
}

// The limit ends the paging, and so does an object that is not wanted no more.
func TestLimitEndsThePaging(t *testing.T) {
	t.Parallel()
	acctest.CountsReads(t)
	acctest.CountsLists(t)
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	mappings, target := world.MakeMappingSet(t, "Mappings"), world.MakeTargetConnection(t, "Target")
	for i := range 250 {
		world.MakeFlow(t, fmt.Sprintf("Flow %03d", i), world.MakeSourceConnection(t, fmt.Sprintf("Source %03d", i)), target, mappings)
	}
	count := func(listing core.Listing, results int, lists, reads int) {
		t.Helper()
		world.ResetCalls()
		listing.Type = "customerio_" + listing.Type
		found, diags := world.Core(t).List(t.Context(), listing)
		require.Empty(t, diags)
		require.Len(t, found, results)
		calls := 0
		for _, call := range world.Calls() {
			if strings.Contains(call.Query, "limit=") || strings.Contains(call.Query, "continuationToken=") {
				calls++
			}
		}
		require.Equal(t, []int{lists, reads}, []int{calls, world.CallsTo(http.MethodGet, "/") - calls}, "lists, and reads by ID")
	}
	count(core.Listing{Type: "source_connection", Limit: 1}, 1, 1, 0)
	count(core.Listing{Type: "source_connection", Limit: 100}, 100, 1, 0)
	count(core.Listing{Type: "source_connection", Limit: 101}, 101, 2, 0)
	count(core.Listing{Type: "source_connection", Limit: 1000}, 250, 3, 0)
	count(core.Listing{Type: "source_connection", Limit: 1000, IncludeResource: true}, 250, 3, 1) // one is compared with the list
	count(core.Listing{Type: "source_connection", Limit: 1, Config: map[string]any{"name": "Source 240"}}, 1, 1, 0)
	count(core.Listing{Type: "dataflow", Limit: 1}, 1, 1, 1) // and its source
	count(core.Listing{Type: "dataflow", Limit: 1000}, 250, 6, 1)
	count(core.Listing{Type: "mapping_set", Limit: 1, IncludeResource: true}, 1, 1, 3) // and whether there is a later version
	count(core.Listing{Type: "target_dataset", Limit: 1, IncludeResource: true}, 1, 1, 3)
}
