package faultmatrix_test

import (
	"fmt"
	"testing"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// lifecycle is a resource with what it needs, and what is done with it.
type lifecycle struct {
	typeName string
	// kinds are what the simulator calls the objects that one resource has.
	kinds []string
	// collection is a pattern of the path of all objects of these kinds, which the path of one begins with.
	collection string
	// start makes what the resource needs, and returns its configuration.
	start func(t *testing.T, world *acctest.World) map[string]any
	// changes are further configurations, each reached in place from the one before: what differs from the first one.
	changes map[string]map[string]any
	// different is how the object of somebody else differs.
	different map[string]any
	// data are the data sources that read the object, with their arguments.
	data map[string]func(id string) map[string]any
}

const (
	flowService  = "/data/foundation/flowservice"
	httpAPISpec  = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
	customerSpec = "96479064-7b8a-4d69-b9ed-21c5683837ea"
	endpoint     = "https://hooks.example.com/canary-of-the-endpoint"
	params       = `{"dataType":"raw","name":"canary-of-the-params"}`
)

// brief is the longest wait for what never comes.
var brief = map[string]any{"delete": "8s"}

func byID(id string) map[string]any { return map[string]any{"id": id} }

func byName(string) map[string]any { return map[string]any{"name": "Shop"} }

func lifecycles() []lifecycle {
	return []lifecycle{
		{
			typeName: "customerio_base_connection", kinds: []string{simulator.KindConnection},
			collection: flowService + "/connections",
			different:  map[string]any{"name": "Twin", "description": "Of others"},
			start: func(*testing.T, *acctest.World) map[string]any {
				return map[string]any{
					"name": "Shop", "connection_spec": map[string]any{"id": httpAPISpec, "version": "1.0"},
					"auth": map[string]any{"spec_name": "Streaming Connection", "params": params}, "timeouts": brief,
				}
			},
			changes: map[string]map[string]any{"rename": {"name": "Store", "description": "Of the shop"}},
		},
		{
			typeName: "customerio_source_connection", kinds: []string{simulator.KindSourceConnection},
			collection: flowService + "/sourceConnections",
			different:  map[string]any{"name": "Twin", "params": encoded(map[string]any{"path": "twin"})},
			start: func(*testing.T, *acctest.World) map[string]any {
				return map[string]any{"name": "Shop", "timeouts": brief}
			},
			changes: map[string]map[string]any{
				"rename": {"name": "Store", "description": "Of the shop"}, "replace": {"params": encoded(map[string]any{"path": "x"})},
			},
			data: map[string]func(string) map[string]any{"customerio_source_connection": byName},
		},
		{
			typeName: "customerio_target_connection", kinds: []string{simulator.KindTargetConnection},
			collection: flowService + "/targetConnections",
			different:  map[string]any{"name": "Twin"},
			start: func(_ *testing.T, world *acctest.World) map[string]any {
				return map[string]any{"name": "Shop", "schema_id": world.SchemaID, "dataset_id": world.DatasetID, "timeouts": brief}
			},
			changes: map[string]map[string]any{"rename": {"name": "Store"}},
			data:    map[string]func(string) map[string]any{"customerio_target_connection": byID},
		},
		{
			typeName: "customerio_mapping_set", kinds: []string{simulator.KindMappingSet},
			collection: "/data/foundation/conversion/mappingSets",
			different:  map[string]any{"name": "Twin", "mappings": map[string]any{"_acme.id": map[string]any{"source": "event_id"}}},
			start: func(_ *testing.T, world *acctest.World) map[string]any {
				return map[string]any{"name": "Shop", "schema_id": world.SchemaID, "mappings": mappings("metric"), "timeouts": brief}
			},
			changes: map[string]map[string]any{"remap": {"mappings": mappings("object_type")}},
			data: map[string]func(string) map[string]any{
				"customerio_mapping_set": byName, "customerio_mapping_preview": func(id string) map[string]any {
					return map[string]any{"mapping_set_id": id, "event": `{"metric":"sent"}`}
				},
			},
		},
		dataflowLifecycle(),
		{
			typeName: "customerio_reporting_webhook", kinds: []string{simulator.KindReportingWebhook},
			collection: "/v1/reporting_webhooks",
			different:  map[string]any{"name": "Twin", "events": []any{"sms_sent"}},
			start: func(*testing.T, *acctest.World) map[string]any {
				return map[string]any{"name": "Shop", "endpoint": endpoint, "events": []any{"email_sent", "email_opened"}, "timeouts": brief}
			},
			changes: map[string]map[string]any{"resubscribe": {"events": []any{"email_sent"}, "disabled": true}},
			data: map[string]func(string) map[string]any{
				"customerio_reporting_webhook": byName, "customerio_reporting_webhook_errors": func(id string) map[string]any { return map[string]any{"webhook_id": id} },
			},
		},
		{
			typeName: "customerio_target_schema", kinds: []string{simulator.KindSchema, simulator.KindFieldGroup, simulator.KindDescriptor},
			collection: "/data/foundation/schemaregistry/tenant/(?:schemas|fieldgroups|descriptors)",
			different:  map[string]any{"title": "Twin", "description": "Of others"},
			start: func(*testing.T, *acctest.World) map[string]any {
				return map[string]any{"title": "Shop", "primary_identity": map[string]any{"field": "email", "namespace": "Email"}, "timeouts": map[string]any{"update": "25s", "delete": "8s"}}
			},
			changes: map[string]map[string]any{
				"grow":     {"description": "Events", "additional_fields": map[string]any{"tier": map[string]any{"type": "string"}}},
				"identify": {"primary_identity": map[string]any{"field": "id", "namespace": "CRMID"}},
			},
			data: map[string]func(string) map[string]any{
				"customerio_target_schema": func(string) map[string]any { return map[string]any{"title": "Shop"} },
			},
		},
		{
			typeName: "customerio_target_dataset", kinds: []string{simulator.KindDataSet},
			collection: "/data/foundation/catalog/dataSets",
			different:  map[string]any{"name": "Twin"},
			start: func(_ *testing.T, world *acctest.World) map[string]any {
				return map[string]any{
					"name": "Shop", "schema_id": world.SchemaID, "deletion_protection": false, "tags": map[string]any{"team": []any{"crm"}}, "timeouts": brief,
				}
			},
			changes: map[string]map[string]any{"retag": {"name": "Store", "tags": map[string]any{"owner": []any{"data"}}}},
			data:    map[string]func(string) map[string]any{"customerio_target_dataset": byName},
		},
	}
}

func mappings(source string) map[string]any {
	return map[string]any{
		"_acme.metric": map[string]any{"source": source}, "_acme.email": map[string]any{"source": "data.identifiers.email"},
	}
}

func dataflowLifecycle() lifecycle {
	return lifecycle{
		typeName: "customerio_dataflow", kinds: []string{simulator.KindFlow},
		collection: flowService + "/flows",
		different:  map[string]any{"name": "Twin"},
		start: func(t *testing.T, world *acctest.World) map[string]any {
			t.Helper()
			source := world.Make(t, flowService+"/sourceConnections",
				fmt.Sprintf(`{"name":"a","connectionSpec":{"id":%q,"version":"1.0"},"data":{"format":"json"}}`, customerSpec))
			target := world.Make(t, flowService+"/targetConnections", `{"name":"a","connectionSpec":{"id":"c604ff05-7f1a-43c0-8e18-33bf874cb11c","version":"1.0"},
				"data":{"format":"json","schema":{"id":"SCHEMA_ID","version":"application/vnd.adobe.xed-full+json;version=1"}},"params":{"dataSetId":"DATASET_ID"}}`)
			set := world.Make(t, "/data/foundation/conversion/mappingSets", `{"outputSchema":{"schemaRef":{"id":"SCHEMA_ID",
				"contentType":"application/vnd.adobe.xed-full+json;version=1"}},"mappings":[{"sourceType":"ATTRIBUTE","source":"metric","destination":"_acme.metric"}]}`)
			return map[string]any{
				"name": "Shop", "source_connection_id": source, "target_connection_id": target, "mapping_set_id": set, "mapping_version": 0,
				"timeouts": map[string]any{"create": "25s", "update": "12s", "delete": "8s"},
			}
		},
		changes: map[string]map[string]any{"rename": {"name": "Store"}, "disable": {"state": "disabled"}},
		data: map[string]func(string) map[string]any{
			"customerio_dataflow": byName, "customerio_dataflow_runs": func(id string) map[string]any { return map[string]any{"dataflow_id": id} },
			"customerio_streaming_endpoint": func(id string) map[string]any {
				return map[string]any{"dataflow_id": id, "timeouts": map[string]any{"read": "4s"}}
			},
		},
	}
}
