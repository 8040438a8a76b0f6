package diagnostics_test

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
)

// plugin is one run of the provider behind its protocol, as Terraform starts one for each plan and each apply.
type plugin struct {
	t       *testing.T
	server  tfprotov6.ProviderServer
	schemas *tfprotov6.GetProviderSchemaResponse
}

// attributes are what a configuration sets; the others are null.
type attributes = map[string]any

func startPlugin(t *testing.T, settings attributes) *plugin {
	t.Helper()
	server := providerserver.NewProtocol6(provider.New("test")())()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	require.NoError(t, err)
	config := dynamic(t, valueOf(schemas.Provider.ValueType(), settings))
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.14.0", Config: config})
	require.NoError(t, err)
	require.Empty(t, configured.Diagnostics)
	return &plugin{t: t, server: server, schemas: schemas}
}

// change applies what a configuration asks for: a create where prior is null, a delete where config is nil.
func (p *plugin) change(resource string, prior tftypes.Value, config attributes) (tftypes.Value, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	of := p.schemas.ResourceSchemas[resource].ValueType()
	configured, proposed := tftypes.NewValue(of, nil), tftypes.NewValue(of, nil)
	if config != nil {
		configured, proposed = valueOf(of, config), valueOf(of, p.proposed(of, prior, config))
	}
	planned, err := p.server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: resource, PriorState: dynamic(p.t, prior), ProposedNewState: dynamic(p.t, proposed), Config: dynamic(p.t, configured),
	})
	require.NoError(p.t, err)
	if len(planned.Diagnostics) > 0 {
		return prior, planned.Diagnostics
	}
	applied, err := p.server.ApplyResourceChange(p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: resource, PriorState: dynamic(p.t, prior), PlannedState: planned.PlannedState, Config: dynamic(p.t, configured),
		PlannedPrivate: planned.PlannedPrivate, PlannedIdentity: planned.PlannedIdentity,
	})
	require.NoError(p.t, err)
	state, err := applied.NewState.Unmarshal(of)
	require.NoError(p.t, err)
	return state, applied.Diagnostics
}

// proposed is the prior state with what the configuration sets, as Terraform proposes it.
func (p *plugin) proposed(of tftypes.Type, prior tftypes.Value, config attributes) attributes {
	p.t.Helper()
	if prior.IsNull() {
		return config
	}
	var members map[string]tftypes.Value
	require.NoError(p.t, prior.As(&members))
	proposed := attributes{}
	for name, member := range members {
		proposed[name] = member
	}
	maps.Copy(proposed, config)
	return proposed
}

func (p *plugin) null(resource string) tftypes.Value {
	return tftypes.NewValue(p.schemas.ResourceSchemas[resource].ValueType(), nil)
}

func (p *plugin) read(resource string, state tftypes.Value) []*tfprotov6.Diagnostic {
	p.t.Helper()
	answer, err := p.server.ReadResource(p.t.Context(), &tfprotov6.ReadResourceRequest{TypeName: resource, CurrentState: dynamic(p.t, state)})
	require.NoError(p.t, err)
	return answer.Diagnostics
}

func (p *plugin) readData(source string, config attributes) []*tfprotov6.Diagnostic {
	p.t.Helper()
	value := valueOf(p.schemas.DataSourceSchemas[source].ValueType(), config)
	answer, err := p.server.ReadDataSource(p.t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: source, Config: dynamic(p.t, value)})
	require.NoError(p.t, err)
	return answer.Diagnostics
}

func (p *plugin) open(ephemeral string) []*tfprotov6.Diagnostic {
	p.t.Helper()
	value := valueOf(p.schemas.EphemeralResourceSchemas[ephemeral].ValueType(), attributes{})
	request := &tfprotov6.OpenEphemeralResourceRequest{TypeName: ephemeral, Config: dynamic(p.t, value)}
	answer, err := p.server.OpenEphemeralResource(p.t.Context(), request)
	require.NoError(p.t, err)
	return answer.Diagnostics
}

func dynamic(t *testing.T, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(value.Type(), value)
	require.NoError(t, err)
	return &encoded
}

// valueOf makes a value of a type; members of an object that are not given are null.
func valueOf(of tftypes.Type, given any) tftypes.Value {
	switch given := given.(type) {
	case nil:
		return tftypes.NewValue(of, nil)
	case tftypes.Value:
		return given
	case attributes:
		return tftypes.NewValue(of, membersOf(of, given))
	case []string:
		elements := make([]tftypes.Value, 0, len(given))
		for _, element := range given {
			elements = append(elements, tftypes.NewValue(tftypes.String, element))
		}
		return tftypes.NewValue(of, elements)
	}
	return tftypes.NewValue(of, given)
}

func membersOf(of tftypes.Type, given attributes) map[string]tftypes.Value {
	members := map[string]tftypes.Value{}
	switch of := of.(type) {
	case tftypes.Object:
		for name, member := range of.AttributeTypes {
			members[name] = valueOf(member, given[name])
		}
	case tftypes.Map:
		for name, member := range given {
			members[name] = valueOf(of.ElementType, member)
		}
	}
	return members
}

// text is a string attribute of a state.
func text(t *testing.T, state tftypes.Value, name string) string {
	t.Helper()
	var members map[string]tftypes.Value
	require.NoError(t, state.As(&members))
	var found string
	require.NoError(t, members[name].As(&found))
	return found
}
