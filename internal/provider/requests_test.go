package provider_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestUserAgentNamesProviderAndTerraform(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, applies(world, world.Config(acctest.Pipeline(`name = "Shop"`)+webhook)))
	for _, call := range world.Calls() {
		require.Regexp(t, `^terraform-provider-customerio/test \(Terraform/1\.\d+\.\d+\S*\)$`, call.Header.Get("User-Agent"), "%s %s", call.Method, call.Path)
	}
}

func TestManyResourcesShareOneToken(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, applies(world, world.Config(`
resource "customerio_source_connection" "this" {
  count = 10
  name  = "Source ${count.index}"
}
`)))

	calls := world.Calls()
	tokens, created := 0, 0
	for _, call := range calls {
		if strings.HasPrefix(call.Path, "/ims/") {
			tokens++
		} else if call.Method == http.MethodPost {
			created++
		}
		if created == 10 {
			break
		}
	}
	require.Equal(t, 10, created)
	require.Equal(t, 1, tokens, "up to the last create, which is in the first run of the provider that calls anything")
}

// expired is what Adobe's gateway answers when a token ends before its time.
var expired = simulator.Fault{
	Name: "expired", Method: http.MethodPost, Path: "*/sourceConnections", Do: simulator.FaultAnswer, Status: http.StatusUnauthorized,
	Body: `{"error_code":"401013","message":"Oauth token is not valid"}`,
}

func TestExpiredTokenIsRenewedOnce(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	once := expired
	once.Times = 1
	world.AddFault(once)
	resource.Test(t, applies(world, world.Config(sourceConnection)))

	calls := slices.DeleteFunc(world.Calls(), func(call simulator.Call) bool { return call.Method == http.MethodGet })
	var order []string
	for _, call := range calls[:4] {
		order = append(order, fmt.Sprintf("%s %s %d", call.Method, call.Path, call.Status))
	}
	require.Equal(t, []string{
		"POST /ims/token/v3 200", "POST /data/foundation/flowservice/sourceConnections 401",
		"POST /ims/token/v3 200", "POST /data/foundation/flowservice/sourceConnections 201",
	}, order)
	require.NotEqual(t, calls[1].Header.Get("Authorization"), calls[3].Header.Get("Authorization"))
}

func TestTokenThatIsNeverAccepted(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(expired)
	resource.Test(t, fails(world.ConfigWith("max_retries = 1", sourceConnection),
		`(?s)Unable to create source connection.*401.*401013.*access\s+token\s+is\s+invalid\s+or\s+has\s+expired`))
	require.Equal(t, 2, world.CallsTo(http.MethodPost, "/sourceConnections"))
	require.Equal(t, 3, world.CallsTo(http.MethodPost, "/ims/"), "each refusal of a create renews the token for the next call")
}

// A ready token cannot be renewed, so the call is not repeated.
func TestReadyTokenThatHasExpired(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{AccessToken: "another"})
	settings := strings.NewReplacer("client_secret", "access_token", simulator.DefaultClientSecret, "expired").Replace(adobe(world))
	resource.Test(t, fails(configured(settings)+sourceConnection, `(?s)401013.*With\s+.adobe\.access_token.\s+\(ADOBE_ACCESS_TOKEN\),\s+obtain\s+a\s+new\s+token`))
	require.Equal(t, 1, world.CallsTo(http.MethodGet, "/sourceConnections"))
	require.Zero(t, world.CallsTo(http.MethodPost, "/sourceConnections"))
	require.Zero(t, world.CallsTo(http.MethodPost, "/ims/"))
}

func TestWrongClientSecret(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	settings := strings.Replace(adobe(world), simulator.DefaultClientSecret, "p8e-retired-client-secret", 1)
	resource.Test(t, fails(configured(settings)+sourceConnection,
		`(?s)Adobe\s+IMS\s+answered.*invalid_client.*adobe\.client_id.\s+\(ADOBE_CLIENT_ID\)\s+and\s+.adobe\.client_secret.\s+\(ADOBE_CLIENT_SECRET\)`))
	require.Zero(t, world.CallsTo(http.MethodPost, "/sourceConnections"))
}

func TestUnknownSandbox(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	settings := strings.Replace(adobe(world), `"`+simulator.DefaultSandbox+`"`, `"nowhere"`, 1)
	resource.Test(t, fails(configured(settings)+sourceConnection,
		`(?s)FLOW-2103-404.*request\s+ID.*Check\s+.adobe\.sandbox_name.\s+\(ADOBE_SANDBOX_NAME\)`))
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	for path, test := range map[string]struct {
		status int
		config string
	}{
		"*/sourceConnections": {http.StatusTemporaryRedirect, sourceConnection},
		"/v1/*":               {http.StatusPermanentRedirect, webhook},
		"/ims/*":              {http.StatusFound, sourceConnection},
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			var reached atomic.Int32
			elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
			t.Cleanup(elsewhere.Close)
			world := acctest.New(t, simulator.Options{})
			world.AddFault(simulator.Fault{
				Path: path, Do: simulator.FaultAnswer, Status: test.status, Header: http.Header{"Location": {elsewhere.URL}},
			})
			resource.Test(t, fails(world.Config(test.config), fmt.Sprintf(`(?s)with\s+%d.*does\s+not\s+follow\s+redirects`, test.status)))
			require.Zero(t, reached.Load(), "the redirect would take the credentials elsewhere")
		})
	}
}

func TestRateLimitIsWaitedFor(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(simulator.Fault{
		Name: "limited", Method: http.MethodPost, Path: "/v1/reporting_webhooks", Times: 2, Do: simulator.FaultAnswer,
		Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"1"}},
		Body: `{"errors":[{"detail":"rate limited to 10 requests per 1s (reference a1b2c3)","status":"429"}]}`,
	})
	resource.Test(t, applies(world, world.Config(webhook)))
	require.Equal(t, 3, world.CallsTo(http.MethodPost, "/v1/reporting_webhooks"), "a create that the rate limit refused may be repeated")
}

// The service may have acted before it failed, so the provider looks for the object before it sends the create again.
func TestCreateIsRepeatedAfterAServerErrorOnlyIfNothingWasCreated(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(simulator.Fault{
		Method: http.MethodPost, Path: "*/sourceConnections", Do: simulator.FaultAnswer, Status: http.StatusInternalServerError,
		Body: `{"type":"https://ns.adobe.com/aep/errors/FLOW-1102-500","title":"Internal Server Error","status":500,` +
			`"report":{"detailed-message":"The storage cannot be reached.","request-id":"r-500"}}`,
	})
	resource.Test(t, fails(world.ConfigWith(`max_retries = 1
  request_timeout = "5s"`, sourceConnection),
		`(?s)Unable to create source connection.*FLOW-1102-500.*request\s+ID\s+r-500.*Try\s+again\s+later`))
	require.Equal(t, 2, world.CallsTo(http.MethodPost, "/sourceConnections"))
	var between []string
	for _, call := range world.Calls() {
		if strings.HasSuffix(call.Path, "/sourceConnections") {
			between = append(between, call.Method)
		}
	}
	require.Equal(t, []string{http.MethodGet, http.MethodPost, http.MethodGet}, between[:3], "looked for what exists before")
	require.Equal(t, http.MethodGet, between[len(between)-1], "looked for after the last one too")
}

func TestReadsAreRepeatedAsOftenAsConfigured(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	trouble := simulator.Fault{Method: http.MethodGet, Path: "*/sourceConnections/*", Do: simulator.FaultAnswer, Status: http.StatusBadGateway}
	passing := trouble
	passing.Times = 2
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(sourceConnection)},
			{PreConfig: func() { world.AddFault(passing) }, Config: world.ConfigWith("max_retries = 2", sourceConnection), PlanOnly: true},
			{
				PreConfig: func() {
					world.AddFault(trouble)
					world.ResetCalls()
				},
				Config:      world.ConfigWith("max_retries = 1", sourceConnection),
				PlanOnly:    true,
				ExpectError: regexp.MustCompile(`(?s)Unable to read source connection.*502`),
			},
			{
				PreConfig: func() {
					require.Equal(t, 2, world.CallsTo(http.MethodGet, "/sourceConnections/"))
					world.ClearFaults()
				},
				Config: world.Config(sourceConnection), PlanOnly: true,
			},
		},
	})
}

// The service acts, but answers too late. A second create would leave a second object.
func TestRequestTimeout(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*/sourceConnections", Do: simulator.FaultTimeoutAfter})
	resource.Test(t, applies(world, world.ConfigWith(`request_timeout = "1s"`, sourceConnection)))
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/sourceConnections"))
}

// Ten deletes share ten requests a second, and each makes two: the last one waits for longer in the queue than it may take.
func TestQueueDoesNotCountTowardsTimeouts(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := strings.Replace(world.Config(`
resource "customerio_reporting_webhook" "this" {
  count    = 10
  name     = "Hook ${count.index}"
  endpoint = "https://example.com/hook"
  events   = ["email_sent"]
  timeouts = { delete = "800ms" }
}
`), "requests_per_second = 1000", "requests_per_second = 10", 1)
	resource.Test(t, applies(world, config))
	require.Equal(t, 10, world.CallsTo(http.MethodDelete, "/v1/reporting_webhooks"))
}
