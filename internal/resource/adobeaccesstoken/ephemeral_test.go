package adobeaccesstoken_test

import (
	"maps"
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/versions"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// echoed gives the token to a provider that puts it into the state, where a test can look at it.
const echoed = `
ephemeral "customerio_adobe_access_token" "this" {}

provider "echo" {
  data = ephemeral.customerio_adobe_access_token.this
}
resource "echo" "token" {}
`

func testCase(t *testing.T, steps ...resource.TestStep) resource.TestCase {
	t.Helper()
	acctest.Needs(t, versions.Ephemeral)
	factories := maps.Clone(acctest.Factories)
	factories["echo"] = echoprovider.NewProviderServer()
	return resource.TestCase{
		ProtoV6ProviderFactories: factories,
		Steps:                    steps,
	}
}

func TestTokenWorks(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	data := func(name string) tfjsonpath.Path { return tfjsonpath.New("data").AtMapKey(name) }
	resource.Test(t, testCase(t, resource.TestStep{
		Config: world.Config(echoed),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("echo.token", data("client_id"), knownvalue.StringExact(simulator.DefaultClientID)),
			statecheck.ExpectKnownValue("echo.token", data("org_id"), knownvalue.StringExact(simulator.DefaultOrgID)),
			statecheck.ExpectKnownValue("echo.token", data("sandbox_name"), knownvalue.StringExact(simulator.DefaultSandbox)),
		},
		Check: resource.ComposeTestCheckFunc(
			resource.TestCheckResourceAttrWith("echo.token", "data.access_token", func(token string) error {
				return call(t, world, token)
			}),
			resource.TestCheckResourceAttrWith("echo.token", "data.expires_at", func(text string) error {
				end, err := time.Parse(time.RFC3339, text)
				require.NoError(t, err)
				require.WithinRange(t, end, time.Now().Add(time.Hour), time.Now().Add(25*time.Hour))
				return nil
			}),
		),
	}))
}

// call uses the token as a script would.
func call(t *testing.T, world *acctest.World, token string) error {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, world.URL+"/data/foundation/flowservice/flows", nil)
	require.NoError(t, err)
	request.Header = http.Header{
		"Authorization": {"Bearer " + token}, "X-Api-Key": {simulator.DefaultClientID},
		"X-Gw-Ims-Org-Id": {simulator.DefaultOrgID}, "X-Sandbox-Name": {simulator.DefaultSandbox},
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusOK, response.StatusCode)
	return nil
}

func TestReadyTokenHasNoKnownEnd(t *testing.T) {
	world := acctest.New(t, simulator.Options{AccessToken: "eyJready"})
	t.Setenv("ADOBE_ACCESS_TOKEN", "eyJready")
	t.Setenv("ADOBE_CLIENT_ID", simulator.DefaultClientID)
	t.Setenv("ADOBE_ORG_ID", simulator.DefaultOrgID)
	t.Setenv("ADOBE_SANDBOX_NAME", simulator.DefaultSandbox)
	resource.Test(t, testCase(t, resource.TestStep{
		Config: echoed,
		Check: resource.ComposeTestCheckFunc(
			resource.TestCheckResourceAttr("echo.token", "data.access_token", "eyJready"),
			resource.TestCheckNoResourceAttr("echo.token", "data.expires_at"),
			func(*terraform.State) error {
				require.Empty(t, world.Calls())
				return nil
			},
		),
	}))
}

func TestRefusedCredentials(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(simulator.Fault{
		Path: "/ims/*", Do: simulator.FaultAnswer, Status: http.StatusBadRequest,
		Body: `{"error":"invalid_client","error_description":"invalid client_secret parameter"}`,
	})
	resource.Test(t, testCase(t, resource.TestStep{
		Config:      world.Config(echoed),
		ExpectError: acctest.Message("Unable to obtain access token", "invalid_client", "Check `adobe.client_id`"),
	}))
}
