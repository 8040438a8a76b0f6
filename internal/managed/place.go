package managed

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

// An object belongs to a place: an organization and a sandbox, or a region and a workspace. In another place the service knows nothing of
// it, which must not pass for its end. The sandbox is an attribute. The rest is in the private state, which every Terraform keeps, and in
// the identity, which newer ones show.

const placeKey = "place"

// place is what the private state tells of an object's place. What it does not tell excludes nothing.
type place struct {
	OrgID  string `json:"org_id,omitempty"`
	Region string `json:"region,omitempty"`
	// AppAPIKey is the checksum of the key that found the object last. No call tells to which workspace a key belongs.
	AppAPIKey string `json:"app_api_key,omitempty"`
	// Written tells whether the configuration names the sandbox, so that the provider's does not matter. Terraform keeps it with a create or an
	// update only: a read sees no configuration, and what a plan without a change notes is dropped.
	Written bool `json:"sandbox_written,omitempty"`
}

// sandbox is the name of the sandbox in a model, nil for one that is in none.
func (r *managed[M, C, P]) sandbox(value *M) *types.String {
	if in, is := any(P(value)).(interface{ Sandbox() *types.String }); is {
		return in.Sandbox()
	}
	return nil
}

func (r *managed[M, C, P]) hasSandbox() bool { return r.sandbox(new(M)) != nil }

// at is the clients for the place of an object.
func (r *managed[M, C, P]) at(value *M) *clients.Set {
	switch sandbox := r.sandbox(value); {
	case sandbox == nil:
		return r.clients
	case sandbox.IsUnknown():
		return r.clients.InUnknownSandbox()
	default:
		return r.clients.InSandbox(sandbox.ValueString())
	}
}

// bind puts an object without a sandbox into the provider's, and tells whether there was nothing to do.
func (r *managed[M, C, P]) bind(value *M) (bound bool) {
	sandbox := r.sandbox(value)
	if sandbox == nil || sandbox.ValueString() != "" {
		return true
	}
	*sandbox = attribute.TextOrNull(r.clients.SandboxName())
	return false
}

// here is the place that the provider is configured for.
func (r *managed[M, C, P]) here() place {
	if r.hasSandbox() {
		return place{OrgID: r.clients.OrgID()}
	}
	return place{Region: r.clients.Region, AppAPIKey: r.clients.AppAPIKey}
}

// placeIn is the place in a private state, and whether there is one: older versions noted none.
func placeIn(ctx context.Context, private private, diags *diag.Diagnostics) (was place, known bool) {
	value, more := private.GetKey(ctx, placeKey)
	diags.Append(more...)
	return was, len(value) > 0 && json.Unmarshal(value, &was) == nil
}

func notePlace(ctx context.Context, private private, is place, diags *diag.Diagnostics) {
	value, err := json.Marshal(is)
	if err != nil {
		diags.AddError("Unable to note the place of an object", err.Error())
		return
	}
	diags.Append(private.SetKey(ctx, placeKey, value)...)
}

// placeOf is here, with a note of whether a configuration names the sandbox.
func (r *managed[M, C, P]) placeOf(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) place {
	is := r.here()
	if r.hasSandbox() {
		var written types.String
		diags.Append(config.GetAttribute(ctx, path.Root(attribute.SandboxName), &written)...)
		is.Written = !written.IsNull()
	}
	return is
}

// noteButKey notes the place of an object that is about to be updated, and returns the one that was noted. The key stays that of the last call that
// found the object: this one may be for another workspace.
func (r *managed[M, C, P]) noteButKey(ctx context.Context, is place, req resource.UpdateRequest, resp *resource.UpdateResponse) (was place) {
	was, _ = placeIn(ctx, req.Private, &resp.Diagnostics)
	is.AppAPIKey = was.AppAPIKey
	if resp.Private != nil { // as in a unit test
		notePlace(ctx, resp.Private, is, &resp.Diagnostics)
	}
	return was
}

// isInOwnSandbox tells whether the configuration of an object named its sandbox, as far as the state tells.
func (r *managed[M, C, P]) isInOwnSandbox(state *M, was place) bool {
	sandbox := r.sandbox(state)
	return was.Written || sandbox != nil && sandbox.ValueString() != "" && sandbox.ValueString() != r.clients.SandboxName()
}

// refuseElsewhere reports an object of another organization or region than the provider's.
func (r *managed[M, C, P]) refuseElsewhere(state *M, was place, diags *diag.Diagnostics) {
	is := r.here()
	for _, one := range []struct{ kind, was, is, setting string }{
		{"organization", was.OrgID, is.OrgID, "adobe.org_id"},
		{"region", was.Region, is.Region, "customerio.region"},
	} {
		if one.was != "" && one.is != "" && one.was != one.is {
			diags.AddError("Object of another "+one.kind, fmt.Sprintf(
				"The %s %q of this state is in the %s %s, and the provider is set to %s (`%s`). Nothing was changed. Set `%s` to %s, or use the state "+
					"(backend or workspace) that belongs to %s. To forget the object, use `terraform state rm`.",
				r.Object, r.Name(state).ValueString(), one.kind, one.was, one.is, one.setting, one.setting, one.was, one.is))
		}
	}
}

// refuseOtherSandbox reports an object of another sandbox than the provider's, which nobody asked for.
func (r *managed[M, C, P]) refuseOtherSandbox(state *M, diags *diag.Diagnostics) {
	was, is := r.sandbox(state).ValueString(), r.clients.SandboxName()
	if was == "" || is == "" || was == is {
		return
	}
	diags.AddAttributeError(path.Root(attribute.SandboxName), "Object of another sandbox", fmt.Sprintf(
		"The %s %q of this state is in the sandbox %q, and the provider is set to %q (`adobe.sandbox_name`). Nothing was changed. Set `adobe.sandbox_name` "+
			"to %q, or use the state (backend or workspace) that belongs to %q. If this configuration manages both sandboxes, write `sandbox_name = %q` here. To "+
			"create the object again in the other sandbox and delete this one, write `sandbox_name = %q`.",
		r.Object, r.Name(state).ValueString(), was, is, was, is, was, is))
}

// refuseOtherKey reports an object that is missing while the key is not the one that found it last. It tells whether that is so.
func (r *managed[M, C, P]) refuseOtherKey(state *M, was place, diags *diag.Diagnostics) bool {
	if was.AppAPIKey == "" || was.AppAPIKey == r.here().AppAPIKey {
		return false
	}
	diags.AddError(advice.Capital(r.Object)+" not in this workspace", fmt.Sprintf(
		"Customer.io does not find the %s %q (%s) with this App API key. Another key found it, so this one is probably for another workspace. Nothing was "+
			"changed. Set `customerio.app_api_key` to a key of the workspace that the %s is in, or use the state (backend or workspace) that belongs to this "+
			"key. If the key was only replaced, and the %s was deleted, use `terraform state rm`.",
		r.Object, r.Name(state).ValueString(), P(state).base().ID.ValueString(), r.Object, r.Object))
	return true
}

// goneFromSomewhere says that an object of an older state is gone from the provider's place, which may not be its own.
func (r *managed[M, C, P]) goneFromSomewhere(state *M) (summary, detail string) {
	where := "workspace of the App API key"
	if r.hasSandbox() {
		where = fmt.Sprintf("sandbox %q", r.sandbox(state).ValueString())
	}
	return advice.Capital(r.Object) + " not found", fmt.Sprintf("The %s %q (%s) is not in the %s. The state is of an older version of this provider and does not say "+
		"where the object is. If it is somewhere else, do not apply: check the settings of the provider first.",
		r.Object, r.Name(state).ValueString(), P(state).base().ID.ValueString(), where)
}

// planPlace plans the sandbox, and refuses a plan for an object of another place.
func (r *managed[M, C, P]) planPlace(ctx context.Context, change *Change[M]) (planned *M) {
	diags, req, resp := &change.Response.Diagnostics, change.Request, change.Response
	state := change.State(ctx)
	planned = &state
	if r.clients == nil || diags.HasError() {
		return planned
	}
	was, known := placeIn(ctx, req.Private, diags)
	r.refuseElsewhere(&state, was, diags)
	at := path.Root(attribute.SandboxName)
	switch held := r.sandbox(&state); {
	case held == nil:
	case change.Deletes():
		change.InOwnSandbox = r.isInOwnSandbox(&state, was)
		if known && !was.Written {
			r.refuseOtherSandbox(&state, diags)
		}
	default:
		var written types.String
		diags.Append(req.Config.GetAttribute(ctx, at, &written)...)
		change.InOwnSandbox = !written.IsNull()
		if written.ValueString() != "" && !written.Equal(*held) {
			r.confirmSandbox(ctx, *change, written.ValueString())
		}
		switch {
		case !written.IsNull():
			if held.ValueString() != "" && !held.Equal(written) {
				resp.RequiresReplace = append(resp.RequiresReplace, at)
			}
			*held = written
		case held.ValueString() != "":
			r.refuseOtherSandbox(&state, diags)
			diags.Append(resp.Plan.SetAttribute(ctx, at, *held)...)
		case !resp.Plan.Raw.Equal(req.State.Raw) && r.clients.SandboxName() != "": // an object of an older state gets it with the next change
			r.bind(&state)
			diags.Append(resp.Plan.SetAttribute(ctx, at, *held)...)
		}
	}
	return planned
}

// confirmSandbox reports a sandbox that does not exist, where an object is to be created in it. The provider's own sandbox shows in what else
// a plan looks up.
func (r *managed[M, C, P]) confirmSandbox(ctx context.Context, change Change[M], name string) {
	client := r.clients.InSandbox(name).FlowService.Client
	if client == nil || name == r.clients.SandboxName() {
		return
	}
	err := client.ConnectionSpecs.Confirm(ctx, flowservice.CustomerIOConnectionSpec) // one call for all objects of the sandbox
	change.DeniesSandbox(advice.Attempt{Verb: "create", Object: r.Object}, err)
}

// placeAttributes are those of the identity that tell the place.
func (r *managed[M, C, P]) placeAttributes() map[string]identityschema.Attribute {
	if r.hasSandbox() {
		return map[string]identityschema.Attribute{
			"org_id":              identityschema.StringAttribute{Description: "ID of the organization.", OptionalForImport: true},
			attribute.SandboxName: identityschema.StringAttribute{Description: "Name of the sandbox.", OptionalForImport: true},
		}
	}
	return map[string]identityschema.Attribute{
		"region": identityschema.StringAttribute{Description: "Region of the Customer.io account, us or eu.", OptionalForImport: true},
	}
}

// identify fills the identity.
func (r *managed[M, C, P]) identify(ctx context.Context, value *M, identity *tfsdk.ResourceIdentity) (diags diag.Diagnostics) {
	diags.Append(identity.SetAttribute(ctx, path.Root("id"), r.identity(value))...)
	if is := r.here(); r.hasSandbox() {
		diags.Append(identity.SetAttribute(ctx, path.Root("org_id"), attribute.TextOrNull(is.OrgID))...)
		diags.Append(identity.SetAttribute(ctx, path.Root(attribute.SandboxName), *r.sandbox(value))...)
	} else {
		diags.Append(identity.SetAttribute(ctx, path.Root("region"), attribute.TextOrNull(is.Region))...)
	}
	return diags
}
