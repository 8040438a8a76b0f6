package baseconnection

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

func TestWhatIsSent(t *testing.T) {
	t.Parallel()
	planned := model{
		Name: types.StringValue("Account"), Description: types.StringValue("Of the shop"), ProviderID: types.StringValue(flowservice.StreamingProvider),
		ConnectionSpec: &attribute.SpecModel{ID: types.StringValue("bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"), Version: types.StringValue("1.0")},
		Auth:           &authModel{SpecName: types.StringValue("Streaming Connection")},
	}
	want := flowservice.BaseConnection{
		Name: "Account", Description: "Of the shop", ProviderID: flowservice.StreamingProvider,
		ConnectionSpec: flowservice.SpecRef{ID: "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb", Version: "1.0"},
		Auth:           &flowservice.Auth{SpecName: "Streaming Connection", Params: json.RawMessage(`{"dataType":"xdm"}`)},
	}
	require.Equal(t, want, planned.toAPI(json.RawMessage(`{"dataType":"xdm"}`)))

	planned.Auth, want.Auth = nil, nil
	require.Equal(t, want, planned.toAPI(nil))
}

// The service returns only some of the params, so those of the state stay.
func TestAuthThatIsRead(t *testing.T) {
	t.Parallel()
	secret := types.StringValue(`{"clientSecret":"s-1"}`)
	for name, test := range map[string]struct {
		known *authModel
		held  *flowservice.Auth
		want  *authModel
	}{
		"none":            {nil, nil, nil},
		"an empty one":    {nil, &flowservice.Auth{}, nil},
		"not told":        {&authModel{SpecName: types.StringValue("Basic"), Params: secret}, nil, &authModel{SpecName: types.StringValue("Basic"), Params: secret}},
		"imported":        {nil, &flowservice.Auth{SpecName: "Basic", Params: json.RawMessage(`{"user":"u"}`)}, &authModel{SpecName: types.StringValue("Basic")}},
		"params are kept": {&authModel{SpecName: types.StringValue("Basic"), Params: secret}, &flowservice.Auth{SpecName: "Basic", Params: json.RawMessage(`{}`)}, &authModel{SpecName: types.StringValue("Basic"), Params: secret}},
		"version is kept": {&authModel{SpecName: types.StringValue("Basic"), ParamsWOVersion: types.Int64Value(2)}, &flowservice.Auth{SpecName: "Basic"}, &authModel{SpecName: types.StringValue("Basic"), ParamsWOVersion: types.Int64Value(2)}},
		"another one":     {&authModel{SpecName: types.StringValue("Basic"), Params: secret}, &flowservice.Auth{SpecName: "OAuth"}, &authModel{SpecName: types.StringValue("OAuth"), Params: secret}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			read := model{Auth: test.known, ProviderID: types.StringValue(flowservice.StreamingProvider)}
			read.fromAPI(&flowservice.BaseConnection{Name: "Account", Auth: test.held})
			require.Equal(t, test.want, read.Auth)
			require.True(t, read.Description.IsNull())
			require.Equal(t, flowservice.StreamingProvider, read.ProviderID.ValueString(), "the service does not return it")
		})
	}
}

func TestWhenParamsAreSentAgain(t *testing.T) {
	t.Parallel()
	kept := func(params string) model { return model{Auth: &authModel{Params: types.StringValue(params)}} }
	writeOnly := func(version int64) model { return model{Auth: &authModel{ParamsWOVersion: types.Int64Value(version)}} }
	for name, test := range map[string]struct {
		state, plan model
		want        bool
	}{
		"same params":       {kept("{}"), kept("{}"), false},
		"other params":      {kept("{}"), kept(`{"a":1}`), true},
		"same version":      {writeOnly(1), writeOnly(1), false},
		"raised version":    {writeOnly(1), writeOnly(2), true},
		"to write-only":     {kept("{}"), writeOnly(1), true},
		"no longer":         {writeOnly(1), kept("{}"), true},
		"auth is added":     {model{}, kept("{}"), false},
		"auth is taken off": {kept("{}"), model{}, false},
	} {
		require.Equal(t, test.want, test.plan.paramsDifferFrom(&test.state), name)
	}
}
