package baseconnection

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

func resourceSchema() schema.Schema {
	replace := stringplanmodifier.RequiresReplace()
	return schema.Schema{
		MarkdownDescription: "A base connection of Flow Service. It holds the credentials of a source that requires authentication.\n\n" +
			"~> **The published specification of the Customer.io source needs no base connection.** It has no authentication step, and " +
			"Flow Service rejects a source connection that has one (`FLOW-1332-400`, \"cannot have a baseConnectionId\"). " +
			"Use this resource only for sources that require it, such as Adobe's HTTP API source.",
		Attributes: map[string]schema.Attribute{
			"name":        attribute.Name(),
			"description": attribute.Description(),
			"connection_spec": attribute.Spec("Connection specification (`connectionSpec`). Default: the Customer.io source, `"+
				flowservice.CustomerIOConnectionSpec+"`. Changing this forces a new resource.", flowservice.CustomerIOConnectionSpec),
			"provider_id": attribute.Optional("ID of the provider (`providerId`), a UUID. Streaming sources use `"+flowservice.StreamingProvider+"`. "+
				"Default: not sent. The service does not return it, so changes made elsewhere are not detected. Changing this forces a new resource.",
				attribute.UUID(), replace),
			"auth": authAttribute(replace),
		},
	}
}

// authAttribute holds its params as plain strings: the JSON type of the framework repeats a malformed value, which is secret
// here, in its error.
func authAttribute(replace planmodifier.String) schema.SingleNestedAttribute {
	auth := path.MatchRoot("auth")
	return schema.SingleNestedAttribute{
		MarkdownDescription: "How the connection authenticates (`auth`). Default: no authentication. Adding or removing this block forces a new resource.",
		Optional:            true,
		PlanModifiers: []planmodifier.Object{objectplanmodifier.RequiresReplaceIf(addedOrRemoved,
			"Adding or removing auth replaces the connection.", "Adding or removing `auth` replaces the connection.")},
		Attributes: map[string]schema.Attribute{
			"spec_name": attribute.Required("Name of the authentication specification (`auth.specName`), one of those that the connection specification "+
				"lists. Changing this forces a new resource.", attribute.OneLine(), replace),
			"params": schema.StringAttribute{
				MarkdownDescription: "Authentication parameters (`auth.params`), a JSON object as defined by the authentication specification. " +
					"The value is sensitive but stored in state: with Terraform 1.11 or later, use `params_wo` instead. The service returns only parts " +
					"of it, so changes made elsewhere are not detected. Updated in place; the new object replaces all members of the old one.",
				Optional:      true,
				Sensitive:     true,
				PlanModifiers: []planmodifier.String{attribute.KeepJSONSpelling()},
				Validators:    []validator.String{attribute.JSONObject(), stringvalidator.ConflictsWith(auth.AtName("params_wo"))},
			},
			"params_wo": schema.StringAttribute{
				MarkdownDescription: "Write-only form of `params` (`auth.params`): Terraform stores it in neither the state nor the planned values. A plan file still contains the value of a variable that is not `ephemeral`. Requires Terraform 1.11 or later and " +
					"`params_wo_version`. Updated in place when `params_wo_version` changes.",
				Optional:   true,
				Sensitive:  true,
				WriteOnly:  true,
				Validators: []validator.String{attribute.JSONObject(), stringvalidator.AlsoRequires(auth.AtName("params_wo_version"))},
			},
			"params_wo_version": schema.Int64Attribute{
				MarkdownDescription: "Version of `params_wo`, any whole number. Change it whenever `params_wo` changes, because Terraform cannot detect that. Updated in place.",
				Optional:            true,
				Validators:          []validator.Int64{int64validator.AlsoRequires(auth.AtName("params_wo"))},
			},
		},
	}
}

func addedOrRemoved(_ context.Context, req planmodifier.ObjectRequest, resp *objectplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = req.StateValue.IsNull() != req.PlanValue.IsNull()
}
