package pipelines_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestMain(m *testing.M) { acctest.Main(m) }

const (
	flowService = "/data/foundation/flowservice"
	httpAPISpec = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
)

// found is the data source's state as Terraform shows it.
type found struct {
	Pipelines map[string]struct {
		Dataflow struct {
			ID             string `json:"id"`
			Name           string `json:"name"`
			State          string `json:"state"`
			MappingVersion int    `json:"mapping_version"`
		} `json:"dataflow"`
		SourceConnection part  `json:"source_connection"`
		TargetConnection *part `json:"target_connection"`
		MappingSet       *struct {
			ID       string                       `json:"id"`
			Mappings map[string]map[string]string `json:"mappings"`
			Newest   *struct {
				Version  int                          `json:"version"`
				Mappings map[string]map[string]string `json:"mappings"`
			} `json:"newest"`
		} `json:"mapping_set"`
		Dataset  *part  `json:"dataset"`
		Schema   *part  `json:"schema"`
		Webhooks []part `json:"webhooks"`
	} `json:"pipelines"`
	Without []string            `json:"pipelines_without_webhook"`
	Sources []part              `json:"unused_source_connections"`
	Targets []part              `json:"unused_target_connections"`
	Stray   []map[string]string `json:"stray_webhooks"`
}

type part struct {
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	Description *string `json:"description"`
}

// look reads the data source by a plan.
func look(t *testing.T, w *acctest.Workspace, configuration string) (is found) {
	t.Helper()
	w.Write("main.tf", configuration+`
data "customerio_pipelines" "all" {}
output "all" {
  value = data.customerio_pipelines.all
}
`)
	w.Run("apply", "-auto-approve", "-no-color")
	require.NoError(t, json.Unmarshal([]byte(w.Run("output", "-json", "all")), &is))
	return is
}

// sandbox is one in which people and programs have worked.
type sandbox struct {
	*acctest.World
	source, target, set, flow string
}

func lived(t *testing.T) sandbox {
	t.Helper()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	s := sandbox{World: world, source: world.MakeSourceConnection(t, "Source"), target: world.MakeTargetConnection(t, "Target"), set: world.MakeMappingSet(t, "Set")}
	s.flow = world.MakeFlow(t, "Customer.io events", s.source, s.target, s.set)
	return s
}

func (s sandbox) webhook(t *testing.T, name, endpoint string) string {
	t.Helper()
	return s.Make(t, "/v1/reporting_webhooks", fmt.Sprintf(`{"name":%q,"endpoint":%q,"events":["email_sent","sms_sent"],"disabled":true,
		"full_resolution":true,"with_content":false}`, name, endpoint))
}

func TestAPipelineIsJoined(t *testing.T) {
	t.Parallel()
	s := lived(t)
	webhook := s.webhook(t, "Shop", s.Inlet(t, s.flow)+"?x-adobe-flow-id="+strings.ToUpper(s.flow))
	s.webhook(t, "Elsewhere", "https://example.com/hook")
	s.ResetCalls()
	is := look(t, acctest.NewWorkspace(t, s.Credentials()...), acctest.Required+s.Config(""))
	require.Len(t, is.Pipelines, 1)
	p := is.Pipelines["customer_io_events"]
	require.Equal(t, []any{s.flow, "Customer.io events", "enabled", 0}, []any{p.Dataflow.ID, p.Dataflow.Name, p.Dataflow.State, p.Dataflow.MappingVersion})
	description := "made elsewhere"
	require.Equal(t, part{s.source, "Source", &description}, p.SourceConnection)
	require.Equal(t, s.target, p.TargetConnection.ID)
	require.Equal(t, s.set, p.MappingSet.ID)
	require.Equal(t, map[string]map[string]string{"_acme.metric": {"source": "metric", "source_type": "ATTRIBUTE", "name": "", "description": ""}}, p.MappingSet.Mappings)
	require.Nil(t, p.MappingSet.Newest)
	require.Equal(t, s.DatasetID, p.Dataset.ID)
	require.Equal(t, s.SchemaID, p.Schema.ID)
	require.Equal(t, webhook, p.Webhooks[0].ID)
	require.Len(t, p.Webhooks, 1)
	require.Empty(t, is.Without)
	require.Empty(t, is.Sources)
	require.Empty(t, is.Targets)
	require.Empty(t, is.Stray)
	for _, call := range s.Calls() {
		require.True(t, call.Method == http.MethodGet || strings.HasPrefix(call.Path, "/ims/"), call)
	}
}

// What is left over is told, and what belongs to others is not.
func TestWhatBelongsToNothing(t *testing.T) {
	t.Parallel()
	s := lived(t)
	lost := s.MakeFlow(t, "Deleted", s.source, s.target, s.set)
	s.webhook(t, "Of the deleted one", s.Inlet(t, lost)+"?x-adobe-flow-id="+lost)
	require.NoError(t, s.Delete(simulator.KindFlow, lost))
	unusedSource, unusedTarget := s.MakeSourceConnection(t, "Unused source"), s.MakeTargetConnection(t, "Unused target")
	base := s.Make(t, flowService+"/connections", `{"name":"a","connectionSpec":{"id":"`+httpAPISpec+`","version":"1.0"},
		"auth":{"specName":"Streaming Connection","params":{"sourceId":"a","dataType":"xdm","name":"a"}}}`)
	s.Make(t, flowService+"/sourceConnections", `{"name":"Of another source","baseConnectionId":"`+base+`",
		"connectionSpec":{"id":"`+httpAPISpec+`","version":"1.0"},"data":{"format":"json"}}`)
	is := look(t, acctest.NewWorkspace(t, s.Credentials()...), acctest.Required+s.Config(""))
	require.Equal(t, []string{"customer_io_events"}, is.Without)
	require.Len(t, is.Sources, 1)
	require.Equal(t, unusedSource, is.Sources[0].ID)
	require.Len(t, is.Targets, 1)
	require.Equal(t, unusedTarget, is.Targets[0].ID)
	require.Len(t, is.Stray, 1)
	require.Equal(t, lost, is.Stray[0]["dataflow_id"])
	require.Equal(t, "Of the deleted one", is.Stray[0]["name"])
}

// A pipeline that lost a part is still one, in which the part is null, and one that uses an older version of its mappings has those.
func TestWhatIsNotThereIsNull(t *testing.T) {
	t.Parallel()
	s := lived(t)
	require.NoError(t, s.Update(simulator.KindMappingSet, s.set, func(body map[string]any) {
		body["mappings"].([]any)[0].(map[string]any)["source"] = "object_type"
	}))
	target, set := s.MakeTargetConnection(t, "Lost"), s.MakeMappingSet(t, "Lost")
	s.MakeFlow(t, "Customer.io events", s.source, target, set)
	require.NoError(t, s.Update(simulator.KindFlow, s.flow, func(body map[string]any) { body["createdAt"] = 1.7e12 })) // the older one
	require.NoError(t, s.Delete(simulator.KindTargetConnection, target))
	require.NoError(t, s.Delete(simulator.KindMappingSet, set))
	is := look(t, acctest.NewWorkspace(t, s.Credentials()...), acctest.Required+s.Config(""))
	require.Len(t, is.Pipelines, 2)
	require.Equal(t, s.flow, is.Pipelines["customer_io_events"].Dataflow.ID)
	for key, p := range is.Pipelines {
		if key == "customer_io_events" {
			require.Equal(t, "metric", p.MappingSet.Mappings["_acme.metric"]["source"])
			require.Equal(t, 1, p.MappingSet.Newest.Version)
			require.Equal(t, "object_type", p.MappingSet.Newest.Mappings["_acme.metric"]["source"])
			continue
		}
		require.Equal(t, "customer_io_events_"+p.Dataflow.ID[len(p.Dataflow.ID)-12:], key)
		require.Nil(t, p.TargetConnection)
		require.Nil(t, p.MappingSet)
		require.Nil(t, p.Dataset)
		require.Nil(t, p.Schema)
	}
}

// Without a key for Customer.io, nothing is said of webhooks.
func TestWithoutCustomerIO(t *testing.T) {
	t.Parallel()
	s := lived(t)
	config := s.Config("")
	before, after, _ := strings.Cut(config, "  customerio = {")
	_, after, _ = strings.Cut(after, "\n  }\n")
	is := look(t, acctest.NewWorkspace(t), acctest.Required+before+after)
	require.Len(t, is.Pipelines, 1)
	require.Nil(t, is.Pipelines["customer_io_events"].Webhooks)
	require.Nil(t, is.Without)
	require.Nil(t, is.Stray)
	require.Zero(t, s.CallsTo(http.MethodGet, "/v1/"))
}

// One for_each takes in a sandbox, and what pipelines share once: nothing is created, changed or deleted, and the next plan is empty.
func TestASandboxIsTakenIn(t *testing.T) {
	t.Parallel()
	s := lived(t)
	flows := []string{s.flow}
	for i := range 3 {
		source, target, set := s.MakeSourceConnection(t, fmt.Sprint("Source ", i)), s.MakeTargetConnection(t, fmt.Sprint("Target ", i)), s.MakeMappingSet(t, fmt.Sprint("Set ", i))
		flows = append(flows, s.MakeFlow(t, fmt.Sprintf("Brand %d", i), source, target, set))
	}
	flows = append(flows, s.MakeFlow(t, "Of the same parts", s.source, s.target, s.set), s.flow) // a second webhook of the first, too
	for i, flow := range flows {
		s.webhook(t, fmt.Sprint("Webhook ", i), s.Inlet(t, flow)+"?x-adobe-flow-id="+flow)
	}
	example, err := os.ReadFile("../../../examples/data-sources/customerio_pipelines/data-source.tf")
	require.NoError(t, err)
	w := acctest.NewWorkspace(t, s.Credentials()...)
	w.Write("main.tf", acctest.Required+s.Config(string(example)))
	s.ResetCalls()
	require.Contains(t, w.Run("apply", "-auto-approve", "-no-color"), "Apply complete! Resources: 23 imported, 0 added, 0 changed, 0 destroyed.")
	w.NothingToChange()
	for _, call := range s.Calls() {
		require.True(t, call.Method == http.MethodGet || strings.HasPrefix(call.Path, "/ims/") || strings.HasSuffix(call.Path, "/validate"), call)
	}
}

func TestBadAnswers(t *testing.T) {
	t.Parallel()
	for path, words := range map[string]string{
		"*/flowservice/flows": "Unable to list dataflows", "*/v1/reporting_webhooks": "Unable to list reporting webhooks",
		"*/mappingSets/*": "Unable to read mapping set",
	} {
		s := lived(t)
		s.AddFault(simulator.Fault{Path: path, Do: simulator.FaultAnswer, Status: http.StatusForbidden, Body: `{"message":"not now"}`})
		w := acctest.NewWorkspace(t, s.Credentials()...)
		w.Write("main.tf", acctest.Required+s.Config(`data "customerio_pipelines" "all" {}`))
		out, err := w.Try("plan", "-no-color")
		require.Error(t, err)
		require.Contains(t, out, words)
		require.Contains(t, out, "not now")
	}
}
