package sourceconnection

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// full is a connection as the service answers it.
func full() flowservice.SourceConnection {
	return flowservice.SourceConnection{
		ID: "b85b895f-a289-42e9-8fe1-ae448ccc7e53", Name: "Shop", Description: "Orders",
		ConnectionSpec:   flowservice.SpecRef{ID: flowservice.CustomerIOConnectionSpec, Version: "1.0"},
		BaseConnectionID: "fd9f7455-1e23-4831-9283-7717e20bee40",
		Data:             flowservice.SourceData{Format: "json"},
	}
}

func TestWhatIsReadIsWhatWouldBeSent(t *testing.T) {
	t.Parallel()
	var read model
	answer := full()
	read.fromAPI(&answer)
	want := full()
	want.ID = "" // the service assigns it
	want.ProviderID = flowservice.StreamingProvider
	require.Equal(t, want, read.toAPI())
}

// What an answer leaves out is not told, so it is as it is known.
func TestTextsThatAreAbsentAreKept(t *testing.T) {
	t.Parallel()
	read := model{attributes: attributes{
		Description: types.StringValue("Orders"), BaseConnectionID: types.StringValue("fd9f7455-1e23-4831-9283-7717e20bee40"),
	}}
	read.fromAPI(&flowservice.SourceConnection{Name: "Shop"})
	require.Equal(t, "Orders", read.Description.ValueString())
	require.Equal(t, "fd9f7455-1e23-4831-9283-7717e20bee40", read.BaseConnectionID.ValueString())
	require.Equal(t, "json", read.Format.ValueString(), "an answer without data")
}

func TestProviderIsKeptSinceTheServiceDoesNotReturnIt(t *testing.T) {
	t.Parallel()
	answer := full()
	read := model{ProviderID: types.StringValue("0ed90a81-07f4-4586-8190-b40eccef1c5a")}
	read.fromAPI(&answer)
	require.Equal(t, "0ed90a81-07f4-4586-8190-b40eccef1c5a", read.ProviderID.ValueString())
}

func TestOnlyConfiguredParamsAreCompared(t *testing.T) {
	t.Parallel()
	null := jsontypes.NewNormalizedNull()
	for name, test := range map[string]struct {
		configured jsontypes.Normalized
		held       string
		want       jsontypes.Normalized
	}{
		"none configured, some held":  {null, `{"columns":[]}`, null},
		"none configured, none held":  {null, "", null},
		"the service adds members":    {jsontypes.NewNormalizedValue(`{"path":"a"}`), `{"columns":[],"path":"a"}`, jsontypes.NewNormalizedValue(`{"path":"a"}`)},
		"another value":               {jsontypes.NewNormalizedValue(`{"path":"a"}`), `{"path":{"x":1}}`, jsontypes.NewNormalizedValue(`{"path":{"x":1}}`)},
		"a number in other digits":    {jsontypes.NewNormalizedValue(`{"ratio": 1.0}`), `{"columns":[],"ratio":1}`, jsontypes.NewNormalizedValue(`{"ratio": 1.0}`)},
		"another number":              {jsontypes.NewNormalizedValue(`{"ratio": 1.0}`), `{"ratio":10}`, jsontypes.NewNormalizedValue(`{"ratio":10}`)},
		"a member that is not told":   {jsontypes.NewNormalizedValue(`{"a":1,"b":2}`), `{"b":3}`, jsontypes.NewNormalizedValue(`{"a":1,"b":3}`)},
		"no params are told":          {jsontypes.NewNormalizedValue(`{"a":9007199254740993}`), "null", jsontypes.NewNormalizedValue(`{"a":9007199254740993}`)},
		"a big number":                {jsontypes.NewNormalizedValue(`{"a":1}`), `{"a":9007199254740993}`, jsontypes.NewNormalizedValue(`{"a":9007199254740993}`)},
		"an empty object, configured": {jsontypes.NewNormalizedValue(`{}`), `{"columns":[]}`, jsontypes.NewNormalizedValue(`{}`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answer := full()
			answer.Params = json.RawMessage(test.held)
			read := model{attributes: attributes{Params: test.configured}}
			read.fromAPI(&answer)
			require.Equal(t, test.want, read.Params)
		})
	}
}

func TestParamsAreSentAsTheyAre(t *testing.T) {
	t.Parallel()
	configured := model{attributes: attributes{ConnectionSpec: &attribute.SpecModel{}, Params: jsontypes.NewNormalizedValue(`{"id": 9007199254740993}`)}}
	require.JSONEq(t, `{"id": 9007199254740993}`, string(configured.toAPI().Params))
	configured.Params = jsontypes.NewNormalizedNull()
	require.Nil(t, configured.toAPI().Params)
}
