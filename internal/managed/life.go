package managed

import (
	"context"
	"errors"
	"maps"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

func (r *managed[M, C, P]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	diags := &resp.Diagnostics
	var plan M
	diags.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := r.limited(ctx, P(&plan).base().Timeouts.Create, r.Waits.Create, diags)
	defer cancel()
	r.bind(&plan)
	set := r.at(&plan)
	client := r.Client(set).Use(diags)
	if diags.HasError() {
		return
	}
	is := r.placeOf(ctx, req.Config, diags)
	if resp.Private != nil { // as in a unit test
		notePlace(ctx, resp.Private, is, diags)
	}
	save := func() {
		if resp.Private != nil {
			remember(ctx, resp.Private, diags)
		}
		r.publish(ctx, &plan, &resp.State, resp.Identity, diags)
	}
	call := Call[C]{Client: client, Clients: set, Config: req.Config, InOwnSandbox: is.Written, Diagnostics: diags, Save: save}
	err := r.Resource.Create(ctx, call, &plan)
	if err == nil {
		save()
		return
	}
	r.report(call, "create", r.Name(&plan), err)
	r.keepPending(ctx, err, req, &plan, resp)
}

func (r *managed[M, C, P]) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	diags := &resp.Diagnostics
	state := r.stateOf(ctx, req.State, diags)
	r.hold(&state)
	was, known := placeIn(ctx, req.Private, diags)
	r.refuseElsewhere(&state, was, diags)
	bound := r.bind(&state) && known
	set := r.at(&state)
	client := r.Client(set).UseForRead(diags)
	if diags.HasError() {
		return
	}
	// Terraform up to 1.11 stores no identity, and the framework refuses a read that leaves it empty.
	r.publish(ctx, &state, &resp.State, resp.Identity, diags)
	if client == nil {
		return
	}
	ctx = recall(ctx, req.Private, diags)
	call := Call[C]{Client: client, Clients: set, InOwnSandbox: r.isInOwnSandbox(&state, was), Diagnostics: diags}
	if window, is := pendingWindow(P(&state).base().ID); is {
		switch found, err := r.findPending(ctx, call, &state, window); {
		case err != nil:
			r.report(call, "read", r.Name(&state), err)
			return
		case !found && isOpen(window):
			diags.AddWarning(r.stillPending(&state, window))
			return
		case r.identity(&state).IsNull():
			resp.State.RemoveResource(ctx)
			return
		}
		if resp.Private != nil {
			remember(ctx, resp.Private, diags)
		}
		ctx = objects.WithCreated(ctx, time.Now())
		r.hold(&state)
		r.publish(ctx, &state, &resp.State, resp.Identity, diags)
	}
	id := r.identity(&state)
	err := r.readBoth(ctx, call, &state, resp.State)
	switch {
	case isGone(err) && r.refuseOtherKey(&state, was, diags): // the state stays
	case isGone(err):
		if !bound {
			diags.AddWarning(r.goneFromSomewhere(&state))
		}
		resp.State.RemoveResource(ctx)
	case err != nil:
		r.report(call, "read", id, err)
	default:
		if resp.Private != nil {
			is := r.here()
			is.Written = was.Written
			notePlace(ctx, resp.Private, is, diags)
		}
		r.publish(ctx, &state, &resp.State, resp.Identity, diags)
	}
}

// readBoth reads an object from a list, where its service has one that others of this process read too. A change that the list shows is
// confirmed by a read of the object itself: lists may be behind. An import has nothing to compare with.
func (r *managed[M, C, P]) readBoth(ctx context.Context, call Call[C], state *M, before tfsdk.State) error {
	isImported := r.Name(state).IsNull()
	listed := objects.FromLists(ctx)
	if err := r.Resource.Read(listed, call, state); err != nil || isImported || !objects.WasListed(listed) {
		return err
	}
	after := before
	if diags := after.Set(ctx, state); diags.HasError() || after.Raw.Equal(before.Raw) {
		return nil
	}
	var again M
	if diags := before.Get(ctx, &again); diags.HasError() {
		return nil
	}
	*state = again
	return r.Resource.Read(ctx, call, state)
}

func (r *managed[M, C, P]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	diags := &resp.Diagnostics
	state := r.stateOf(ctx, req.State, diags)
	var plan M
	diags.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := r.limited(ctx, P(&plan).base().Timeouts.Update, r.Waits.Update, diags)
	defer cancel()
	r.bind(&plan)
	set := r.at(&plan)
	client := r.Client(set).Use(diags)
	if diags.HasError() {
		return
	}
	if r.refusePending(&state, diags); diags.HasError() {
		return
	}
	is := r.placeOf(ctx, req.Config, diags)
	was := r.noteButKey(ctx, is, req, resp)
	if resp.Private != nil {
		diags.Append(resp.Private.SetKey(ctx, formerKey, nil)...) // it was for the plan
	}
	if changesOnly(ours, req) {
		r.publish(ctx, &plan, &resp.State, resp.Identity, diags)
		return
	}
	ctx = recall(ctx, req.Private, diags)
	name := r.Name(&state)
	call := Call[C]{Client: client, Clients: set, Config: req.Config, InOwnSandbox: is.Written, Diagnostics: diags}
	err := r.Resource.Update(ctx, call, &state, &plan)
	switch {
	case err == nil && resp.Private != nil:
		notePlace(ctx, resp.Private, is, diags)
	case isGone(err) && r.refuseOtherKey(&state, was, diags):
		plan = state
	case err != nil:
		r.report(call, "update", name, err)
		plan = state
	}
	r.publish(ctx, &plan, &resp.State, resp.Identity, diags)
}

// changesOnly tells whether nothing but some attributes changes.
func changesOnly(names []string, req resource.UpdateRequest) bool {
	state, plan := membersOf(req.State.Raw), membersOf(req.Plan.Raw)
	for _, name := range names {
		delete(state, name)
		delete(plan, name)
	}
	return maps.EqualFunc(state, plan, func(one, other tftypes.Value) bool { return says(one).Equal(says(other)) })
}

func (r *managed[M, C, P]) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	diags := &resp.Diagnostics
	state := r.stateOf(ctx, req.State, diags)
	was, _ := placeIn(ctx, req.Private, diags)
	r.refuseElsewhere(&state, was, diags)
	set := r.at(&state)
	client := r.Client(set).Use(diags)
	if diags.HasError() {
		return
	}
	ctx = recall(ctx, req.Private, diags)
	call := Call[C]{Client: client, Clients: set, InOwnSandbox: r.isInOwnSandbox(&state, was), Diagnostics: diags}
	if window, is := pendingWindow(P(&state).base().ID); is {
		if _, err := r.awaitPending(ctx, call, &state, window); err != nil {
			r.report(call, "delete", r.Name(&state), err)
			return
		}
		if r.identity(&state).IsNull() {
			return
		}
		call.WasPending = true
		ctx = objects.WithCreated(ctx, time.Now())
	}
	ctx, cancel := r.limited(ctx, P(&state).base().Timeouts.Delete, r.Waits.Delete, diags)
	defer cancel()
	if diags.HasError() {
		return
	}
	if was.AppAPIKey != "" && was.AppAPIKey != r.here().AppAPIKey { // a delete takes an object that is missing for one that is gone
		read := state
		if isGone(r.Resource.Read(ctx, call, &read)) && r.refuseOtherKey(&state, was, diags) {
			return
		}
	}
	if err := r.Resource.Delete(ctx, call, &state); err != nil {
		r.report(call, "delete", r.Name(&state), err)
	}
}

// stateOf decodes a state and learns the secrets in it.
func (r *managed[M, C, P]) stateOf(ctx context.Context, from tfsdk.State, diags *diag.Diagnostics) (state M) {
	diags.Append(from.Get(ctx, &state)...)
	if r.Secrets != nil && !diags.HasError() {
		r.clients.Secrets.LearnAll(r.Secrets(&state))
	}
	return state
}

// limited is the context of an operation that ends with the time that the configuration allows it.
func (r *managed[M, C, P]) limited(
	ctx context.Context, configured func(context.Context, time.Duration) (time.Duration, diag.Diagnostics), wait Wait, diags *diag.Diagnostics,
) (context.Context, context.CancelFunc) {
	if wait.Default == 0 {
		return context.WithCancel(ctx)
	}
	timeout, more := configured(ctx, wait.Default)
	diags.Append(more...)
	return transport.WithTimeout(ctx, timeout)
}

// publish saves state and identity together, or neither.
func (r *managed[M, C, P]) publish(ctx context.Context, value *M, state *tfsdk.State, identity *tfsdk.ResourceIdentity, diags *diag.Diagnostics) {
	newState, newIdentity := *state, *identity
	failed := newState.Set(ctx, value)
	failed.Append(r.identify(ctx, value, &newIdentity)...)
	if diags.Append(failed...); !failed.HasError() {
		*state, *identity = newState, newIdentity
	}
}

func (r *managed[M, C, P]) identity(value *M) types.String {
	if r.Identity != nil {
		return r.Identity(value)
	}
	return P(value).base().ID
}

func isGone(err error) bool {
	var part *PartError
	return transport.IsNotFound(err) && !errors.As(err, &part)
}

func (r *managed[M, C, P]) report(call Call[C], verb string, name types.String, err error) {
	if ready, is := asDiagnostics(err); is {
		call.Diagnostics.Append(ready...)
		return
	}
	var step *StepError
	if errors.As(err, &step) {
		verb = step.Verb
	}
	call.Report(call.Diagnostics, advice.Attempt{Verb: verb, Object: r.Object, Name: name.ValueString()}, err)
}
