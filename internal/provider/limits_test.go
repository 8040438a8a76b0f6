package provider

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/ims"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

// The limits of Adobe's services are the organization's: what one sandbox is refused holds back the others too. Each service has its own.
func TestSandboxesShareTheLimitOfAService(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls.Add(1)
		w.Header().Set("Retry-After", "200")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	t.Cleanup(server.Close)
	given := map[string]attr.Value{}
	names := map[string]attr.Type{}
	for name, value := range map[string]string{
		"org_id": "0A1B2C3D4E5F60718293A4B5@AdobeOrg", "client_id": "c", "access_token": "t", "sandbox_name": "dev", "platform_url": server.URL,
	} {
		given[name], names[name] = types.StringValue(value), types.StringType
	}
	services, diags := &clients.Set{}, diag.Diagnostics{}
	shared := (&customerIOProvider{}).sharedConfig(configModel{}, "")
	shared.MaxRetries = 0
	adobe := &settings{block: "adobe", object: types.ObjectValueMust(names, given), diags: &diags}
	configureAdobe(services, adobe, shared, objects.NewRegister())
	require.Empty(t, diags)

	for number, ask := range []func(ctx context.Context, p clients.Platform) error{
		func(ctx context.Context, p clients.Platform) error {
			_, err := p.FlowService.Client.Flows.Once(ctx, "1", nil)
			return err
		},
		func(ctx context.Context, p clients.Platform) error {
			_, err := p.DataPrep.Client.MappingSets.Once(ctx, "1", nil)
			return err
		},
		func(ctx context.Context, p clients.Platform) error {
			_, err := p.SchemaRegistry.Client.FieldGroups.Once(ctx, "1", nil)
			return err
		},
		func(ctx context.Context, p clients.Platform) error {
			_, err := p.Catalog.Client.Datasets.Once(ctx, "1", nil)
			return err
		},
	} {
		require.Error(t, ask(t.Context(), services.Platform))
		require.EqualValues(t, number+1, calls.Load(), "it was sent and refused")
		for _, sandbox := range []string{"stage", "prod"} {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			require.ErrorContains(t, ask(ctx, services.ForSandbox(sandbox)), "too short to wait for the rate limit")
			cancel()
		}
		require.EqualValues(t, number+1, calls.Load(), "nothing was sent from the other sandboxes")
	}
}

// The tests use addresses of their own, so nothing else would notice a wrong one.
func TestAddressesOfAdobe(t *testing.T) {
	t.Parallel()
	require.Equal(t, "https://platform.adobe.io", defaultPlatformURL)
	require.Equal(t, "https://ims-na1.adobelogin.com", ims.DefaultURL)
}
