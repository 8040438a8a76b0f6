package managed

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

// A plan changes objects that others refer to, and no service knows yet what they will be. So each plan notes it for the plans that follow in
// the same process: see [clients.Planned].

const formerKey = "former"

// former is the ID of the object that a plan is about, "" if it is only to be created. The first plan of a replacement leaves it for the
// second one, in the private state.
func (c Change[M]) former(ctx context.Context) (id string) {
	diags := &c.Response.Diagnostics
	switch {
	case !c.Creates():
		var held types.String
		diags.Append(c.Request.State.GetAttribute(ctx, path.Root("id"), &held)...)
		value, _ := json.Marshal(held.ValueString()) // a text can be
		if c.Response.Private != nil {               // as in a unit test
			diags.Append(c.Response.Private.SetKey(ctx, formerKey, value)...)
		}
		return held.ValueString()
	case c.Request.Private != nil:
		value, more := c.Request.Private.GetKey(ctx, formerKey)
		diags.Append(more...)
		_ = json.Unmarshal(value, &id) // there may be none
	}
	return id
}

// note keeps what a plan makes of an object, for those that refer to it.
func (r *managed[M, C, P]) note(ctx context.Context, change Change[M]) {
	if change.Clients == nil || change.Deletes() {
		return
	}
	diags, plan, has := &change.Response.Diagnostics, change.Response.Plan, change.Response.Plan.Schema.GetAttributes()
	get := func(name string, from interface {
		GetAttribute(ctx context.Context, at path.Path, target any) diag.Diagnostics
	}) (value types.String) {
		if has[name] != nil {
			diags.Append(from.GetAttribute(ctx, path.Root(name), &value)...)
		}
		return value
	}
	planned := clients.Planned{
		Kind: r.Object, Name: cmp.Or(get("name", plan).ValueString(), get("title", plan).ValueString()),
		Former: change.former(ctx), IsNew: change.Creates(), Sandbox: change.Clients.SandboxName(),
		Schema:  xdm.SchemaRef{ID: get("schema_id", plan).ValueString(), ContentType: get("schema_version", plan).ValueString()},
		Dataset: clients.PlannedID{Planned: get("dataset_id", plan)},
	}
	if !change.Creates() {
		planned.Dataset.Held = get("dataset_id", change.Request.State)
	}
	change.Clients.Plan(planned)
}

// hold notes that the state holds an object.
func (r *managed[M, C, P]) hold(value *M) {
	r.clients.Hold(P(value).base().ID.ValueString(), r.Name(value).ValueString())
}

// refersElsewhere reports a reference to an object that is in another sandbox after this plan than what refers to it, and tells whether that is so.
// The service would say so only after the former object is gone.
func (c Change[M]) refersElsewhere(r Reference) bool {
	here, what := c.Clients.SandboxName(), r.In.What()
	objects := c.Clients.WillBe(what, clients.PlannedID{Planned: r.Planned, Held: r.Held})
	mayBeHere := func(one clients.Planned) bool { return one.Sandbox == "" || one.Sandbox == here }
	if here == "" || len(objects) == 0 || slices.ContainsFunc(objects, mayBeHere) {
		return false
	}
	other := objects[0]
	c.Response.Diagnostics.AddAttributeError(path.Root(r.Attribute), advice.Capital(what)+" in another sandbox", fmt.Sprintf(
		"After this plan, the %s %q would be in the sandbox %q, and what refers to it here in %q. An object cannot refer to one of another sandbox. Nothing "+
			"was changed. Set `%s` to the same sandbox for both, or refer to another %s.", what, other.Name, other.Sandbox, here, attribute.SandboxName, what))
	return true
}
