package lookup_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

type weather struct {
	Place types.String `tfsdk:"place"`
	Sky   types.String `tfsdk:"sky"`
}

// forecast is a data source of a service that is a text.
func forecast(service clients.Optional[string], read func(context.Context, lookup.Call[string], *weather)) datasource.DataSource {
	return lookup.NewDataSource(lookup.DataSource[weather, string]{
		TypeName:            "forecast",
		MarkdownDescription: "The weather.",
		Attributes: map[string]schema.Attribute{
			"place": schema.StringAttribute{Optional: true},
			"sky":   attribute.ComputedText("The sky."),
		},
		Client: func(*clients.Set) clients.Optional[string] { return service },
		Read:   read,
	})
}

func answer(text string) clients.Optional[string] { return clients.Optional[string]{Client: &text} }

// configOf is a configuration with the given texts. All other attributes are null.
func configOf(t *testing.T, source datasource.DataSource, texts map[string]string) tfsdk.Config {
	t.Helper()
	var described datasource.SchemaResponse
	source.Schema(t.Context(), datasource.SchemaRequest{}, &described)
	require.Empty(t, described.Diagnostics)
	object := described.Schema.Type().TerraformType(t.Context()).(tftypes.Object)
	values := map[string]tftypes.Value{}
	for name, kind := range object.AttributeTypes {
		values[name] = tftypes.NewValue(kind, nil)
		if text, set := texts[name]; set {
			values[name] = tftypes.NewValue(kind, text)
		}
	}
	return tfsdk.Config{Schema: described.Schema, Raw: tftypes.NewValue(object, values)}
}

// read configures and reads a data source.
func read(t *testing.T, source datasource.DataSource, texts map[string]string) (tfsdk.State, diag.Diagnostics) {
	t.Helper()
	var configured datasource.ConfigureResponse
	source.(datasource.DataSourceWithConfigure).Configure(t.Context(), datasource.ConfigureRequest{ProviderData: &clients.Set{}}, &configured)
	require.Empty(t, configured.Diagnostics)
	config := configOf(t, source, texts)
	resp := datasource.ReadResponse{State: tfsdk.State{Schema: config.Schema, Raw: tftypes.NewValue(config.Raw.Type(), nil)}}
	source.Read(t.Context(), datasource.ReadRequest{Config: config}, &resp)
	return resp.State, resp.Diagnostics
}

func TestDataSourceCompletesTheConfiguration(t *testing.T) {
	t.Parallel()
	source := forecast(answer("clear"), func(_ context.Context, call lookup.Call[string], m *weather) {
		m.Sky = types.StringValue(*call.Client)
		call.Diagnostics.AddWarning("Changeable", "It may rain.")
	})
	state, diags := read(t, source, map[string]string{"place": "Oslo"})
	require.Equal(t, diag.Diagnostics{diag.NewWarningDiagnostic("Changeable", "It may rain.")}, diags)
	var saved weather
	require.Empty(t, state.Get(t.Context(), &saved))
	require.Equal(t, weather{Place: types.StringValue("Oslo"), Sky: types.StringValue("clear")}, saved)
}

func TestDataSourceSavesNothingAfterAnError(t *testing.T) {
	t.Parallel()
	source := forecast(answer("clear"), func(_ context.Context, call lookup.Call[string], m *weather) {
		m.Sky = types.StringValue(*call.Client)
		call.Diagnostics.AddError("Closed", "Nobody is there.")
	})
	state, diags := read(t, source, nil)
	require.Equal(t, diag.Diagnostics{diag.NewErrorDiagnostic("Closed", "Nobody is there.")}, diags)
	require.True(t, state.Raw.IsNull())
}

func TestDataSourceWithoutItsClient(t *testing.T) {
	t.Parallel()
	source := forecast(clients.Optional[string]{Missing: []string{"station"}}, func(context.Context, lookup.Call[string], *weather) {
		require.Fail(t, "there is no client to read with")
	})
	state, diags := read(t, source, nil)
	require.Len(t, diags, 1)
	require.Equal(t, "Provider configuration incomplete", diags[0].Summary())
	require.True(t, state.Raw.IsNull())
}

func TestDataSourceThatCallsNoService(t *testing.T) {
	t.Parallel()
	source := lookup.NewDataSource(lookup.DataSource[weather, any]{
		Attributes: map[string]schema.Attribute{"place": attribute.ComputedText("A place."), "sky": attribute.ComputedText("The sky.")},
		Read:       func(_ context.Context, _ lookup.Call[any], m *weather) { m.Sky = types.StringValue("grey") },
	})
	state, diags := read(t, source, nil)
	require.Empty(t, diags)
	var saved weather
	require.Empty(t, state.Get(t.Context(), &saved))
	require.Equal(t, "grey", saved.Sky.ValueString())
}

func TestDataSourceDescribesItself(t *testing.T) {
	t.Parallel()
	source := lookup.NewDataSource(lookup.DataSource[weather, any]{
		TypeName: "forecast", MarkdownDescription: "The weather.",
		Attributes: map[string]schema.Attribute{"sky": attribute.ComputedText("The sky.")},
		Timeouts:   func(context.Context) schema.Attribute { return attribute.ComputedText("How long to wait.") },
	})
	var metadata datasource.MetadataResponse
	source.Metadata(t.Context(), datasource.MetadataRequest{ProviderTypeName: "acme"}, &metadata)
	require.Equal(t, "acme_forecast", metadata.TypeName)
	var described datasource.SchemaResponse
	source.Schema(t.Context(), datasource.SchemaRequest{}, &described)
	require.Equal(t, schema.Schema{MarkdownDescription: "The weather.", Attributes: map[string]schema.Attribute{
		"sky": attribute.ComputedText("The sky."), "timeouts": attribute.ComputedText("How long to wait."),
	}}, described.Schema)
}
