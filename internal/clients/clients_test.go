package clients_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

type client struct{ name string }

func TestServiceThatIsConfigured(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	service := clients.Optional[client]{Client: &client{"flow service"}}
	require.Same(t, service.Client, service.Use(&diags))
	require.Same(t, service.Client, service.UseForRead(&diags))
	require.Empty(t, diags)
}

func TestMissingSettingsAreNamed(t *testing.T) {
	t.Parallel()
	service := clients.Optional[client]{Missing: []string{"adobe.org_id (environment variable ADOBE_ORG_ID)", "adobe.client_id (environment variable ADOBE_CLIENT_ID)"}}
	for _, use := range []func(*diag.Diagnostics) *client{service.Use, service.UseForRead, service.UseForPlan} {
		var diags diag.Diagnostics
		require.Nil(t, use(&diags))
		require.Equal(t, 1, diags.ErrorsCount())
		for _, missing := range service.Missing {
			require.Contains(t, diags[0].Detail(), missing)
		}
	}
}

// A plan must not fail because a credential is about to be replaced; an apply needs it.
func TestUnknownSettings(t *testing.T) {
	t.Parallel()
	service := clients.Optional[client]{Unknown: []string{"adobe.client_secret"}, Missing: []string{"adobe.org_id"}}
	var onRead, onWrite diag.Diagnostics
	require.Nil(t, service.UseForRead(&onRead))
	require.False(t, onRead.HasError())
	require.Equal(t, 1, onRead.WarningsCount())
	require.Contains(t, onRead[0].Detail(), "adobe.client_secret")

	var onPlan diag.Diagnostics
	require.Nil(t, service.UseForPlan(&onPlan))
	require.Empty(t, onPlan)

	require.Nil(t, service.Use(&onWrite))
	require.Equal(t, 1, onWrite.ErrorsCount())
	require.Contains(t, onWrite[0].Detail(), "adobe.client_secret")
}

func TestServicesFrom(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	require.Nil(t, clients.From(nil, &diags), "as in a validation")
	require.Empty(t, diags)
	services := &clients.Set{}
	require.Same(t, services, clients.From(services, &diags))
	require.Empty(t, diags)
	clients.From("something else", &diags)
	require.True(t, diags.HasError())
}

func TestChanged(t *testing.T) {
	t.Parallel()
	null, text := types.StringNull(), types.StringValue
	require.Nil(t, attribute.Changed(text("a"), text("a")))
	require.Nil(t, attribute.Changed(null, null))
	require.Equal(t, objects.Text{From: "a", To: "b"}, *attribute.Changed(text("a"), text("b")))
	require.Equal(t, objects.Text{From: "a"}, *attribute.Changed(text("a"), null), "a text that is taken away is written as empty")
	require.Equal(t, objects.Text{To: "b"}, *attribute.Changed(null, text("b")))
}

func TestOptionalText(t *testing.T) {
	t.Parallel()
	require.True(t, attribute.TextOrNull("").IsNull())
	require.Equal(t, types.StringValue("d"), attribute.TextOrNull("d"))
}
