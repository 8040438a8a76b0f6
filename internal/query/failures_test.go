package query_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// A list that fails says what failed, and has no results after that.
func TestListFails(t *testing.T) {
	t.Parallel()
	s := lived(t)
	refusal := simulator.Fault{Do: simulator.FaultAnswer, Status: http.StatusForbidden, Body: `{"message":"not now"}`}
	for path, lists := range map[string]map[string]string{
		flowService + "/sourceConnections*": {
			"source_connection": "Unable to list source connections", "dataflow": "Unable to read source connection", "mapping_set": "Unable to read source connection",
		},
		flowService + "/flows":               {"dataflow": "Unable to list dataflows", "target_schema": "Unable to list dataflows"},
		flowService + "/targetConnections*":  {"target_dataset": "Unable to read target connection", "target_connection": "Unable to read target connection"},
		"/data/foundation/conversion/*":      {"mapping_set": "Unable to read mapping set"},
		"/data/foundation/catalog/*":         {"target_dataset": "Unable to read dataset"},
		"/data/foundation/schemaregistry/t*": {"target_schema": "Unable to read schema"},
		"/v1/*":                              {"reporting_webhook": "Unable to list reporting webhooks"},
		flowService + "/connections":         {"base_connection": "Unable to list base connections"},
		"/ims/*":                             {"base_connection": "Unable to obtain access token"},
	} {
		s.ClearFaults()
		refusal.Path = path
		s.AddFault(refusal)
		for kind, summary := range lists {
			results, found := s.CoreWithoutRetries(t).List(t.Context(), core.Listing{Type: "customerio_" + kind})
			require.Empty(t, results, kind)
			require.Len(t, found, 1, kind)
			require.Contains(t, found[0].Summary, summary, kind)
			require.Contains(t, found[0].Detail, "not now", kind)
		}
	}
}

// The first pages of a list are no whole one.
func TestListFailsOnALaterPage(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	for range 101 {
		world.MakeSourceConnection(t, "Source")
	}
	world.AddFault(simulator.Fault{Path: "*/sourceConnections", After: 1, Do: simulator.FaultAnswer, Status: http.StatusForbidden, Body: `{"message":"not now"}`})
	results, found := world.CoreWithoutRetries(t).List(t.Context(), core.Listing{Type: "customerio_source_connection", Limit: 1000})
	require.Len(t, results, 100) // which Terraform drops
	require.ErrorContains(t, found.Err(), "Unable to list source connections")
}

func TestListRefusesBadInput(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	for _, test := range []struct{ kind, argument, value, detail string }{
		{"dataflow", "name_pattern", "Shop (", "must be a regular expression, got \"Shop (\": error parsing regexp: missing closing )"},
		{"dataflow", "name", " ", "it is blank"},
		{"dataflow", "state", "running", `value must be one of: ["enabled" "disabled"]`},
		{"dataflow", "dataset_id", "1", "must be 24 hexadecimal digits"},
		{"dataflow", "created_after", "2026-09-01", "must be a time in the form of RFC 3339"},
		{"target_schema", "sandbox_name", "Stage", "must be the name of a sandbox, in lower case"},
		{"target_schema", "title_pattern", "[", "must be a regular expression"},
		{"reporting_webhook", "dataflow_id", "1", "must be a UUID"},
	} {
		_, found := world.Core(t).List(t.Context(), core.Listing{Type: "customerio_" + test.kind, Config: map[string]any{test.argument: test.value}})
		require.Len(t, found, 1, test.value)
		require.Contains(t, found[0].Detail, test.detail)
		require.Equal(t, `AttributeName("`+test.argument+`")`, found[0].Attribute.String())
	}
	_, found := world.Core(t).List(t.Context(), core.Listing{Type: "customerio_dataflow", Config: map[string]any{"name": "Shop", "name_pattern": "Shop"}})
	require.Len(t, found, 1)
	require.Equal(t, `AttributeName("name")`, found[0].Attribute.String())
	require.Empty(t, world.Calls())
}

func TestListInAWrongSandbox(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	_, found := world.Core(t).List(t.Context(), core.Listing{Type: "customerio_mapping_set", Config: map[string]any{"sandbox_name": "dve"}})
	require.Len(t, found, 1)
	require.Equal(t, "Unable to list dataflows", found[0].Summary)
	require.Contains(t, found[0].Detail, "The sandbox dve is not found")
	require.Equal(t, `AttributeName("sandbox_name")`, found[0].Attribute.String())
}

// Who has no key for one of the two sides lists what is on the other.
func TestListWithoutCredentials(t *testing.T) {
	t.Parallel()
	s := lived(t)
	settings := acctest.Settings(s.URL)
	delete(settings, "customerio")
	adobe := core.New(t, settings)
	results, found := adobe.List(t.Context(), core.Listing{Type: "customerio_dataflow"})
	require.Empty(t, found)
	require.Len(t, results, 2)
	_, found = adobe.List(t.Context(), core.Listing{Type: "customerio_reporting_webhook"})
	require.ErrorContains(t, found.Err(), "Provider configuration incomplete: Settings of the provider are missing:\n\n  - customerio.app_api_key")

	settings = acctest.Settings(s.URL)
	delete(settings, "adobe")
	cio := core.New(t, settings)
	results, found = cio.List(t.Context(), core.Listing{Type: "customerio_reporting_webhook"})
	require.Empty(t, found)
	require.Len(t, results, 4)
	_, found = cio.List(t.Context(), core.Listing{Type: "customerio_target_schema"})
	require.ErrorContains(t, found.Err(), "adobe.org_id")
}

// An object that is deleted between the list and its read is no result, and no error.
func TestObjectIsDeletedMeanwhile(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	var ids []string
	for _, name := range []string{"A", "B", "C"} {
		ids = append(ids, world.MakeSourceConnection(t, name))
	}
	world.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		world.ServeHTTP(w, r)
		if strings.HasSuffix(r.URL.Path, "/sourceConnections") {
			_ = world.Delete(simulator.KindSourceConnection, ids[1])
		}
	}))
	settings := acctest.Settings(world.URL)
	settings["read_batching"] = "off" // so that each is read
	results, found := core.New(t, settings).List(t.Context(), core.Listing{Type: "customerio_source_connection", IncludeResource: true})
	require.Empty(t, found)
	require.Len(t, results, 2)
	require.Equal(t, []string{"A", "C"}, []string{results[0].Name, results[1].Name})
}

// An object that the resource cannot hold is left out with a warning, and hides no other.
func TestObjectThatCannotBeManaged(t *testing.T) {
	t.Parallel()
	s := lived(t)
	target := s.MakeTargetConnection(t, "Second")
	require.NoError(t, s.Update(simulator.KindFlow, s.shop, func(body map[string]any) {
		body["targetConnectionIds"] = append(body["targetConnectionIds"].([]any), target)
	}))
	results, found := s.Core(t).List(t.Context(), core.Listing{Type: "customerio_dataflow", IncludeResource: true})
	require.Len(t, results, 1)
	require.Equal(t, "Outlet", results[0].Name)
	require.Len(t, found, 1)
	require.Equal(t, tfprotov6.DiagnosticSeverityWarning, found[0].Severity)
	require.Equal(t, "Dataflow left out", found[0].Summary)
	require.Contains(t, found[0].Detail, `The dataflow "Shop" (`+s.shop+`) is not among the results, because the resource cannot manage it: the dataflow has 1 source and 2 target connections`)
}

// Names come from people, and go to a terminal.
func TestOddNames(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	flow := world.MakeFlow(t, "Flow", world.MakeSourceConnection(t, "Source"), world.MakeTargetConnection(t, "Target"), world.MakeMappingSet(t, "Set"))
	endpoint := world.Inlet(t, flow) + "?x-adobe-flow-id=" + flow
	for name, shown := range map[string]string{
		"Shop \u001b[31m\nError: none": "Shop [31m Error: none", `Qu"ot, "es" ${a} ü 店`: `Qu"ot, "es" ${a} ü 店`, endpoint: "(secret)",
	} {
		id := world.MakeWebhookTo(t, "Plain", endpoint)
		require.NoError(t, world.Update(simulator.KindReportingWebhook, id, func(body map[string]any) { body["name"] = name }))
		results, found := world.Core(t).List(t.Context(), core.Listing{Type: "customerio_reporting_webhook", Config: map[string]any{"name": name}, IncludeResource: true})
		require.Empty(t, found)
		require.Len(t, results, 1)
		require.Equal(t, id, results[0].IdentityText("id"))
		require.NotContains(t, results[0].Name, endpoint)
		if shown != "(secret)" {
			require.Equal(t, shown, results[0].Name)
		}
	}
	set := world.Make(t, "/data/foundation/conversion/mappingSets", `{"outputSchema":{"schemaRef":{"id":"SCHEMA_ID","contentType":"application/vnd.adobe.xed-full+json;version=1"}},
		"mappings":[{"sourceType":"ATTRIBUTE","source":"metric","destination":"_acme.metric"}]}`)
	results, found := world.Core(t).List(t.Context(), core.Listing{Type: "customerio_mapping_set", Config: map[string]any{"include_unrelated": true}})
	require.Empty(t, found)
	require.Contains(t, []string{results[0].Name, results[1].Name}, "mapping set "+set)
}
