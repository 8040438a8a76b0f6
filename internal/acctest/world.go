// Package acctest sets up acceptance tests: the provider in this process, a real Terraform, and the simulator in place of all
// services. It needs no settings.
package acctest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// settling takes the place of [objects.Settling], so that tests do not wait long for what never appears.
const settling = 2 * time.Second

// hasty is how often the programs that a test starts collect garbage. By default, that is a fifth of the processor time of a Terraform that lives for a
// moment.
const hasty = "400"

// Main runs a package's tests. terraform-plugin-testing skips acceptance tests unless TF_ACC is set. These need no account, so they
// always run.
func Main(m *testing.M) { MainSettling(m, settling) }

// MainSettling is [Main] for services that need longer than that to settle.
func MainSettling(m *testing.M, settling time.Duration) {
	trusted, err := authority()
	if err != nil {
		panic(err)
	}
	settings := map[string]string{"TF_ACC": "1", "CHECKPOINT_DISABLE": "1", "SSL_CERT_FILE": trusted, "GOGC": hasty}
	for name, value := range settings {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	// The credentials of real accounts in a developer's shell must not reach a test.
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "ADOBE_") || strings.HasPrefix(name, "CUSTOMERIO_") || name == "TF_CLI_CONFIG_FILE" {
			_ = os.Unsetenv(name)
		}
	}
	objects.Settling = settling
	setReads()
	setRegistry()
	code := m.Run()
	_ = os.RemoveAll(builtProvider)
	_ = os.RemoveAll(filepath.Dir(trusted))
	os.Exit(code)
}

// Factories serve the provider from this process, by the server that ships.
var Factories = map[string]func() (tfprotov6.ProviderServer, error){
	provider.TypeName: func() (tfprotov6.ProviderServer, error) { return provider.NewServer("test")(), nil },
}

// World is one simulator with a schema and a dataset in it, for one test.
type World struct {
	*simulator.Simulator
	// URL is the address of all services.
	URL string
	// SchemaID and DatasetID are what a pipeline needs to exist already.
	SchemaID, DatasetID string
	// seeded are the IDs of the objects that existed before the test.
	seeded []string
	// accessToken is for calls that are not the provider's.
	accessToken string
}

// New starts a simulator that ends with the test. Customer.io's rate limit is off unless the options set one, so that it does not
// slow the tests down.
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

// Serve puts a handler in place of the services. It may pass calls on to the simulator.
func (w *World) Serve(t testing.TB, handler http.Handler) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(func() {
		server.Close()
		server.Config.Handler = nil // until its parent ends, package testing keeps a test that is over with its cleanups, thousands of them in the fault matrix
	})
	w.URL = server.URL
}

// SeedDataset creates a schema and a dataset that count as existing before the test.
func (w *World) SeedDataset(sandbox, name string) (schemaID, datasetID string) {
	schemaID, datasetID = w.Simulator.SeedDataset(sandbox, name)
	w.Keep()
	return schemaID, datasetID
}

// Keep counts every object that exists now as existing before the test.
func (w *World) Keep() {
	for _, object := range w.Objects() {
		w.seeded = append(w.seeded, object.ID)
	}
}

// Config puts the provider's configuration before the given resources. In them, SCHEMA_ID and DATASET_ID stand for the IDs of the
// world's schema and dataset.
func (w *World) Config(resources string) string {
	return w.ConfigWith("", resources)
}

// ProviderConfig is a provider block with access to the simulator. It contains more, which is HCL.
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
  %s
}
`, simulator.DefaultOrgID, simulator.DefaultClientID, simulator.DefaultClientSecret, simulator.DefaultSandbox, w.URL, w.URL,
		simulator.DefaultAppAPIKey, w.URL, readBatching(), more)
}

// Settings are those of [World.ProviderConfig] for a [core.Core], with all services at an address.
func Settings(address string) map[string]any {
	settings := map[string]any{
		"adobe": map[string]any{
			"org_id": simulator.DefaultOrgID, "client_id": simulator.DefaultClientID, "client_secret": simulator.DefaultClientSecret,
			"sandbox_name": simulator.DefaultSandbox, "platform_url": address, "ims_url": address,
		},
		"customerio": map[string]any{"app_api_key": simulator.DefaultAppAPIKey, "base_url": address, "requests_per_second": 1000},
	}
	if reads == readsOff {
		settings["read_batching"] = readsOff
	}
	return settings
}

// requestTimeout is how long a [World.Core] waits for an answer, and so for what a create without an answer may have made.
const requestTimeout = 5 * time.Second

// Core is a Terraform Core whose provider calls the world's services.
func (w *World) Core(t *testing.T) *core.Core {
	t.Helper()
	settings := Settings(w.URL)
	settings["request_timeout"] = requestTimeout.String()
	return core.New(t, settings)
}

// CoreWithoutRetries is a [World.Core] whose provider calls each service once, and does not wait long for an answer.
func (w *World) CoreWithoutRetries(t *testing.T) *core.Core {
	t.Helper()
	settings := Settings(w.URL)
	settings["max_retries"], settings["request_timeout"] = 0, settling.String()
	return core.New(t, settings)
}

// CallsTo counts the calls with a method to paths that contain a text, since the last ResetCalls. Validations and previews change nothing and
// count only where the text asks for them.
func (w *World) CallsTo(method, path string) int { return len(w.callsTo(method, path)) }

func (w *World) callsTo(method, path string) []simulator.Call {
	return slices.DeleteFunc(w.Calls(), func(call simulator.Call) bool {
		validation := validates(call.Path) && !validates(path)
		return call.Method != method || !strings.Contains(call.Path, path) || validation
	})
}

func validates(path string) bool {
	return strings.HasSuffix(path, "/validate") || strings.HasSuffix(path, "/preview")
}

// Alive are the IDs of the live objects of a kind, without those that existed before the test.
func (w *World) Alive(kind string) []string {
	var ids []string
	for _, object := range w.Objects() {
		if object.Kind == kind && !slices.Contains(w.seeded, object.ID) {
			ids = append(ids, object.ID)
		}
	}
	return ids
}

// NothingLeft returns an error if objects of the test outlived the destruction of its resources.
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

// ID returns the ID of the resource at an address such as "customerio_dataflow.this".
func ID(state *terraform.State, address string) string {
	return state.RootModule().Resources[address].Primary.ID
}
