package diagnostics_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// attributes are what a configuration sets. The others are null.
type attributes = map[string]any

// world is the services of one case, and what is managed in them.
type world struct {
	*acctest.World
	t *testing.T
	// withoutToken leaves adobe.access_token out, so that a token is fetched.
	withoutToken bool
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return &world{t: t, World: acctest.New(t, simulator.Options{
		ClientSecret: clientSecret, AccessToken: accessToken, AppAPIKeys: []string{appAPIKey}, Provisioning: -1,
	})}
}

func (w *world) terraform() *core.Core {
	w.t.Helper()
	adobe := attributes{
		"org_id": simulator.DefaultOrgID, "client_id": simulator.DefaultClientID, "client_secret": clientSecret,
		"sandbox_name": simulator.DefaultSandbox, "platform_url": w.URL, "ims_url": w.URL,
	}
	if !w.withoutToken {
		adobe["access_token"] = accessToken
	}
	return core.New(w.t, attributes{
		"adobe":       adobe,
		"customerio":  attributes{"app_api_key": appAPIKey, "base_url": w.URL, "requests_per_second": 1000},
		"max_retries": 0, "request_timeout": "2s",
	})
}

// configOf is the configuration of a resource.
func (w *world) configOf(resource string) attributes {
	w.t.Helper()
	switch resource {
	case "customerio_base_connection":
		params, err := json.Marshal(map[string]string{"s3AccessKey": "id", "s3SecretKey": authParam})
		require.NoError(w.t, err)
		return attributes{
			"name": "Storage", "connection_spec": attributes{"id": "ecadc60c-7455-4d87-84dc-2a0e293d997b"},
			"auth": attributes{"spec_name": "Access Key", "params": string(params)},
		}
	case "customerio_source_connection":
		return attributes{"name": "Customer.io"}
	case "customerio_target_schema":
		return attributes{"title": "Customer.io events of the shop"}
	case "customerio_target_dataset":
		return attributes{"name": "Customer.io events", "schema_id": w.SchemaID, "deletion_protection": false}
	case "customerio_target_connection":
		return attributes{"name": "Data lake", "schema_id": w.SchemaID, "dataset_id": w.DatasetID}
	case "customerio_mapping_set":
		return attributes{
			"name": "Events", "schema_id": w.SchemaID, "mappings": attributes{"_acme.email": attributes{"source": "data.identifiers.email"}},
		}
	case "customerio_dataflow":
		return w.dataflow()
	case "customerio_reporting_webhook":
		return attributes{"name": "aep-source", "endpoint": endpoint, "events": []any{"email_sent"}}
	}
	w.t.Fatal("unknown resource " + resource)
	return nil
}

func (w *world) dataflow() attributes {
	w.t.Helper()
	id := func(resource string) string { return w.create(resource, w.configOf(resource)).Text("id") }
	return attributes{
		"name": "Shop", "source_connection_id": id("customerio_source_connection"), "target_connection_id": id("customerio_target_connection"),
		"mapping_set_id": id("customerio_mapping_set"), "mapping_version": 0,
	}
}

// changed is a configuration with another name.
func changed(resource string, config attributes) attributes {
	changed := maps.Clone(config)
	name := "name"
	if resource == "customerio_target_schema" {
		name = "title"
	}
	changed[name] = config[name].(string) + " 2"
	return changed
}

// create creates a resource while no service refuses anything.
func (w *world) create(resource string, config attributes) core.Instance {
	w.t.Helper()
	created := core.Instance{Type: resource}
	require.NoError(w.t, w.terraform().Apply(w.t.Context(), &created, config).Err())
	return created
}

// operation is what Terraform does while a service refuses one of its calls.
type operation struct {
	// kind is a resource, or a data source with the prefix "data.", or an ephemeral one with "ephemeral.".
	kind, verb string
	// method and path are the call that is refused.
	method, path string
	// passing is how many calls like that pass before.
	passing int
	// more are further attributes of the configuration.
	more attributes
}

// refusing is the operation with another call of it refused.
func (o operation) refusing(method, path string) operation {
	o.method, o.path = method, path
	return o
}

// after is the operation with so many calls passing first.
func (o operation) after(calls int) operation {
	o.passing = calls
	return o
}

// scene is an operation that can be carried out any number of times, as long as it is refused.
type scene struct {
	*world
	operation
	config attributes
	before core.Instance
	// planned is nil where the operation does not apply.
	planned *core.Change
}

// prepare creates what has to exist before the operation.
func (w *world) prepare(o operation) *scene {
	w.t.Helper()
	ready := &scene{world: w, operation: o}
	if strings.Contains(o.kind, ".") {
		ready.config = o.more
		return ready
	}
	ready.config = w.configOf(o.kind)
	ready.before = core.Instance{Type: o.kind}
	if o.verb != "create" {
		ready.before = w.create(o.kind, ready.config)
	}
	switch {
	case o.more != nil:
		ready.config = maps.Clone(ready.config)
		maps.Copy(ready.config, o.more)
	case o.verb == "update":
		ready.config = changed(o.kind, ready.config)
	case o.verb == "delete":
		ready.config = nil
	}
	if o.verb != "read" {
		var diags core.Diagnostics
		ready.planned, diags = w.terraform().Plan(w.t.Context(), &ready.before, ready.config)
		require.NoError(w.t, diags.Err())
	}
	return ready
}

// run carries out the operation, on a copy of what was before. What is applied was planned while no service refused anything.
func (s *scene) run() core.Diagnostics {
	s.t.Helper()
	terraform, ctx, instance := s.terraform(), s.t.Context(), s.before
	place, name, _ := strings.Cut(s.kind, ".")
	switch {
	case place == "data":
		return terraform.Read(ctx, name, s.config)
	case place == "ephemeral":
		return terraform.Open(ctx, name, s.config)
	case s.planned != nil:
		return terraform.ApplyPlan(ctx, &instance, s.planned)
	}
	_, diags := terraform.Plan(ctx, &instance, s.config)
	return diags
}

const (
	flowServicePath = "/data/foundation/flowservice"
	catalogPath     = "/data/foundation/catalog/dataSets"
	registryPath    = "/data/foundation/schemaregistry/tenant/schemas"
	dataPrepPath    = "/data/foundation/conversion/mappingSets"
	webhooksPath    = "/v1/reporting_webhooks"
	tokenPath       = "/ims/token/v3"
)

func operationsOn(kind, path, updateMethod string) (create, read, update, destroy operation) {
	return operation{kind: kind, verb: "create", method: http.MethodPost, path: path},
		operation{kind: kind, verb: "read", method: http.MethodGet, path: path + "*"}, // by ID, or in a list
		operation{kind: kind, verb: "update", method: updateMethod, path: path + "/*"},
		operation{kind: kind, verb: "delete", method: http.MethodDelete, path: path + "/*"}
}

var (
	createBase, _, updateBase, deleteBase = operationsOn("customerio_base_connection", flowServicePath+"/connections", http.MethodPatch)

	createSource, readSource, updateSource, deleteSource = operationsOn("customerio_source_connection", flowServicePath+"/sourceConnections", http.MethodPatch)

	createTarget, _, updateTarget, deleteTarget = operationsOn("customerio_target_connection", flowServicePath+"/targetConnections", http.MethodPatch)

	createFlow, readFlow, updateFlow, deleteFlow = operationsOn("customerio_dataflow", flowServicePath+"/flows", http.MethodPatch)

	createSchema, readSchema, updateSchema, deleteSchema = operationsOn("customerio_target_schema", registryPath, http.MethodPatch)

	createDataset, readDataset, updateDataset, deleteDataset = operationsOn("customerio_target_dataset", catalogPath, http.MethodPatch)

	createMappings, readMappings, updateMappings, deleteMappings = operationsOn("customerio_mapping_set", dataPrepPath, http.MethodPut)

	createWebhook, readWebhook, updateWebhook, deleteWebhook = operationsOn("customerio_reporting_webhook", webhooksPath, http.MethodPut)

	// actOnFlow disables a dataflow, and waits for it only briefly.
	actOnFlow = operation{
		kind: "customerio_dataflow", verb: "update", method: http.MethodPost, path: flowServicePath + "/flows/*/action",
		more: attributes{"state": "disabled", "timeouts": attributes{"update": "1s"}},
	}
	// provisionFlow is the rest of a create once the dataflow exists.
	provisionFlow = operation{kind: "customerio_dataflow", verb: "create", method: http.MethodGet, path: flowServicePath + "/flows/*"}

	listWorkspaces = operation{kind: "data.customerio_workspaces", verb: "read", method: http.MethodGet, path: "/v1/workspaces"}
	findFlow       = operation{
		kind: "data.customerio_dataflow", verb: "read", method: http.MethodGet, path: flowServicePath + "/flows/*",
		more: attributes{"id": "4982698b-e6b3-48c2-8dcf-040e20121fd2"},
	}
	openToken = operation{kind: "ephemeral.customerio_adobe_access_token", verb: "open", method: http.MethodPost, path: tokenPath}
)
