package acctest

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// Protocol calls the provider as Terraform does, for what the commands of an older Terraform do not show: identities, which only 1.12
// and later store, and deletes without a refresh.
type Protocol struct {
	t        *testing.T
	server   tfprotov6.ProviderServer
	typeName string
	// object is the type of the resource's values.
	object tftypes.Type
}

// NewProtocol configures a provider for the world, without retries. Its calls are about resources of one type.
func NewProtocol(t *testing.T, world *World, typeName string) Protocol {
	t.Helper()
	server, err := Factories[provider.TypeName]()
	require.NoError(t, err)
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	require.NoError(t, err)
	p := Protocol{t: t, server: server, typeName: typeName, object: schemas.ResourceSchemas[typeName].ValueType()}
	settings := objectOf(schemas.Provider.ValueType(), map[string]any{
		"adobe": map[string]any{
			"org_id": simulator.DefaultOrgID, "client_id": simulator.DefaultClientID, "client_secret": simulator.DefaultClientSecret,
			"sandbox_name": simulator.DefaultSandbox, "platform_url": world.URL, "ims_url": world.URL,
		},
		"customerio":  map[string]any{"app_api_key": simulator.DefaultAppAPIKey, "base_url": world.URL},
		"max_retries": 0,
	})
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: p.dynamic(settings)})
	require.NoError(t, err)
	require.Empty(t, configured.Diagnostics)
	return p
}

// Import imports by an ID or, where that is empty, by an identity, and reads the resource.
func (p Protocol) Import(id, identity string) tftypes.Value {
	p.t.Helper()
	request := &tfprotov6.ImportResourceStateRequest{TypeName: p.typeName, ID: id}
	if id == "" {
		request.Identity = p.identity(identity)
	}
	imported, err := p.server.ImportResourceState(p.t.Context(), request)
	require.NoError(p.t, err)
	require.Empty(p.t, imported.Diagnostics)
	require.Len(p.t, imported.ImportedResources, 1)
	one := imported.ImportedResources[0]
	state, known := p.read(one.State, one.Private, one.Identity)
	require.Equal(p.t, id+identity, known)
	return state
}

// Read reads a resource. It is null if its object is gone.
func (p Protocol) Read(state tftypes.Value, identity string) tftypes.Value {
	p.t.Helper()
	read, _ := p.read(p.dynamic(state), nil, p.identity(identity))
	return read
}

func (p Protocol) read(state *tfprotov6.DynamicValue, private []byte, identity *tfprotov6.ResourceIdentityData) (tftypes.Value, string) {
	p.t.Helper()
	read, err := p.server.ReadResource(p.t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: p.typeName, CurrentState: state, Private: private, CurrentIdentity: identity,
	})
	require.NoError(p.t, err)
	require.Empty(p.t, read.Diagnostics)
	return p.value(read.NewState), p.idIn(read.NewIdentity)
}

// Create plans and creates a resource. It returns its state, the ID in its identity, and the diagnostics as one text.
func (p Protocol) Create(arguments map[string]any) (state tftypes.Value, identity, failure string) {
	p.t.Helper()
	config, none := p.dynamic(objectOf(p.object, arguments)), p.dynamic(p.null())
	planned, err := p.server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: p.typeName, PriorState: none, ProposedNewState: config, Config: config,
	})
	require.NoError(p.t, err)
	require.Empty(p.t, planned.Diagnostics)
	applied, err := p.server.ApplyResourceChange(p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: p.typeName, PriorState: none, PlannedState: planned.PlannedState, Config: config, PlannedPrivate: planned.PlannedPrivate,
	})
	require.NoError(p.t, err)
	return p.value(applied.NewState), p.idIn(applied.NewIdentity), told(applied.Diagnostics)
}

// Delete deletes a resource without reading it first, and returns the diagnostics as one text.
func (p Protocol) Delete(state tftypes.Value) string {
	p.t.Helper()
	none := p.dynamic(p.null())
	applied, err := p.server.ApplyResourceChange(p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: p.typeName, PriorState: p.dynamic(state), PlannedState: none, Config: none,
	})
	require.NoError(p.t, err)
	return told(applied.Diagnostics)
}

func told(diagnostics []*tfprotov6.Diagnostic) string {
	var texts []string
	for _, one := range diagnostics {
		texts = append(texts, one.Summary+": "+one.Detail)
	}
	return strings.Join(texts, "\n")
}

func (p Protocol) null() tftypes.Value { return tftypes.NewValue(p.object, nil) }

func (p Protocol) value(dynamic *tfprotov6.DynamicValue) tftypes.Value {
	p.t.Helper()
	value, err := dynamic.Unmarshal(p.object)
	require.NoError(p.t, err)
	return value
}

func (p Protocol) dynamic(value tftypes.Value) *tfprotov6.DynamicValue {
	p.t.Helper()
	dynamic, err := tfprotov6.NewDynamicValue(value.Type(), value)
	require.NoError(p.t, err)
	return &dynamic
}

// identityType is that of every resource.
var identityType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String}}

func (p Protocol) identity(id string) *tfprotov6.ResourceIdentityData {
	p.t.Helper()
	return &tfprotov6.ResourceIdentityData{IdentityData: p.dynamic(objectOf(identityType, map[string]any{"id": id}))}
}

func (p Protocol) idIn(identity *tfprotov6.ResourceIdentityData) string {
	p.t.Helper()
	require.NotNil(p.t, identity)
	value, err := identity.IdentityData.Unmarshal(identityType)
	require.NoError(p.t, err)
	return TextIn(p.t, value, "id")
}

// TextIn is a text attribute of a resource, "" if it is null.
func TextIn(t *testing.T, object tftypes.Value, attribute string) string {
	t.Helper()
	var attributes map[string]tftypes.Value
	require.NoError(t, object.As(&attributes))
	var text *string
	require.NoError(t, attributes[attribute].As(&text))
	if text == nil {
		return ""
	}
	return *text
}

// objectOf is an object of a type with the given members, which are texts, numbers or objects. The others are null.
func objectOf(kind tftypes.Type, given map[string]any) tftypes.Value {
	members := map[string]tftypes.Value{}
	for name, member := range kind.(tftypes.Object).AttributeTypes {
		if object, is := given[name].(map[string]any); is {
			members[name] = objectOf(member, object)
			continue
		}
		members[name] = tftypes.NewValue(member, given[name])
	}
	return tftypes.NewValue(kind, members)
}
