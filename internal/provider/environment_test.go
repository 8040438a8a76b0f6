package provider_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// setEnvironment sets what the provider takes from the environment. Tests that call it cannot be parallel.
func setEnvironment(t *testing.T, world *acctest.World) {
	t.Helper()
	for name, value := range map[string]string{
		"ADOBE_ORG_ID":                   simulator.DefaultOrgID,
		"ADOBE_CLIENT_ID":                simulator.DefaultClientID,
		"ADOBE_CLIENT_SECRET":            simulator.DefaultClientSecret,
		"ADOBE_SCOPES":                   "openid,additional_info.projectedProductContext",
		"ADOBE_SANDBOX_NAME":             "stage",
		"ADOBE_PLATFORM_URL":             world.URL,
		"ADOBE_IMS_URL":                  world.URL,
		"CUSTOMERIO_APP_API_KEY":         simulator.DefaultAppAPIKey,
		"CUSTOMERIO_REGION":              "US",
		"CUSTOMERIO_BASE_URL":            world.URL,
		"CUSTOMERIO_REQUESTS_PER_SECOND": "1000",
	} {
		t.Setenv(name, value)
	}
}

func TestEverythingFromTheEnvironment(t *testing.T) {
	world := acctest.New(t, simulator.Options{})
	setEnvironment(t, world)
	resource.Test(t, applies(world, sourceConnection+webhook))

	token := firstCall(t, world, http.MethodPost, "/ims/token")
	form, err := url.ParseQuery(token.RequestBody)
	require.NoError(t, err)
	require.Equal(t, url.Values{
		"grant_type": {"client_credentials"}, "client_id": {simulator.DefaultClientID}, "client_secret": {simulator.DefaultClientSecret},
		"scope": {"openid,additional_info.projectedProductContext"},
	}, form)
	create := firstCall(t, world, http.MethodPost, "/sourceConnections")
	require.Equal(t, "stage", create.Header.Get("x-sandbox-name"))
	require.Equal(t, simulator.DefaultOrgID, create.Header.Get("x-gw-ims-org-id"))
	require.Equal(t, simulator.DefaultClientID, create.Header.Get("x-api-key"))
	require.Equal(t, "Bearer "+simulator.DefaultAppAPIKey, firstCall(t, world, http.MethodPost, "/reporting_webhooks").Header.Get("Authorization"))
}

func TestAccessTokenFromTheEnvironment(t *testing.T) {
	const token = "eyJhbGciOiJSUzI1NiIsIng1dSI6Imltc19uYTEta2V5LTEuY2VyIn0"
	world := acctest.New(t, simulator.Options{AccessToken: token})
	setEnvironment(t, world)
	t.Setenv("ADOBE_CLIENT_SECRET", "")
	t.Setenv("ADOBE_ACCESS_TOKEN", token)
	resource.Test(t, applies(world, sourceConnection))
	require.Zero(t, world.CallsTo(http.MethodPost, "/ims/"))
	require.Equal(t, "Bearer "+token, firstCall(t, world, http.MethodPost, "/sourceConnections").Header.Get("Authorization"))
}

func TestTheConfigurationWinsOverTheEnvironment(t *testing.T) {
	world := acctest.New(t, simulator.Options{})
	t.Setenv("ADOBE_SANDBOX_NAME", "stage")
	t.Setenv("ADOBE_ORG_ID", "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg")
	t.Setenv("ADOBE_CLIENT_SECRET", "another")
	resource.Test(t, applies(world, world.Config(sourceConnection)))
	require.Equal(t, simulator.DefaultSandbox, firstCall(t, world, http.MethodPost, "/sourceConnections").Header.Get("x-sandbox-name"))
}

// Modules pass on "" for what their callers leave out.
func TestEmptySettingsAreNotSet(t *testing.T) {
	world := acctest.New(t, simulator.Options{})
	setEnvironment(t, world)
	settings := `request_timeout = ""
  read_batching = ""
  adobe = { scopes = [""], access_token = ""`
	for _, name := range []string{"org_id", "client_id", "client_secret", "sandbox_name", "platform_url", "ims_url"} {
		settings += `, ` + name + ` = ""`
	}
	settings += ` }
  customerio = { app_api_key = "", region = "", base_url = "" }`
	resource.Test(t, applies(world, configured(settings)+sourceConnection+webhook))
	require.Equal(t, "stage", firstCall(t, world, http.MethodPost, "/sourceConnections").Header.Get("x-sandbox-name"))
	require.Contains(t, firstCall(t, world, http.MethodPost, "/ims/token").RequestBody, "scope=openid%2Cadditional_info.projectedProductContext")
}

func TestBadEnvironment(t *testing.T) {
	for variable, test := range map[string]struct{ value, message string }{
		"ADOBE_SANDBOX_NAME":             {"Prod", `ADOBE_SANDBOX_NAME.*adobe\.sandbox_name.*only lower-case letters.*the title of a sandbox is not its name`},
		"ADOBE_PLATFORM_URL":             {"http://platform.adobe.io", `ADOBE_PLATFORM_URL.*adobe\.platform_url.*http is allowed on loopback only`},
		"ADOBE_IMS_URL":                  {"ims-na1.adobelogin.com", `ADOBE_IMS_URL.*adobe\.ims_url.*it is not an absolute URL, which begins with https://`},
		"CUSTOMERIO_REGION":              {"mars", `CUSTOMERIO_REGION.*customerio\.region.*it is neither "us" nor "eu"`},
		"CUSTOMERIO_BASE_URL":            {"ftp://api.customer.io", `CUSTOMERIO_BASE_URL.*customerio\.base_url.*its scheme is`},
		"CUSTOMERIO_REQUESTS_PER_SECOND": {"many", `CUSTOMERIO_REQUESTS_PER_SECOND.*customerio\.requests_per_second.*is not a positive whole number`},
	} {
		t.Run(variable, func(t *testing.T) {
			setEnvironment(t, acctest.New(t, simulator.Options{}))
			t.Setenv(variable, test.value)
			message := "(?s)Invalid environment variable.*" + strings.ReplaceAll(test.message, " ", `\s+`)
			resource.Test(t, fails(sourceConnection+webhook, message))
		})
	}
}

func firstCall(t *testing.T, world *acctest.World, method, path string) simulator.Call {
	t.Helper()
	for _, call := range world.Calls() {
		if call.Method == method && strings.Contains(call.Path, path) {
			return call
		}
	}
	require.Failf(t, "no such call", "%s …%s…", method, path)
	return simulator.Call{}
}
