package provider_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestMain(m *testing.M) { acctest.Main(m) }

const (
	sourceConnection = `
resource "customerio_source_connection" "this" {
  name = "Shop"
}
`
	webhook = `
resource "customerio_reporting_webhook" "this" {
  name     = "aep-source"
  endpoint = "https://hooks.example.com/febc"
  events   = ["email_sent"]
}
`
)

// adobe and customerio are the provider's objects of these names, each with everything that it needs.
func adobe(world *acctest.World) string {
	return fmt.Sprintf(`
  adobe = {
    org_id        = %q
    client_id     = %q
    client_secret = %q
    sandbox_name  = %q
    platform_url  = %q
    ims_url       = %q
  }
`, simulator.DefaultOrgID, simulator.DefaultClientID, simulator.DefaultClientSecret, simulator.DefaultSandbox, world.URL, world.URL)
}

func customerio(world *acctest.World) string {
	return fmt.Sprintf(`
  customerio = {
    app_api_key = %q
    base_url    = %q
  }
`, simulator.DefaultAppAPIKey, world.URL)
}

func configured(settings string) string {
	return `
provider "customerio" {
  ` + settings + `
}
`
}

func applies(world *acctest.World, config string) resource.TestCase {
	return resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps:                    []resource.TestStep{{Config: config}},
	}
}

func fails(config, message string) resource.TestCase {
	return resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps:                    []resource.TestStep{{Config: config, ExpectError: regexp.MustCompile(message)}},
	}
}

func TestOneSideNeedsNoCredentialsOfTheOther(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, applies(world, configured(customerio(world))+webhook))
	require.Zero(t, world.CallsTo(http.MethodPost, "/ims/"), "a webhook needs no access token")
	resource.Test(t, applies(world, configured(adobe(world))+sourceConnection))
}

// What the apply needs is asked for in the plan, before anything is created.
func TestMissingCredentials(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	without := func(attribute string) string {
		return regexp.MustCompile(attribute+` += ".*"`).ReplaceAllString(adobe(world), "")
	}
	for name, test := range map[string]struct{ config, message string }{
		"everything of Adobe": {
			configured(customerio(world)) + sourceConnection,
			`(?s)Provider configuration incomplete.*adobe\.org_id \(environment variable ADOBE_ORG_ID\)` +
				`.*adobe\.client_id \(environment variable ADOBE_CLIENT_ID\).*adobe\.sandbox_name \(environment variable\s+ADOBE_SANDBOX_NAME\)` +
				`.*adobe\.client_secret \(environment variable\s+ADOBE_CLIENT_SECRET\),\s+or\s+adobe\.access_token \(environment\s+variable\s+ADOBE_ACCESS_TOKEN\)`,
		},
		"no configuration at all": {webhook, `(?s)customerio\.app_api_key \(environment variable\s+CUSTOMERIO_APP_API_KEY\)`},
		"the App API key, while Adobe's are there": {
			configured(adobe(world)) + sourceConnection + webhook,
			`(?s)with customerio_reporting_webhook\.this.*customerio\.app_api_key \(environment variable\s+CUSTOMERIO_APP_API_KEY\)`,
		},
		"the App API key": {configured(adobe(world)) + webhook, `(?s)customerio\.app_api_key \(environment variable\s+CUSTOMERIO_APP_API_KEY\)`},
		"the client ID": {
			configured(without("client_id")) + sourceConnection,
			`(?s)Settings\s+of\s+the\s+provider\s+are\s+missing:\s+- adobe\.client_id \(environment variable ADOBE_CLIENT_ID\)\s+Set them`,
		},
		"the client ID, with an access token": {
			configured(strings.Replace(without("client_id"), "client_secret", "access_token", 1)) + sourceConnection,
			`(?s)- adobe\.client_id \(environment variable ADOBE_CLIENT_ID\)\s+Set them`,
		},
		"the sandbox": {
			configured(without("sandbox_name")) + sourceConnection,
			`(?s)- adobe\.sandbox_name \(environment variable ADOBE_SANDBOX_NAME\), or sandbox_name of\s+the object\s+Set them`,
		},
		"an empty organization": {
			configured(strings.Replace(adobe(world), simulator.DefaultOrgID, "", 1)) + sourceConnection,
			`(?s)- adobe\.org_id \(environment variable ADOBE_ORG_ID\)\s+Set them`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			failing := fails(test.config, test.message)
			failing.Steps[0].PlanOnly = true
			resource.Test(t, failing)
		})
	}
	require.Empty(t, world.Calls(), "nothing is called with half a configuration")
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ settings, message string }{
		"sandbox in upper case": {
			`adobe = { sandbox_name = "Prod" }`,
			`(?s)provider "customerio".*Attribute\s+adobe\.sandbox_name\s+must\s+be\s+the\s+name\s+of\s+a\s+sandbox,\s+in\s+lower\s+case,\s+got\s+"Prod"`,
		},
		"unknown region": {
			`customerio = { region = "mars" }`,
			`(?s)provider "customerio".*Attribute\s+customerio\.region\s+must\s+be\s+"us"\s+or\s+"eu",\s+got\s+"mars"`,
		},
		"platform over http": {
			`adobe = { platform_url = "http://platform.adobe.io" }`,
			`(?s)provider "customerio".*Attribute\s+adobe\.platform_url\s+must\s+be\s+an\s+https://\s+URL.*http\s+is\s+allowed\s+on\s+loopback\s+only`,
		},
		"IMS over http": {
			`adobe = { ims_url = "http://ims-na1.adobelogin.com" }`,
			`(?s)provider "customerio".*Attribute\s+adobe\.ims_url\s+.*http\s+is\s+allowed\s+on\s+loopback\s+only`,
		},
		"App API over http": {
			`customerio = { base_url = "http://api.customer.io" }`,
			`(?s)provider "customerio".*Attribute\s+customerio\.base_url\s+.*http\s+is\s+allowed\s+on\s+loopback\s+only`,
		},
		"host that only looks like loopback": {
			`adobe = { platform_url = "http://localhost.example.com" }`,
			`(?s)Attribute\s+adobe\.platform_url\s+.*http\s+is\s+allowed\s+on\s+loopback\s+only`,
		},
		"URL without a host": {
			`adobe = { platform_url = "https://" }`, `(?s)Attribute\s+adobe\.platform_url\s+must\s+be\s+an\s+https://\s+URL.*it\s+is\s+not\s+an\s+absolute\s+URL`,
		},
		"URL without a scheme": {
			`customerio = { base_url = "api.customer.io" }`, `(?s)Attribute\s+customerio\.base_url\s+must\s+be.*it\s+is\s+not\s+an\s+absolute\s+URL`,
		},
		"URL of another scheme": {
			`adobe = { ims_url = "ftp://ims-na1.adobelogin.com" }`, `(?s)Attribute\s+adobe\.ims_url\s+must\s+be.*its\s+scheme\s+is\s+"ftp"`,
		},
		"URL with a query":    {`adobe = { platform_url = "https://platform.adobe.io/?x=1" }`, `(?s)Attribute\s+adobe\.platform_url\s+must\s+be.*a\s+query\s+or\s+a\s+fragment`},
		"URL with a fragment": {`adobe = { platform_url = "https://platform.adobe.io/#" }`, `(?s)Attribute\s+adobe\.platform_url\s+must\s+be.*a\s+query\s+or\s+a\s+fragment`},
		"URL with a user":     {`customerio = { base_url = "https://u@api.customer.io" }`, `(?s)Attribute\s+customerio\.base_url\s+must\s+be.*it\s+has\s+a\s+user`},
		"URL of the version":  {`customerio = { base_url = "https://api.customer.io/v1/" }`, `(?s)Attribute\s+customerio\.base_url\s+must\s+be.*it\s+ends\s+with\s+/v1`},
		"key with a newline": {
			`customerio = { app_api_key = "canary\n" }`,
			`(?s)Invalid provider setting.*value\s+of\s+customerio\.app_api_key\s+begins\s+or\s+ends\s+with\s+white\s+space`,
		},
		"organization with a newline": {`adobe = { org_id = "a\nb" }`, `(?s)Invalid provider setting.*value\s+of\s+adobe\.org_id\s+begins`},
		"timeout that is no duration": {
			`request_timeout = "soon"`, `(?s)request_timeout = "soon".*Attribute\s+request_timeout\s+must\s+be\s+a\s+duration\s+such\s+as\s+30s,\s+got\s+"soon"`,
		},
		"timeout of zero":      {`request_timeout = "0s"`, `(?s)Attribute\s+request_timeout\s+must\s+be\s+a\s+duration.*it\s+is\s+not\s+positive`},
		"timeout in the past":  {`request_timeout = "-1m"`, `(?s)Attribute\s+request_timeout\s+must\s+be\s+a\s+duration.*it\s+is\s+not\s+positive`},
		"another batching":     {`read_batching = "on"`, `(?s)Attribute\s+read_batching\s+must\s+be\s+"auto"\s+or\s+"off",\s+got\s+"on"`},
		"negative retries":     {`max_retries = -1`, `(?s)max_retries = -1.*Attribute\s+max_retries\s+value\s+must\s+be\s+between\s+0\s+and\s+20,\s+got:\s+-1`},
		"endless retries":      {`max_retries = 21`, `(?s)Attribute\s+max_retries\s+value\s+must\s+be\s+between\s+0\s+and\s+20,\s+got:\s+21`},
		"no requests a second": {`customerio = { requests_per_second = 0 }`, `(?s)Attribute\s+customerio\.requests_per_second\s+value\s+must\s+be\s+at\s+least\s+1`},
		"no scopes":            {`adobe = { scopes = [] }`, `(?s)provider "customerio".*Attribute\s+adobe\.scopes\s+list\s+must\s+contain\s+at\s+least\s+1\s+elements`},
	} {
		t.Run(name, func(t *testing.T) {
			testCase := fails(configured(test.settings)+sourceConnection, test.message)
			testCase.Steps[0].PlanOnly = true
			resource.Test(t, testCase)
		})
	}
}

func TestLoopbackNeedsNoTLS(t *testing.T) {
	t.Parallel()
	settings := `
  adobe = {
    org_id        = "ABC123@AdobeOrg"
    client_id     = "a"
    client_secret = "b"
    sandbox_name  = "prod"
    platform_url  = "http://localhost:1"
    ims_url       = "http://127.8.8.8:1"
  }
  customerio = { base_url = "http://[::1]:1" }
`
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps:                    []resource.TestStep{{Config: configured(settings) + sourceConnection, PlanOnly: true, ExpectNonEmptyPlan: true}},
	})
}
