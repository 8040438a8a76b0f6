package provider_test

import (
	"archive/zip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// Secrets to look for wherever Terraform writes. Each has a part before and a part after characters that JSON, URLs and logs
// escape, so that a search for the parts finds it in every form.
const (
	clientSecret = `p8e-clientsecret-4f9d"&<clientsecret-b71c`
	accessToken  = "eyJaccesstoken-4f9d"
	appAPIKey    = "appapikey-4f9d-b71c"
	keptParam    = `keptparam-4f9d"&<keptparam-b71c`
	writeOnly    = `writeonly-4f9d"&<writeonly-b71c`
)

// A configuration with every secret. Credentials come from the environment and write-only values from ephemeral variables, since
// the plan file holds everything else that a configuration says.
const secretsConfig = `
variable "params" {
  type      = string
  sensitive = true
}
variable "params_wo" {
  type      = string
  ephemeral = true
}
variable "webhook_name" { default = "aep-source" }

resource "customerio_base_connection" "kept" {
  name            = "Kept in the state"
  connection_spec = { id = "ecadc60c-7455-4d87-84dc-2a0e293d997b" }
  auth = {
    spec_name = "Access Key"
    params    = jsonencode({ s3AccessKey = "id", s3SecretKey = var.params })
  }
}
resource "customerio_base_connection" "write_only" {
  name            = "Never kept"
  connection_spec = { id = "ecadc60c-7455-4d87-84dc-2a0e293d997b" }
  auth = {
    spec_name         = "Access Key"
    params_wo         = jsonencode({ s3AccessKey = "id", s3SecretKey = var.params_wo })
    params_wo_version = 1
  }
}
data "customerio_streaming_endpoint" "this" {
  dataflow_id = customerio_dataflow.this.id
}
data "customerio_dataflow" "listed" {
  name       = "Shop"
  depends_on = [customerio_dataflow.this]
}
data "customerio_reporting_webhook" "listed" {
  name       = var.webhook_name
  depends_on = [customerio_reporting_webhook.this]
}
resource "customerio_reporting_webhook" "this" {
  name     = var.webhook_name
  endpoint = data.customerio_streaming_endpoint.this.webhook_url
  events   = ["email_sent"]
}
output "webhook_url" {
  value     = customerio_dataflow.this.webhook_url
  sensitive = true
}
`

func TestSecretsAppearNowhere(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{ClientSecret: clientSecret, AccessToken: accessToken, AppAPIKeys: []string{appAPIKey}})
	resources := strings.Replace(world.Config(acctest.Pipeline(`name = "Shop"`)), world.ProviderConfig(""), "", 1)
	w := acctest.NewWorkspace(t,
		"ADOBE_ORG_ID="+simulator.DefaultOrgID, "ADOBE_CLIENT_ID="+simulator.DefaultClientID, "ADOBE_CLIENT_SECRET="+clientSecret,
		"ADOBE_SANDBOX_NAME="+simulator.DefaultSandbox, "ADOBE_PLATFORM_URL="+world.URL, "ADOBE_IMS_URL="+world.URL,
		"CUSTOMERIO_APP_API_KEY="+appAPIKey, "CUSTOMERIO_BASE_URL="+world.URL, "CUSTOMERIO_REQUESTS_PER_SECOND=1000",
		"TF_VAR_params="+keptParam, "TF_VAR_params_wo="+writeOnly, "TF_LOG=TRACE",
	)
	w.Environment = append(w.Environment, "TF_LOG_PATH="+w.Path("trace.log"))
	w.Write("main.tf", acctest.Required+resources+secretsConfig)

	w.Run("plan", "-out=tfplan")
	plan := w.Show("tfplan") + unzipped(t, w.Path("tfplan"))
	w.Run("apply", "tfplan")
	w.Run("plan", "-detailed-exitcode") // exit code 0: nothing to change
	state := w.Read("terraform.tfstate")
	requireMarkedSensitive(t, w.Show())
	endpoint := endpointIn(t, state)

	refusesWithItsEndpoint(world, endpoint)
	require.Regexp(t, `the\s+endpoint\s+\*\*\*\s+cannot\s+be\s+reached`, applyInVain(t, w, "-var=webhook_name=renamed"))
	world.ClearFaults()
	refusesWithTheSecret(t, world)
	require.Regexp(t, `invalid_client.*\s+\*\*\*\s+is\s+no\s+secret`, applyInVain(t, w))
	world.ClearFaults()
	w.Environment = append(w.Environment, "ADOBE_ACCESS_TOKEN="+accessToken)
	w.Run("plan", "-detailed-exitcode")
	w.Run("destroy", "-auto-approve")
	require.NoError(t, world.NothingLeft(nil))

	log, terminal := w.Read("trace.log"), w.Terminal.String()
	require.Contains(t, log, "request body", "without the provider's own entries the log proves nothing")
	for _, secret := range append(issuedTokens(world), clientSecret, accessToken, appAPIKey, writeOnly) {
		requireWithout(t, secret, map[string]string{"log": log, "terminal": terminal, "plan": plan, "state": state})
	}
	inlet, _, _ := strings.Cut(endpoint, "?")
	for _, secret := range []string{keptParam, inlet, inlet[strings.LastIndex(inlet, "/")+1:]} {
		requireWithout(t, secret, map[string]string{"log": log, "terminal": terminal})
	}
	require.Contains(t, state, parts(keptParam)[0], "the search itself works")
	require.Contains(t, state, inlet)
}

func refusesWithItsEndpoint(world *acctest.World, endpoint string) {
	world.AddFault(simulator.Fault{
		Method: http.MethodPut, Path: "/v1/reporting_webhooks/*", Do: simulator.FaultAnswer, Status: http.StatusBadRequest,
		Body: fmt.Sprintf(`{"errors":[{"detail":"the endpoint %s cannot be reached","status":"400"}]}`, endpoint),
	})
}

func refusesWithTheSecret(t *testing.T, world *acctest.World) {
	t.Helper()
	body, err := json.Marshal(map[string]string{"error": "invalid_client", "error_description": clientSecret + " is no secret"})
	require.NoError(t, err)
	world.AddFault(simulator.Fault{
		Method: http.MethodPost, Path: "/ims/*", Do: simulator.FaultAnswer, Status: http.StatusBadRequest, Body: string(body),
	})
}

// applyInVain applies what a service refuses, and returns what Terraform printed.
func applyInVain(t *testing.T, w *acctest.Workspace, arguments ...string) string {
	t.Helper()
	output, err := w.Try(append([]string{"apply", "-auto-approve", "-no-color"}, arguments...)...)
	require.Error(t, err, output)
	return strings.ReplaceAll(output, "│", "") // the frame of an error
}

// unzipped is the content of a plan file.
func unzipped(t *testing.T, path string) string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	require.NoError(t, err)
	defer func() { require.NoError(t, archive.Close()) }()
	var content strings.Builder
	for _, file := range archive.File {
		reader, err := file.Open()
		require.NoError(t, err)
		_, err = io.Copy(&content, reader)
		require.NoError(t, err)
		require.NoError(t, reader.Close())
	}
	return content.String()
}

func endpointIn(t *testing.T, state string) string {
	t.Helper()
	var read struct {
		Outputs map[string]struct{ Value string }
	}
	require.NoError(t, json.Unmarshal([]byte(state), &read))
	endpoint := read.Outputs["webhook_url"].Value
	require.Contains(t, endpoint, "/collection/")
	return endpoint
}

func issuedTokens(world *acctest.World) []string {
	var tokens []string
	for _, call := range world.Calls() {
		if token := call.Header.Get("Authorization"); strings.HasPrefix(token, "Bearer eyJ") {
			tokens = append(tokens, strings.TrimPrefix(token, "Bearer "))
		}
	}
	return tokens
}

func parts(secret string) []string { return strings.Split(secret, `"&<`) }

func requireWithout(t *testing.T, secret string, written map[string]string) {
	t.Helper()
	forms := append(parts(secret), base64.StdEncoding.EncodeToString([]byte(secret)))
	for place, text := range written {
		for _, form := range forms {
			if at := strings.Index(text, form); at >= 0 {
				t.Errorf("the %s holds %q: …%s…", place, form, text[max(0, at-300):min(len(text), at+len(form)+100)])
			}
		}
	}
}

// requireMarkedSensitive looks for the marks that keep Terraform from printing a value.
func requireMarkedSensitive(t *testing.T, shown string) {
	t.Helper()
	var state tfjson.State
	require.NoError(t, json.Unmarshal([]byte(shown), &state))
	marks := map[string]string{}
	for _, resource := range state.Values.RootModule.Resources {
		marks[resource.Address] = string(resource.SensitiveValues)
	}
	require.JSONEq(t, `{"auth":{"params":true,"params_wo":true},"connection_spec":{}}`, marks["customerio_base_connection.kept"])
	require.JSONEq(t, `{"endpoint":true,"events":[false]}`, marks["customerio_reporting_webhook.this"])
	require.JSONEq(t, `{"flow_spec":{},"streaming_endpoint_url":true,"webhook_url":true}`, marks["customerio_dataflow.this"])
	require.JSONEq(t, `{"streaming_endpoint_url":true,"webhook_url":true}`, marks["data.customerio_streaming_endpoint.this"])
}
