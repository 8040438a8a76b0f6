// Package core plays the part of Terraform Core against the provider, over the plugin protocol and within the test's process. Tests
// with thousands of cases use it, where a real Terraform would take too long. The calibration test of internal/faultmatrix plays
// some of the cases with a real Terraform too, and wants both to agree.
//
// Comments name the place of each rule in github.com/hashicorp/terraform/internal (1.12 and later, which carry identities).
//
// Left out is what no test of this project needs: the walk that only validates, the UpgradeResourceState with which Terraform reads its
// state file, create_before_destroy with its deposed objects, ignore_changes, deferral, provider_meta, moved and removed blocks,
// write-only paths among those that require replacement, and blocks and sets of objects in schemas, of which this provider has none.
package core

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
)

// Core is Terraform with one configuration of the provider.
type Core struct {
	t        testing.TB
	settings map[string]any
	schemas  *tfprotov6.GetProviderSchemaResponse
}

// New returns a Core whose provider has the given settings, written as in [Value].
func New(t testing.TB, settings map[string]any) *Core {
	t.Helper()
	schemas, err := schemas()
	require.NoError(t, err)
	return &Core{t: t, settings: settings, schemas: schemas}
}

// schemas asks for the schemas once. They are the same for all tests.
var schemas = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	return provider.NewServer("test")().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

// Instance is what the state has of one resource.
type Instance struct {
	// Type is that of the resource.
	Type string
	// Object is empty while there is none.
	Object
	// Tainted is whether the next apply replaces the object.
	Tainted bool
}

// Object is one object in the state.
type Object struct {
	State    tftypes.Value
	Private  []byte
	Identity *tfprotov6.ResourceIdentityData
}

// Exists tells whether there is an object.
func (o Object) Exists() bool { return o.State.Type() != nil && !o.State.IsNull() }

// Diagnostics are what a command of Terraform reports.
type Diagnostics []*tfprotov6.Diagnostic

// Err is the errors among the diagnostics as one, nil if there are none.
func (d Diagnostics) Err() error {
	var texts []string
	for _, one := range d {
		if one.Severity == tfprotov6.DiagnosticSeverityError {
			texts = append(texts, one.Summary+": "+one.Detail)
		}
	}
	if len(texts) == 0 {
		return nil
	}
	return fmt.Errorf("%s", strings.Join(texts, "\n"))
}

// process is one run of the provider.
type process struct {
	*Core
	tfprotov6.ProviderServer
}

// start runs the provider and configures it. Terraform does so anew for each walk of its graph that calls the provider, such as plan
// and apply: terraform/node_provider.go, ConfigureProvider.
func (c *Core) start(ctx context.Context) *process {
	c.t.Helper()
	server := provider.NewServer("test")()
	config := c.dynamic(Value(c.schemas.Provider.ValueType(), c.settings))
	configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.14.0", Config: config})
	require.NoError(c.t, err)
	require.Empty(c.t, configured.Diagnostics)
	return &process{Core: c, ProviderServer: server}
}

// Apply is `terraform apply`. A nil config stands for a configuration without the resource.
func (c *Core) Apply(ctx context.Context, i *Instance, config map[string]any) Diagnostics {
	planned, found := c.Plan(ctx, i, config)
	if found.Err() != nil {
		return found
	}
	return append(found, c.ApplyPlan(ctx, i, planned)...)
}

// ApplyPlan is `terraform apply` with a saved plan.
func (c *Core) ApplyPlan(ctx context.Context, i *Instance, planned *Change) Diagnostics {
	if planned.Action == NoOp {
		return nil
	}
	return c.start(ctx).apply(ctx, i, planned)
}

// Action is what a plan does with an object.
type Action string

// The actions of plans/action.go that are played here.
const (
	NoOp    Action = "no-op"
	Create  Action = "create"
	Update  Action = "update"
	Replace Action = "replace" // DeleteThenCreate there
	Delete  Action = "delete"
)

// Change is what a plan holds of one resource.
type Change struct {
	Action Action
	// After is the planned state.
	After    tftypes.Value
	private  []byte
	identity *tfprotov6.ResourceIdentityData
	config   tftypes.Value
}

// Plan is `terraform plan`. It refreshes the instance. The refresh's diagnostics come first, and an error among them is the end:
// terraform/node_resource_plan_instance.go, managedResourceExecute.
func (c *Core) Plan(ctx context.Context, i *Instance, config map[string]any) (*Change, Diagnostics) {
	p := c.start(ctx)
	var found Diagnostics
	if i.Exists() {
		if found = p.refresh(ctx, i); found.Err() != nil {
			return nil, found
		}
	}
	change, more := p.planAll(ctx, i, config)
	return change, append(found, more...)
}

// planAll plans what the state has against a configuration.
func (p *process) planAll(ctx context.Context, i *Instance, config map[string]any) (*Change, Diagnostics) {
	configured := Value(p.schema(i.Type).ValueType(), config)
	switch {
	case config != nil:
		found := p.validate(ctx, i.Type, configured)
		if found.Err() != nil {
			return nil, found
		}
		change, more := p.plan(ctx, i, configured)
		return change, append(found, more...)
	case !i.Exists():
		return &Change{Action: NoOp}, nil
	}
	// terraform/node_resource_abstract_instance.go, planDestroy
	change, found := p.ask(ctx, i.Type, i.Object, configured)
	if found.Err() == nil {
		require.True(p.t, change.After.IsNull(), "the provider planned an object for a destroy")
		change.Action = Delete
	}
	return change, found
}

// refresh is node_resource_abstract_instance.go, refresh: an error leaves the state as it was, and null takes the object out.
func (p *process) refresh(ctx context.Context, i *Instance) Diagnostics {
	read, err := p.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: i.Type, CurrentState: p.dynamic(i.State), Private: i.Private, CurrentIdentity: i.Identity,
	})
	require.NoError(p.t, err)
	if found := Diagnostics(read.Diagnostics); found.Err() != nil {
		return found
	}
	i.Object = Object{State: p.value(i.Type, read.NewState), Private: read.Private, Identity: read.NewIdentity}
	require.True(p.t, i.State.IsFullyKnown(), "unknown after a refresh: %s", i.State)
	i.Tainted = i.Tainted && i.Exists()
	return read.Diagnostics
}

// validate is the first step of node_resource_abstract_instance.go, plan. Terraform repeats it whenever it plans, which says nothing new
// here, where configurations are known from the start.
func (p *process) validate(ctx context.Context, typeName string, config tftypes.Value) Diagnostics {
	validated, err := p.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: typeName, Config: p.dynamic(config)})
	require.NoError(p.t, err)
	return validated.Diagnostics
}

// plan is the rest of it. A tainted object counts as none, and makes a replacement of the create. Where
// changes require replacement, the provider plans once more, as if there were no object.
func (p *process) plan(ctx context.Context, i *Instance, config tftypes.Value) (*Change, Diagnostics) {
	prior := i.Object
	if i.Tainted || !i.Exists() {
		prior = Object{State: p.null(i.Type)}
	}
	change, found := p.ask(ctx, i.Type, prior, config)
	if found.Err() == nil && change.Action == Replace {
		absent := Object{State: p.null(i.Type), Private: change.private, Identity: change.identity}
		again, more := p.ask(ctx, i.Type, absent, config)
		if change = again; more.Err() != nil { // warnings are likely to be those of the first plan
			found = append(found, more...)
		}
	}
	if found.Err() == nil && change.Action == Create && i.Exists() {
		change.Action = Replace
	}
	return change, found
}

// ask asks the provider for a plan, and names the action as node_resource_abstract_instance.go does, getAction: equal is none, and
// replacement is for paths whose values do change (getRequiredReplaces).
func (p *process) ask(ctx context.Context, typeName string, prior Object, config tftypes.Value) (*Change, Diagnostics) {
	proposed := proposedNew(p.schema(typeName).Block.Attributes, prior.State, config)
	planned, err := p.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: typeName, PriorState: p.dynamic(prior.State), Config: p.dynamic(config), ProposedNewState: p.dynamic(proposed),
		PriorPrivate: prior.Private, PriorIdentity: prior.Identity,
	})
	require.NoError(p.t, err)
	if found := Diagnostics(planned.Diagnostics); found.Err() != nil {
		return nil, found
	}
	change := &Change{
		Action: Update, After: p.value(typeName, planned.PlannedState), private: planned.PlannedPrivate, identity: planned.PlannedIdentity, config: config,
	}
	switch {
	case prior.State.IsNull():
		change.Action = Create
	case differ(prior.State, change.After, planned.RequiresReplace):
		change.Action = Replace
	case change.After.Equal(prior.State):
		change.Action = NoOp
	}
	return change, planned.Diagnostics
}

// apply deletes and creates in two steps where it replaces. What is not deleted is planned again first:
// terraform/node_resource_destroy.go, terraform/node_resource_apply_instance.go, managedResourceExecute and checkPlannedChange.
func (p *process) apply(ctx context.Context, i *Instance, change *Change) Diagnostics {
	var found Diagnostics
	if change.Action == Delete || change.Action == Replace {
		destroy := &Change{Action: Delete, After: p.null(i.Type), config: p.null(i.Type), private: change.private}
		if change.Action == Delete {
			destroy.identity = change.identity
		}
		if found = p.carryOut(ctx, i, destroy); found.Err() != nil || change.Action == Delete {
			return found
		}
	}
	again, more := p.plan(ctx, i, change.config)
	if found = append(found, more...); found.Err() != nil {
		return found
	}
	require.True(p.t, again.Action == change.Action || again.Action == Create && change.Action == Replace, "planned %s, then %s", change.Action, again.Action)
	require.NoError(p.t, compatible(change.After, again.After), "inconsistent final plan")
	return append(found, p.carryOut(ctx, i, again)...)
}

// carryOut is node_resource_abstract_instance.go, apply. The provider's answer goes into the state even after an error, only null
// does not: then the state stays. A create that fails with an object taints it (node_resource_apply_instance.go,
// taintInstanceState). Other failures leave the taint as it is, and success ends it.
func (p *process) carryOut(ctx context.Context, i *Instance, change *Change) Diagnostics {
	prior := i.State
	if !i.Exists() {
		prior = p.null(i.Type)
	}
	applied, err := p.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: i.Type, PriorState: p.dynamic(prior), PlannedState: p.dynamic(change.After), Config: p.dynamic(change.config),
		PlannedPrivate: change.private, PlannedIdentity: change.identity,
	})
	require.NoError(p.t, err)
	found := Diagnostics(applied.Diagnostics)
	after := Object{State: p.value(i.Type, applied.NewState), Private: applied.Private, Identity: applied.NewIdentity}
	if found.Err() != nil {
		if after.Exists() {
			i.Object, i.Tainted = after, i.Tainted || change.Action == Create
		}
		return found
	}
	require.True(p.t, after.State.IsFullyKnown(), "unknown after apply: %s", after.State)
	require.NoError(p.t, compatible(change.After, after.State), "inconsistent result after apply")
	i.Object, i.Tainted = after, false
	return found
}
