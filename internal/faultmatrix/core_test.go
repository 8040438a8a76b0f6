package faultmatrix_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
)

// core does with one resource what Terraform does, over the same protocol: refresh, plan, apply, taint. The matrix has too many
// cells for a Terraform of its own in each.
type core struct {
	t       *testing.T
	server  tfprotov6.ProviderServer
	schemas *tfprotov6.GetProviderSchemaResponse
}

// instance is a resource in a state.
type instance struct {
	// of is the type of the resource.
	of      string
	state   tftypes.Value
	private []byte
	tainted bool
}

func newInstance(typeName string) *instance { return &instance{of: typeName} }

func (i *instance) exists() bool { return !i.state.IsNull() && i.state.Type() != nil }

// schemasOf asks for the schemas once: they are the same in each of thousands of cells.
var schemasOf = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		return nil, err
	}
	return server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

func newCore(t *testing.T, config map[string]any) *core {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	require.NoError(t, err)
	schemas, err := schemasOf()
	require.NoError(t, err)
	c := &core{t: t, server: server, schemas: schemas}
	object := value(schemas.Provider.ValueType(), config)
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.11.4", Config: c.dynamic(object),
	})
	require.NoError(t, err)
	require.Empty(t, configured.Diagnostics)
	return c
}

func (c *core) dynamic(v tftypes.Value) *tfprotov6.DynamicValue {
	dynamic, err := tfprotov6.NewDynamicValue(v.Type(), v)
	require.NoError(c.t, err)
	return &dynamic
}

func (c *core) schema(i *instance) *tfprotov6.Schema { return c.schemas.ResourceSchemas[i.of] }

func (c *core) valueOf(i *instance, dynamic *tfprotov6.DynamicValue) tftypes.Value {
	v, err := dynamic.Unmarshal(c.schema(i).ValueType())
	require.NoError(c.t, err)
	return v
}

func (c *core) null(i *instance) tftypes.Value {
	return tftypes.NewValue(c.schema(i).ValueType(), nil)
}

// failure is the errors among diagnostics, as one text.
func failure(diagnostics []*tfprotov6.Diagnostic) error {
	var texts []string
	for _, one := range diagnostics {
		if one.Severity == tfprotov6.DiagnosticSeverityError {
			texts = append(texts, one.Summary+": "+one.Detail)
		}
	}
	if len(texts) == 0 {
		return nil
	}
	return fmt.Errorf("%s", strings.Join(texts, "\n"))
}

func (c *core) refresh(ctx context.Context, i *instance) error {
	read, err := c.server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: i.of, CurrentState: c.dynamic(i.state), Private: i.private})
	require.NoError(c.t, err)
	if err := failure(read.Diagnostics); err != nil {
		return err
	}
	i.state, i.private = c.valueOf(i, read.NewState), read.Private
	return nil
}

// converge is a refresh, a plan and an apply. Without a config it destroys.
func (c *core) converge(ctx context.Context, i *instance, config map[string]any) error {
	if i.exists() {
		if err := c.refresh(ctx, i); err != nil {
			return err
		}
	}
	if config == nil {
		return c.destroy(ctx, i)
	}
	if i.exists() && !i.tainted {
		planned, err := c.plan(ctx, i, i.state, config)
		if err != nil {
			return err
		}
		if len(planned.RequiresReplace) == 0 {
			if c.valueOf(i, planned.PlannedState).Equal(i.state) {
				return nil
			}
			return c.apply(ctx, i, i.state, config, planned)
		}
	}
	if err := c.destroy(ctx, i); err != nil {
		return err
	}
	planned, err := c.plan(ctx, i, c.null(i), config)
	if err != nil {
		return err
	}
	return c.apply(ctx, i, c.null(i), config, planned)
}

func (c *core) plan(ctx context.Context, i *instance, prior tftypes.Value, config map[string]any) (*tfprotov6.PlanResourceChangeResponse, error) {
	configured := value(c.schema(i).ValueType(), config)
	planned, err := c.server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: i.of, PriorState: c.dynamic(prior), Config: c.dynamic(configured),
		ProposedNewState: c.dynamic(c.proposed(i, prior, configured)), PriorPrivate: i.private,
	})
	require.NoError(c.t, err)
	return planned, failure(planned.Diagnostics)
}

// proposed is the configuration with what is computed taken from the state.
func (c *core) proposed(i *instance, prior, config tftypes.Value) tftypes.Value {
	var was, is map[string]tftypes.Value
	require.NoError(c.t, config.As(&is))
	if prior.IsNull() {
		return config
	}
	require.NoError(c.t, prior.As(&was))
	for _, attribute := range c.schema(i).Block.Attributes {
		if attribute.Computed && is[attribute.Name].IsNull() {
			is[attribute.Name] = was[attribute.Name]
		}
	}
	return tftypes.NewValue(config.Type(), is)
}

func (c *core) apply(ctx context.Context, i *instance, prior tftypes.Value, config map[string]any, planned *tfprotov6.PlanResourceChangeResponse) error {
	applied, err := c.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: i.of, PriorState: c.dynamic(prior), PlannedState: planned.PlannedState,
		Config: c.dynamic(value(c.schema(i).ValueType(), config)), PlannedPrivate: planned.PlannedPrivate,
	})
	require.NoError(c.t, err)
	i.state, i.private = c.valueOf(i, applied.NewState), applied.Private
	failed := failure(applied.Diagnostics)
	i.tainted = failed != nil && prior.IsNull() && i.exists()
	if failed == nil {
		require.True(c.t, i.state.IsFullyKnown(), "unknown after apply: %s", i.state)
	}
	return failed
}

func (c *core) destroy(ctx context.Context, i *instance) error {
	if !i.exists() {
		return nil
	}
	applied, err := c.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: i.of, PriorState: c.dynamic(i.state), PlannedState: c.dynamic(c.null(i)), Config: c.dynamic(c.null(i)), PlannedPrivate: i.private,
	})
	require.NoError(c.t, err)
	i.state, i.private = c.valueOf(i, applied.NewState), applied.Private
	if err := failure(applied.Diagnostics); err != nil {
		return err
	}
	require.False(c.t, i.exists())
	i.tainted = false
	return nil
}

func (c *core) importState(ctx context.Context, i *instance, id string) error {
	imported, err := c.server.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: i.of, ID: id})
	require.NoError(c.t, err)
	if err := failure(imported.Diagnostics); err != nil {
		return err
	}
	fresh := newInstance(i.of)
	fresh.state, fresh.private = c.valueOf(i, imported.ImportedResources[0].State), imported.ImportedResources[0].Private
	if err := c.refresh(ctx, fresh); err != nil {
		return err
	}
	if !fresh.exists() {
		return fmt.Errorf("there is nothing to import")
	}
	*i = *fresh
	return nil
}

func (c *core) readData(ctx context.Context, typeName string, config map[string]any) error {
	schema := c.schemas.DataSourceSchemas[typeName]
	read, err := c.server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: c.dynamic(value(schema.ValueType(), config))})
	require.NoError(c.t, err)
	return failure(read.Diagnostics)
}

// nothingToChange refreshes, and tells what a plan would change then; a taint would replace.
func (c *core) nothingToChange(ctx context.Context, i *instance, config map[string]any) error {
	if err := c.refresh(ctx, i); err != nil {
		return err
	}
	if !i.exists() {
		return fmt.Errorf("the object is not found")
	}
	planned, err := c.plan(ctx, i, i.state, config)
	if err != nil {
		return err
	}
	if after := c.valueOf(i, planned.PlannedState); !after.Equal(i.state) {
		return fmt.Errorf("the plan is not empty: %s would become %s", i.state, after)
	}
	return nil
}

func (i *instance) id() string {
	var attributes map[string]tftypes.Value
	var id string
	if i.state.As(&attributes) != nil || attributes["id"].As(&id) != nil {
		return ""
	}
	return id
}

// value makes a value of a type from what JSON could hold; members of objects that are not given are null.
func value(kind tftypes.Type, from any) tftypes.Value {
	if from == nil {
		return tftypes.NewValue(kind, nil)
	}
	switch kind := kind.(type) {
	case tftypes.Object:
		given, _ := from.(map[string]any)
		members := map[string]tftypes.Value{}
		for name, member := range kind.AttributeTypes {
			members[name] = value(member, given[name])
		}
		return tftypes.NewValue(kind, members)
	case tftypes.Map:
		members := map[string]tftypes.Value{}
		for name, member := range from.(map[string]any) {
			members[name] = value(kind.ElementType, member)
		}
		return tftypes.NewValue(kind, members)
	case tftypes.List:
		return tftypes.NewValue(kind, values(kind.ElementType, from))
	case tftypes.Set:
		return tftypes.NewValue(kind, values(kind.ElementType, from))
	}
	return tftypes.NewValue(kind, from)
}

func values(kind tftypes.Type, from any) []tftypes.Value {
	var elements []tftypes.Value
	for _, element := range from.([]any) {
		elements = append(elements, value(kind, element))
	}
	return elements
}

func encoded(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}
