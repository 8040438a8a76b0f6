package managed

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// asked is what an import names: an ID, with "@" and the sandbox after it if it is in another than the provider's, or an identity.
type asked struct {
	id, sandbox types.String
	// orgID and region are those of an identity.
	orgID, region types.String
	byIdentity    bool
}

func (r *managed[M, C, P]) asked(ctx context.Context, req resource.ImportStateRequest, diags *diag.Diagnostics) (a asked) {
	if req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		values := map[string]*types.String{"id": &a.id, "region": &a.region}
		if r.hasSandbox() {
			values = map[string]*types.String{"id": &a.id, attribute.SandboxName: &a.sandbox, "org_id": &a.orgID}
		}
		for name, value := range values {
			diags.Append(req.Identity.GetAttribute(ctx, path.Root(name), value)...)
		}
		a.byIdentity = true
		if !a.region.IsNull() {
			a.region = types.StringValue(strings.ToLower(a.region.ValueString())) // as the provider takes its setting
		}
		return a
	}
	a.id = types.StringValue(req.ID)
	if at := strings.LastIndex(req.ID, "@"); at >= 0 && r.hasSandbox() {
		a.id, a.sandbox = types.StringValue(req.ID[:at]), types.StringValue(req.ID[at+1:])
	}
	return a
}

// at is the path of an attribute as the import block has it.
func (a asked) at(name string) path.Path {
	if a.byIdentity {
		return path.Root("identity").AtName(name)
	}
	return path.Root(name)
}

// refuse reports what has a form that nothing has, or names another place than the provider's.
func (r *managed[M, C, P]) refuse(ctx context.Context, a asked, diags *diag.Diagnostics) {
	if a.id.IsNull() {
		diags.AddAttributeError(a.at("id"), "Missing ID", fmt.Sprintf(
			"The identity of the %s has no `id`, which an import needs: it %s.", r.Object, r.IDForm.Description(ctx)))
	}
	for _, one := range []struct {
		name  string
		value types.String
		form  validator.String
	}{{"id", a.id, r.IDForm}, {attribute.SandboxName, a.sandbox, attribute.Sandbox()}, {"region", a.region, region}} {
		check := validator.StringResponse{}
		one.form.ValidateString(ctx, validator.StringRequest{Path: a.at(one.name), ConfigValue: one.value}, &check)
		diags.Append(check.Diagnostics...)
	}
	if diags.HasError() {
		return
	}
	is := r.here()
	for _, one := range []struct {
		name, kind  string
		asked       types.String
		is, setting string
	}{
		{"org_id", "organization", a.orgID, is.OrgID, "adobe.org_id"},
		{"region", "region", a.region, is.Region, "customerio.region"},
	} {
		if asked := one.asked.ValueString(); !one.asked.IsNull() && one.is != "" && asked != one.is {
			diags.AddAttributeError(a.at(one.name), "Object of another "+one.kind, fmt.Sprintf(
				"`%s` of the identity is %q, and the provider is set to %q (`%s`). Nothing was imported. If the %s is in the %s %q, import it with a provider block "+
					"whose `%s` says so. Otherwise correct `%s`, or leave it out.",
				one.name, asked, one.is, one.setting, r.Object, one.kind, asked, one.setting, one.name))
		}
	}
}

// region is the form of a region.
var region = attribute.Checked{Wants: `must be "us" or "eu"`, Quote: true, Check: func(value string) error {
	if _, known := customerio.Regions[value]; !known {
		return errors.New("there is no such region")
	}
	return nil
}}

// ImportState takes an ID or an identity. It checks the form of the ID, because a service's answer to a malformed one is obscure, or
// is about another object. Without a client, nothing could be read, and Terraform would replace the object that it has just imported.
func (r *managed[M, C, P]) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	diags := &resp.Diagnostics
	a := r.asked(ctx, req, diags)
	r.refuse(ctx, a, diags)
	if r.Client(r.clients.InSandbox(a.sandbox.ValueString())).Use(diags); diags.HasError() {
		return
	}
	diags.Append(resp.State.SetAttribute(ctx, path.Root("id"), a.id)...)
	if r.hasSandbox() {
		diags.Append(resp.State.SetAttribute(ctx, path.Root(attribute.SandboxName), a.sandbox)...)
	}
	if resp.Private != nil { // as in a unit test
		in := r.here()
		in.Written = !a.sandbox.IsNull()
		notePlace(ctx, resp.Private, in, diags)
	}
}
