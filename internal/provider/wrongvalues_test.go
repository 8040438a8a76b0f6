package provider_test

import (
	"bufio"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// IDs that nothing has, and one of a mapping set for another schema.
const (
	noUUID   = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
	noHex24  = "63ec807d3f5ce91bd2d06c65"
	noHex32  = "59c0e53a2dc84f7791ecc1b3d6e51d5e"
	noSchema = "https://ns.adobe.com/acme/schemas/1"
)

// wrong is a value in place of one of a running pipeline.
type wrong struct {
	// resource is the type of the resource, and attribute what the value is for.
	resource, attribute string
	// value is HCL. The attribute gets it in place of its own.
	value string
	// told is a part of what the plan says, which is a warning where the issue wants no error.
	told    string
	warning bool
}

// wrongValues are well-formed. Capitals stand for objects of the test's world.
var wrongValues = map[string]wrong{
	"endpoint without a dataflow": {"reporting_webhook", "endpoint", "customerio_dataflow.this.streaming_endpoint_url", "`webhook_url` of the dataflow", false},
	"endpoint of a dataflow that is not there": {
		"reporting_webhook", "endpoint", `"${customerio_dataflow.this.streaming_endpoint_url}?x-adobe-flow-id=` + noUUID + `"`, "which does not exist", false,
	},
	"endpoint of another dataflow": {
		"reporting_webhook", "endpoint", `"${customerio_dataflow.this.streaming_endpoint_url}?x-adobe-flow-id=OTHER_FLOW"`, "has another streaming endpoint", false,
	},
	"endpoint of two dataflows": {"reporting_webhook", "endpoint", `"${customerio_dataflow.this.webhook_url}&x-adobe-flow-id=OTHER_FLOW"`, "once", false},
	"endpoint without TLS":      {"reporting_webhook", "endpoint", `"http://dcs.adobedc.net/collection/a?x-adobe-flow-id=` + noUUID + `"`, "its scheme is http", false},
	"endpoint that is no URL":   {"reporting_webhook", "endpoint", `"dcs.adobedc.net/collection/a"`, "must be an absolute https:// URL", false},
	"event that nobody knows":   {"reporting_webhook", "events", `["email_sended"]`, "email_sended", true},
	"no event":                  {"reporting_webhook", "events", `[]`, "at least 1", false},

	"source connection that is not there": {"dataflow", "source_connection_id", `"` + noUUID + `"`, "There is no source connection", false},
	"target for a source":                 {"dataflow", "source_connection_id", "customerio_target_connection.this.id", "It is the ID of a target connection.", false},
	"base for a source":                   {"dataflow", "source_connection_id", `"BASE"`, "It is the ID of a base connection.", false},
	"mapping set for a source":            {"dataflow", "source_connection_id", "customerio_mapping_set.this.id", "It has the form of the ID of a mapping set", false},
	"target connection that is not there": {"dataflow", "target_connection_id", `"` + noUUID + `"`, "There is no target connection", false},
	"source for a target":                 {"dataflow", "target_connection_id", "customerio_source_connection.this.id", "It is the ID of a source connection.", false},
	"dataflow for a target":               {"dataflow", "target_connection_id", `"OTHER_FLOW"`, "It is the ID of a dataflow.", false},
	"dataset for a target":                {"dataflow", "target_connection_id", "customerio_target_dataset.this.id", "It has the form of the ID of a dataset", false},
	"mapping set that is not there":       {"dataflow", "mapping_set_id", `"` + noHex32 + `"`, "There is no mapping set", false},
	"dataset for a mapping set":           {"dataflow", "mapping_set_id", "customerio_target_dataset.this.id", "It has the form of the ID of a dataset", false},
	"mapping set for another schema":      {"dataflow", "mapping_set_id", `"OTHER_SET"`, "must have the same schema and version", false},
	"version that is not there":           {"dataflow", "mapping_version", "7", "has no version 7", false},
	"state of a dataflow":                 {"dataflow", "state", `"paused"`, "value must be one of", false},

	"dataset that is not there":   {"target_connection", "dataset_id", `"` + noHex24 + `"`, "There is no dataset", false},
	"mapping set for a dataset":   {"target_connection", "dataset_id", `"` + noHex32 + `"`, "It has the form of the ID of a mapping set", false},
	"schema for a dataset":        {"target_connection", "dataset_id", "customerio_target_schema.this.id", "It has the form of the ID of a schema", false},
	"dataset of another schema":   {"target_connection", "schema_id", `"SCHEMA_ID"`, `The dataset "Events"`, false},
	"target's missing schema":     {"target_connection", "schema_id", `"` + noSchema + `"`, "There is no schema", false},
	"field group for a schema":    {"target_connection", "schema_id", "customerio_target_schema.this.field_group_id", "It is the ID of a field group.", false},
	"version of the dataset":      {"target_connection", "schema_version", `"application/vnd.adobe.xed-full+json;version=2"`, "has the schema version", false},
	"format of a target":          {"target_connection", "format", `"csv"`, "value must be one of", false},
	"mappings' missing schema":    {"mapping_set", "schema_id", `"` + noSchema + `"`, "There is no schema", false},
	"mappings into a field group": {"mapping_set", "schema_id", "customerio_target_schema.this.field_group_id", "It is the ID of a field group.", false},
	"mappings into a dataset":     {"mapping_set", "schema_id", "customerio_target_dataset.this.id", "must be an absolute", false},
	"dataset's missing version":   {"target_dataset", "schema_version", `"application/vnd.adobe.xed-full+json;version=2"`, "has no version 2: its newest is 1", false},
	"mappings' missing version":   {"mapping_set", "schema_version", `"application/vnd.adobe.xed-full+json;version=2"`, "has no version 2: its newest is 1", false},
	"specification of a source":   {"source_connection", "connection_spec", `{ id = "` + noUUID + `" }`, "no connection specification with the ID " + noUUID, false},
	"flow specification for one":  {"source_connection", "connection_spec", `{ id = "d8a6f005-7eaf-4153-983e-e8574508b877" }`, "It is the ID of a flow specification.", false},
	"specification of a target":   {"target_connection", "connection_spec", `{ id = "` + noUUID + `" }`, "no connection specification with the ID " + noUUID, false},
	"specification of a dataflow": {"dataflow", "flow_spec", `{ id = "` + noUUID + `" }`, "no flow specification with the ID " + noUUID, false},
	"version of a schema":         {"target_dataset", "schema_version", `"1.x"`, "must be a media type with a version", false},

	"dataset's missing schema":      {"target_dataset", "schema_id", `"` + noSchema + `"`, "There is no schema", false},
	"dataset of a field group":      {"target_dataset", "schema_id", "customerio_target_schema.this.field_group_id", "It is the ID of a field group.", false},
	"tag of the profile":            {"target_dataset", "tags", `{ unifiedProfile = ["enabled:true"] }`, "set `profile_enabled = true`", false},
	"tag of identities":             {"target_dataset", "tags", `{ "unifiedIdentity" = ["enabled:false"] }`, "set `profile_enabled = true`", false},
	"tag in other capitals":         {"target_dataset", "tags", `{ UnifiedProfile = ["enabled:true"] }`, "set `profile_enabled = true`", false},
	"base of Customer.io's source":  {"source_connection", "base_connection_id", `"` + noUUID + `"`, "has no authentication", false},
	"provider of a source":          {"source_connection", "provider_id", `"` + noHex32 + `"`, "must be a UUID", false},
	"field with a typo":             {"target_schema", "event_fields", `["email", "metric", "emial"]`, `got "emial": the nearest is "email".`, false},
	"field of no event":             {"target_schema", "event_fields", `["colour"]`, `got "colour": the fields are event_id, object_type,`, false},
	"argument of event_mappings":    {"target_schema", "event_fields", `["+hash:email"]`, `a schema has no signs and no hashes, only the field "email".`, false},
	"field that has data":           {"target_schema", "event_fields", `["email"]`, "used by", false},
	"identity that is no field":     {"target_schema", "primary_identity", `{ field = "phone", namespace = "Phone" }`, "must be one of the schema's fields", false},
	"profile, which stays for good": {"target_schema", "profile_enabled", "true", "can be neither disabled nor deleted", false},

	"sandbox that is not there":   {"source_connection", "sandbox_name", `"dve"`, "Check `sandbox_name` and the role", false},
	"sandbox in capitals":         {"source_connection", "sandbox_name", `"Dev"`, "must be the name of a sandbox, in lower case", false},
	"dataset of another sandbox":  {"target_connection", "dataset_id", `"STAGE_DATASET"`, `that the object is in the sandbox "dev"`, false},
	"schema of another sandbox":   {"mapping_set", "schema_id", `"STAGE_SCHEMA"`, `that the object is in the sandbox "dev"`, false},
	"destination with a typo":     {"mapping_set", "mappings", `{ "_acme.emial" = { source = "data.identifiers.email" } }`, `The nearest is "_acme.email".`, false},
	"destination that is no path": {"mapping_set", "mappings", `{ "_acme..email" = { source = "data.identifiers.email" } }`, "_acme..email", false},
	"source with a typo":          {"mapping_set", "mappings", `{ "_acme.email" = { source = "data.identifiers.emial" } }`, `The nearest known path is "data.identifiers.email".`, true},
	"source of another type":      {"mapping_set", "mappings", `{ "timestamp" = { source = "timestamp" } }`, `the field "timestamp" takes`, true},
	"expression that is none":     {"mapping_set", "mappings", `{ "_acme.email" = { source = "lower(", source_type = "EXPRESSION" } }`, "_acme.email", false},
	"tenant of no form":           {"mapping_set", "mappings", `provider::customerio::event_mappings("acme corp")`, "acme corp", false},
	"field of no event, by name":  {"mapping_set", "mappings", `provider::customerio::event_mappings("_acme", "emial")`, "emial", false},
	"blank name":                  {"source_connection", "name", `" "`, "it is blank", false},
	"padded name":                 {"dataflow", "name", `"Shop "`, "nor begin or end with white space", false},
	"longest name":                {"reporting_webhook", "name", `"${join("", [for i in range(191) : "n"])}"`, "at most 190", false},
	"timeout that is no duration": {"dataflow", "timeouts", `{ create = "soon" }`, "soon", false},
	"endpoint with a newline":     {"reporting_webhook", "endpoint", `"${customerio_dataflow.this.webhook_url}\n"`, "`trimspace(…)` removes", false},
	"endpoint in capitals":        {"reporting_webhook", "endpoint", `"${customerio_dataflow.this.streaming_endpoint_url}?x-adobe-flow-id=${upper(customerio_dataflow.this.id)}"`, "in capitals", true},
}

// Wrong values in a pipeline that runs are told by the plan, on the attribute, and nothing else is. No service is written to.
func TestWrongValuesAreToldInThePlan(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	other := world.MakeFlow(t, "Other", world.MakeSourceConnection(t, "Other"), world.MakeTargetConnection(t, "Other"), world.MakeMappingSet(t, "Other"))
	schema, dataset := world.SeedDataset("stage", "Events of the stage")
	names := strings.NewReplacer("STAGE_DATASET", dataset, "STAGE_SCHEMA", schema, "OTHER_FLOW", other, "OTHER_SET", world.MakeMappingSet(t, "Set"), "BASE", world.Make(t, "/data/foundation/flowservice/connections",
		`{"name":"Customer.io","connectionSpec":{"id":"96479064-7b8a-4d69-b9ed-21c5683837ea","version":"1.0"}}`))
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Write("main.tf", acctest.Required+world.Config(acctest.WholePipeline()))
	require.Empty(t, told(t, w.Run("apply", "-auto-approve", "-json")), "right values give no noise")
	world.ResetCalls()
	require.Empty(t, told(t, w.Run("plan", "-json", "-detailed-exitcode")), "nor an empty plan")
	reads := map[string]int{}
	for _, call := range world.Calls() {
		reads[call.Method+" "+call.Path+"?"+call.Query]++
	}
	for read, times := range reads {
		require.Equal(t, 1, times, read)
	}
	state, before := w.Read("terraform.tfstate"), world.Objects()
	world.ResetCalls()
	t.Cleanup(func() {
		for _, call := range world.Calls() {
			repeatable := call.Method == http.MethodGet || strings.HasSuffix(call.Path, "/validate") || strings.HasPrefix(call.Path, "/ims/")
			require.True(t, repeatable, "%s %s", call.Method, call.Path)
		}
		require.Equal(t, before, world.Objects())
	})
	require.GreaterOrEqual(t, len(wrongValues), 30)
	for _, name := range slices.Sorted(maps.Keys(wrongValues)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wrong := wrongValues[name]
			w := acctest.NewWorkspace(t, world.Credentials()...)
			w.Write("terraform.tfstate", state)
			w.Write("main.tf", acctest.Required+world.Config(names.Replace(acctest.With(t, acctest.WholePipeline(), wrong.resource, wrong.attribute, wrong.value))))
			output, err := w.Try("plan", "-json")
			require.Equal(t, wrong.warning, err == nil, output)
			found := slices.Compact(told(t, output)) // Terraform validates twice
			require.Len(t, found, 1, "%v", found)
			require.Equal(t, map[bool]string{true: "warning", false: "error"}[wrong.warning], found[0].Severity)
			require.Contains(t, found[0].Detail, wrong.told)
			block := `resource "customerio_` + wrong.resource + `" "this"`
			require.Equal(t, block, found[0].Snippet.Context)
			code := strings.TrimSpace(found[0].Snippet.Code)
			isNested := wrong.attribute == "timeouts" || wrong.attribute == "mappings" // Terraform shows the block of an attribute in an attribute
			require.True(t, strings.HasPrefix(code, wrong.attribute+" ") || isNested && strings.HasPrefix(code, block), "%v", found[0])
		})
	}
}

// diagnostic is one that Terraform printed as JSON.
type diagnostic struct {
	Severity, Summary, Detail string
	Snippet                   struct{ Context, Code string }
}

// told are the diagnostics of a plan that was printed as JSON, without the one about the development override.
func told(t *testing.T, output string) (found []diagnostic) {
	t.Helper()
	for lines := bufio.NewScanner(strings.NewReader(output)); lines.Scan(); {
		var line struct{ Diagnostic *diagnostic }
		require.NoError(t, json.Unmarshal(lines.Bytes(), &line), lines.Text())
		if line.Diagnostic != nil && !strings.Contains(line.Diagnostic.Summary, "development overrides") {
			found = append(found, *line.Diagnostic)
		}
	}
	return found
}
