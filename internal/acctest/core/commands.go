package core

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/stretchr/testify/require"
)

// ApplyWithoutRefresh is `terraform apply -refresh=false`.
func (c *Core) ApplyWithoutRefresh(ctx context.Context, i *Instance, config map[string]any) Diagnostics {
	planned, found := c.start(ctx).planAll(ctx, i, config)
	if found.Err() != nil {
		return found
	}
	return append(found, c.ApplyPlan(ctx, i, planned)...)
}

// Refresh is `terraform apply -refresh-only`.
func (c *Core) Refresh(ctx context.Context, i *Instance) Diagnostics {
	return c.start(ctx).refresh(ctx, i)
}

// mostAtOnce is Terraform's default parallelism.
const mostAtOnce = 10

// RefreshAll is `terraform plan -refresh-only` of many instances, which nothing refers to: all at once are asked for, up to [mostAtOnce] of them.
func (c *Core) RefreshAll(ctx context.Context, instances []*Instance) error {
	p := c.start(ctx)
	var group errgroup.Group
	group.SetLimit(mostAtOnce)
	for _, one := range instances {
		group.Go(func() error { return p.refresh(ctx, one).Err() })
	}
	return group.Wait()
}

// Import is `terraform import` for an instance without an object: terraform/node_resource_import.go. What the provider imports is
// refreshed, and has to exist.
func (c *Core) Import(ctx context.Context, i *Instance, id string) Diagnostics {
	return c.imports(ctx, i, &tfprotov6.ImportResourceStateRequest{TypeName: i.Type, ID: id})
}

// ImportByIdentity imports as an import block with an identity does.
func (c *Core) ImportByIdentity(ctx context.Context, i *Instance, attributes map[string]any) Diagnostics {
	identity := &tfprotov6.ResourceIdentityData{IdentityData: c.dynamic(Value(identityTypes()[i.Type], attributes))}
	return c.imports(ctx, i, &tfprotov6.ImportResourceStateRequest{TypeName: i.Type, Identity: identity})
}

func (c *Core) imports(ctx context.Context, i *Instance, request *tfprotov6.ImportResourceStateRequest) Diagnostics {
	p := c.start(ctx)
	imported, err := p.ImportResourceState(ctx, request)
	require.NoError(c.t, err)
	if found := Diagnostics(imported.Diagnostics); found.Err() != nil {
		return found
	}
	require.Len(c.t, imported.ImportedResources, 1)
	one := imported.ImportedResources[0]
	fresh := Instance{Type: i.Type, Object: Object{State: p.value(i.Type, one.State), Private: one.Private, Identity: one.Identity}}
	found := p.refresh(ctx, &fresh)
	switch {
	case found.Err() != nil:
		return found
	case !fresh.Exists():
		return Diagnostics{{
			Severity: tfprotov6.DiagnosticSeverityError, Summary: "Cannot import non-existent remote object", Detail: "The provider found no object with this ID.",
		}}
	}
	*i = fresh
	return found
}

// Read is a data source in `terraform plan`: node_resource_abstract_instance.go, readDataSource.
func (c *Core) Read(ctx context.Context, typeName string, config map[string]any) Diagnostics {
	p := c.start(ctx)
	if config == nil {
		config = map[string]any{} // a block without arguments is an object all the same
	}
	configured := p.dynamic(Value(c.schemas.DataSourceSchemas[typeName].ValueType(), config))
	validated, err := p.ValidateDataResourceConfig(ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: typeName, Config: configured})
	require.NoError(c.t, err)
	if found := Diagnostics(validated.Diagnostics); found.Err() != nil {
		return found
	}
	read, err := p.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: configured})
	require.NoError(c.t, err)
	return read.Diagnostics
}

// Open opens an ephemeral resource: terraform/node_resource_ephemeral.go, ephemeralResourceOpen.
func (c *Core) Open(ctx context.Context, typeName string, config map[string]any) Diagnostics {
	configured := c.dynamic(Value(c.schemas.EphemeralResourceSchemas[typeName].ValueType(), config))
	opened, err := c.start(ctx).OpenEphemeralResource(ctx, &tfprotov6.OpenEphemeralResourceRequest{TypeName: typeName, Config: configured})
	require.NoError(c.t, err)
	return opened.Diagnostics
}
