// Package managed owns the life of a resource: configuration, identity, timeouts, create with an unknown outcome, refresh, import,
// error reports, and the order in which state is saved. A resource declares what it is and how its service is called.
package managed

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

// Resource declares one kind of object. M is its model, which embeds [Base], and C is the client of its service.
type Resource[M, C any] struct {
	// TypeName comes without the provider's prefix: "source_connection".
	TypeName string
	// Object is what messages call it: "source connection".
	Object string
	// ID describes the ID that the service assigns, and IDForm is the form that an import accepts.
	ID     string
	IDForm validator.String
	// Schema is everything but the attributes of [Base], which the engine adds.
	Schema func() schema.Schema
	Waits  Waits
	// Client chooses the client of the service.
	Client func(*clients.Set) clients.Optional[C]
	// Name is what the user knows the object by.
	Name func(*M) types.String

	// Create creates what is planned and completes the plan with what the service assigned. The plan becomes the state. A create of
	// several steps calls [Call.Save] after each, so that what exists is in the state when a later step fails.
	Create func(ctx context.Context, call Call[C], plan *M) error
	// FindCreated looks for what a create with an unknown outcome created in that window. It completes the state with the ID, or
	// leaves the ID null where there is nothing so far.
	FindCreated func(ctx context.Context, call Call[C], state *M, window objects.Window) error
	// Read brings the state up to date. An error for which [transport.IsNotFound] holds removes the object from the state, unless it
	// is a [PartError].
	Read func(ctx context.Context, call Call[C], state *M) error
	// Update changes the object from state to plan, and completes the plan. Where it fails, the state says what was reached: an
	// update of several steps brings it up to date after each.
	Update func(ctx context.Context, call Call[C], state, plan *M) error
	// Delete returns once the object is gone, or was gone already.
	Delete func(ctx context.Context, call Call[C], state *M) error

	// What follows may be nil.

	// Upgrades are what became of the attributes in a state since the first release, oldest first. Each one begins a new version of the state.
	Upgrades []Upgrade
	// Identity is for an object that may be in the state before it has an ID.
	Identity func(*M) types.String
	// Secrets are those that the state holds, in any JSON form. A service may quote them in an error.
	Secrets        func(*M) any
	ModifyPlan     func(ctx context.Context, change Change[M])
	ValidateConfig func(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse)
}

// model is a pointer to a model.
type model[M any] interface {
	*M
	base() *Base
}

// managed is a Resource as the framework wants it.
type managed[M, C any, P model[M]] struct {
	Resource[M, C]
	clients *clients.Set
}

// New makes a resource of what declares it.
func New[M, C any, P model[M]](declared Resource[M, C]) resource.Resource {
	return &managed[M, C, P]{Resource: declared}
}

func (r *managed[M, C, P]) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.TypeName
	resp.ResourceBehavior.MutableIdentity = true // a pending resource gets the ID of its object once that is found
}

func (r *managed[M, C, P]) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.Resource.Schema()
	resp.Schema.Version = r.stateVersion()
	addBase(ctx, resp.Schema.Attributes, r.ID, r.Waits)
	if r.hasSandbox() {
		resp.Schema.Attributes[attribute.SandboxName] = attribute.SandboxOfResource()
	}
}

func (r *managed[M, C, P]) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	attributes := r.placeAttributes()
	attributes["id"] = identityschema.StringAttribute{Description: r.ID, RequiredForImport: true}
	resp.IdentitySchema = identityschema.Schema{Attributes: attributes}
}

func (r *managed[M, C, P]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.clients = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (r *managed[M, C, P]) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	resp.Diagnostics.Append(attribute.RefuseNulls(req.Config.Raw)...)
	if r.Resource.ValidateConfig != nil && !resp.Diagnostics.HasError() {
		r.Resource.ValidateConfig(ctx, req, resp)
	}
}

func (r *managed[M, C, P]) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	ctx = objects.FromLists(ctx)
	change := Change[M]{Request: req, Response: resp}
	if !change.Creates() && r.clients != nil {
		state := change.State(ctx)
		r.hold(&state)
	}
	if !change.Creates() && !change.Deletes() {
		state := change.State(ctx)
		r.refusePending(&state, &resp.Diagnostics)
		keepComputed(req, resp)
	}
	change.Clients = r.at(r.planPlace(ctx, &change))
	if r.clients != nil && !resp.Plan.Raw.Equal(req.State.Raw) { // a change, which the apply needs a client for
		r.Client(change.Clients).UseForPlan(&resp.Diagnostics)
	}
	if r.Resource.ModifyPlan != nil && !resp.Diagnostics.HasError() {
		r.Resource.ModifyPlan(ctx, change)
	}
	if !resp.Diagnostics.HasError() {
		r.note(ctx, change)
	}
}
