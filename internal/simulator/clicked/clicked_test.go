package clicked_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/clicked"
)

// sandbox is one that people have worked in.
func sandbox(t *testing.T, options simulator.Options, pipelines int) (*simulator.Simulator, *clicked.Made) {
	t.Helper()
	services := simulator.New(options)
	server := httptest.NewServer(services)
	t.Cleanup(server.Close)
	made, err := clicked.Fill(t.Context(), http.DefaultClient, account(server.URL), pipelines)
	require.NoError(t, err)
	return services, made
}

func account(url string) clicked.Account {
	return clicked.Account{
		URL: url, OrgID: simulator.DefaultOrgID, ClientID: simulator.DefaultClientID, ClientSecret: simulator.DefaultClientSecret,
		Sandbox: simulator.DefaultSandbox, AppAPIKey: simulator.DefaultAppAPIKey,
	}
}

func TestWhatIsMade(t *testing.T) {
	t.Parallel()
	services, made := sandbox(t, simulator.Options{RequestsPerSecond: -1}, 25)
	var report strings.Builder
	made.Report(&report)
	require.Equal(t, `    5 field groups
    4 schemas
    1 identity descriptor
    5 datasets
   28 source connections
   28 target connections
   28 mapping sets
   27 dataflows
   27 reporting webhooks
    1 base connection
  154 objects: 25 pipelines, and what lies around them
`, report.String())
	require.Len(t, services.Objects(), 154)
	require.Len(t, made.Pipelines, 25)
}

// All comes about by calls that any program can make, each of which succeeds.
func TestOnlyPublicCallsAreMade(t *testing.T) {
	t.Parallel()
	services, _ := sandbox(t, simulator.Options{RequestsPerSecond: -1}, 3)
	writes := 0
	for _, call := range services.Calls() {
		require.NotEqual(t, simulator.ServiceUnknown, call.Service, call.Path)
		if call.Method != http.MethodGet {
			require.Less(t, call.Status, 300, "%s %s: %s", call.Method, call.Path, call.ResponseBody)
			writes++
		}
	}
	require.Greater(t, writes, len(services.Objects()))
}

// Names and their order are the same each time.
func TestItIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	names := func() (all []string) {
		services, _ := sandbox(t, simulator.Options{RequestsPerSecond: -1, Provisioning: -1}, 30)
		for _, one := range services.Objects() {
			all = append(all, one.Kind+" "+one.Name)
		}
		return all
	}
	first := names()
	require.Equal(t, first, names())
	require.Contains(t, first, "flow Customer.io events 2", "the plans begin again after the 25th")
}

// What people did later is there, too.
func TestOddities(t *testing.T) {
	t.Parallel()
	services, made := sandbox(t, simulator.Options{RequestsPerSecond: -1, Provisioning: -1}, 25)
	bodies := map[string]map[string]any{}
	for _, one := range services.Objects() {
		if one.Kind == simulator.KindFlow || one.Kind == simulator.KindReportingWebhook {
			require.NoError(t, services.Update(one.Kind, one.ID, func(body map[string]any) { bodies[one.Kind+one.ID] = body }))
		}
	}
	flow := func(n int) map[string]any { return bodies[simulator.KindFlow+made.Pipelines[n].Flow] }
	require.Equal(t, "disabled", flow(3)["state"])
	require.Equal(t, true, bodies[simulator.KindReportingWebhook+made.Pipelines[3].Webhook]["disabled"])
	require.Equal(t, []any{"core/C12"}, flow(8)["labels"])
	behind := 0
	for _, one := range made.Pipelines {
		behind += one.Newest - one.Version
	}
	require.Equal(t, 3, behind)
	require.NotContains(t, bodies, simulator.KindFlow+made.Lost)
	require.Contains(t, bodies[simulator.KindReportingWebhook+made.Stray]["endpoint"], made.Lost)
	feeds := func(flow string) bool {
		return slices.ContainsFunc(made.Pipelines, func(one clicked.Pipeline) bool { return one.Flow == flow })
	}
	require.False(t, feeds(made.Unfed.Flow) || feeds(made.Elsewhere))
}

// The limit of Customer.io is obeyed.
func TestItWaitsWhereItIsTold(t *testing.T) {
	t.Parallel()
	services, _ := sandbox(t, simulator.Options{RequestsPerSecond: 4}, 3)
	limited := slices.IndexFunc(services.Calls(), func(call simulator.Call) bool { return call.Status == http.StatusTooManyRequests })
	require.Positive(t, limited)
}

func TestWhatCannotBeMade(t *testing.T) {
	t.Parallel()
	services := simulator.New(simulator.Options{})
	server := httptest.NewServer(services)
	t.Cleanup(server.Close)
	fill := func(ctx context.Context, account clicked.Account, number int) error {
		_, err := clicked.Fill(ctx, http.DefaultClient, account, number)
		return err
	}
	good := account(server.URL)
	require.ErrorContains(t, fill(t.Context(), good, 0), "at least 1, got 0")
	wrong := good
	wrong.Sandbox = "nowhere"
	require.ErrorContains(t, fill(t.Context(), wrong, 1), "The sandbox nowhere is not found")
	services.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*/v1/*", Do: simulator.FaultAnswer, Status: http.StatusForbidden, Body: "not now"})
	require.ErrorContains(t, fill(t.Context(), good, 1), "reporting webhook Customer.io events: POST /v1/reporting_webhooks: 403 Forbidden: not now")
	over, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, fill(over, good, 1), context.Canceled)
}
