// Package managed owns the life of a resource.
package managed

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// IdentitySchema is the identity of every resource: its id, within the sandbox or workspace of the provider.
func IdentitySchema(idDescription string) identityschema.Schema {
	return identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"id": identityschema.StringAttribute{Description: idDescription, RequiredForImport: true},
	}}
}

// SetIdentity fills a resource's identity. Read and Update must do so from the state before anything else: Terraform up to
// 1.11 stores no identity, and the framework would refuse a read that leaves it empty.
func SetIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, id types.String) diag.Diagnostics {
	return identity.SetAttribute(ctx, path.Root("id"), id)
}

// ImportByID imports by id or identity, after a look at the id's form, since a service's answer to a malformed one is obscure.
func ImportByID(ctx context.Context, idForm validator.String, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if req.ID != "" {
		check := validator.StringResponse{}
		idForm.ValidateString(ctx, validator.StringRequest{Path: path.Root("id"), ConfigValue: types.StringValue(req.ID)}, &check)
		if resp.Diagnostics.Append(check.Diagnostics...); resp.Diagnostics.HasError() {
			return
		}
	}
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("id"), path.Root("id"), req, resp)
}
