// Package acctest sets up acceptance tests: the provider in this process, a real Terraform, and the simulator in the place of
// all services. Nothing is to be set by hand.
package acctest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// Main runs a package's tests. terraform-plugin-testing skips acceptance tests unless TF_ACC is set; here they need nothing
// that is not there, so they always run.
func Main(m *testing.M) {
	settings := map[string]string{"TF_ACC": "1", "CHECKPOINT_DISABLE": "1"}
	for name, value := range settings {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	// What a developer's shell holds for real accounts must not reach a test.
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "ADOBE_") || strings.HasPrefix(name, "CUSTOMERIO_") || name == "TF_CLI_CONFIG_FILE" {
			_ = os.Unsetenv(name)
		}
	}
	code := m.Run()
	_ = os.RemoveAll(builtProvider)
	os.Exit(code)
}

// Factories serve the provider from this process.
var Factories = map[string]func() (tfprotov6.ProviderServer, error){
	provider.TypeName: providerserver.NewProtocol6WithError(provider.New("test")()),
}

// World is one simulator with a schema and a dataset in it, for one test.
type World struct {
	*simulator.Simulator
	// URL is the address of all services.
	URL string
	// SchemaID and DatasetID are what a pipeline needs to exist already.
	SchemaID, DatasetID string
	// seeded are the ids of what was there from the start.
	seeded []string
	// accessToken is for calls beside the provider's.
	accessToken string
}

// New starts a simulator that ends with the test. The limit of Customer.io's API is off unless options set one, so that tests
// are not slowed down by it.
func New(t testing.TB, options simulator.Options) *World {
	t.Helper()
	world := NewEmpty(t, options)
	world.SchemaID, world.DatasetID = world.SeedDataset(simulator.DefaultSandbox, "Customer.io events")
	world.ResetCalls()
	return world
}

// NewEmpty is New without a schema and a dataset.
func NewEmpty(t testing.TB, options simulator.Options) *World {
	t.Helper()
	if options.RequestsPerSecond == 0 {
		options.RequestsPerSecond = -1
	}
	world := &World{Simulator: simulator.New(options)}
	world.Serve(t, world.Simulator)
	return world
}

// Serve puts a handler in the place of the services, which may pass calls on to the simulator.
func (w *World) Serve(t testing.TB, handler http.Handler) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	w.URL = server.URL
}

// SeedDataset makes a schema and a dataset that are there from the start, as far as the test is concerned.
func (w *World) SeedDataset(sandbox, name string) (schemaID, datasetID string) {
	schemaID, datasetID = w.Simulator.SeedDataset(sandbox, name)
	w.Keep()
	return schemaID, datasetID
}

// Keep takes all there is for what was there from the start.
func (w *World) Keep() {
	for _, object := range w.Objects() {
		w.seeded = append(w.seeded, object.ID)
	}
}

// Config puts the provider's configuration before the given resources. In them, SCHEMA_ID and DATASET_ID stand for the ids of
// the world's schema and dataset.
func (w *World) Config(resources string) string {
	return w.ConfigWith("", resources)
}

// ProviderConfig is a provider block with access to the simulator; more is added to it.
func (w *World) ProviderConfig(more string) string {
	return fmt.Sprintf(`
provider "customerio" {
  adobe = {
    org_id        = %q
    client_id     = %q
    client_secret = %q
    sandbox_name  = %q
    platform_url  = %q
    ims_url       = %q
  }
  customerio = {
    app_api_key         = %q
    base_url            = %q
    requests_per_second = 1000
  }
  %s
}
`, simulator.DefaultOrgID, simulator.DefaultClientID, simulator.DefaultClientSecret, simulator.DefaultSandbox, w.URL, w.URL,
		simulator.DefaultAppAPIKey, w.URL, more)
}

// CallsTo counts the calls that were made with a method to paths that contain a text, since the last ResetCalls. Validations
// change nothing and are only counted where the text asks for them.
func (w *World) CallsTo(method, path string) int { return len(w.callsTo(method, path)) }

func (w *World) callsTo(method, path string) []simulator.Call {
	return slices.DeleteFunc(w.Calls(), func(call simulator.Call) bool {
		validation := strings.HasSuffix(call.Path, "/validate") && !strings.HasSuffix(path, "/validate")
		return call.Method != method || !strings.Contains(call.Path, path) || validation
	})
}

// Alive are the ids of the live objects of a kind, those that were there from the start left out.
func (w *World) Alive(kind string) []string {
	var ids []string
	for _, object := range w.Objects() {
		if object.Kind == kind && !slices.Contains(w.seeded, object.ID) {
			ids = append(ids, object.ID)
		}
	}
	return ids
}

// NothingLeft fails a test whose resources outlived their destruction.
func (w *World) NothingLeft(*terraform.State) error {
	var left []string
	for _, object := range w.Objects() {
		if !slices.Contains(w.seeded, object.ID) {
			left = append(left, fmt.Sprintf("%s %s (%s)", object.Kind, object.ID, object.Name))
		}
	}
	if len(left) > 0 {
		return fmt.Errorf("left behind in the services: %s", strings.Join(left, ", "))
	}
	return nil
}

// ID returns the id that a resource has in a state, as "customerio_dataflow.this".
func ID(state *terraform.State, address string) string {
	return state.RootModule().Resources[address].Primary.ID
}
