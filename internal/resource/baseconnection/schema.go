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
	replace := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	return schema.Schema{
		MarkdownDescription: "A base connection of the Flow Service: the credentials of a source that needs some.\n\n" +
			"~> **The published specification of the Customer.io source needs no base connection.** It has no authentication step, and " +
			"the service refuses a source connection that names a base connection with 1332-400: \"cannot have a baseConnectionId\". " +
			"Use this resource for an organisation or a source whose specification does ask for one, and leave it out otherwise.",
		Attributes: map[string]schema.Attribute{
			"name":        attribute.Name("Name. It need not be unique. Changes in place."),
			"description": attribute.Description("Description. Changes in place."),
			"connection_spec": attribute.Spec("Connection specification (`connectionSpec`). Default: that of Customer.io, `"+
				flowservice.CustomerIOConnectionSpec+"`. Changing it replaces the connection.", flowservice.CustomerIOConnectionSpec),
			"provider_id": schema.StringAttribute{
				MarkdownDescription: "Provider (`providerId`), a UUID; streaming sources have `" + flowservice.StreamingProvider + "`. Sent only where " +
					"it is set. The service does not return it, so it is not compared on a refresh. Changing it replaces the connection.",
				Optional:      true,
				PlanModifiers: replace,
				Validators:    []validator.String{attribute.UUID()},
			},
			"auth": authAttribute(),
		},
	}
}

// authAttribute holds its params as plain strings: the JSON type of the framework repeats a malformed value, which is secret
// here, in its error.
func authAttribute() schema.SingleNestedAttribute {
	auth := path.MatchRoot("auth")
	return schema.SingleNestedAttribute{
		MarkdownDescription: "How the connection authenticates (`auth`). Adding or removing it replaces the connection.",
		Optional:            true,
		PlanModifiers: []planmodifier.Object{objectplanmodifier.RequiresReplaceIf(addedOrRemoved,
			"Adding or removing auth replaces the connection.", "Adding or removing `auth` replaces the connection.")},
		Attributes: map[string]schema.Attribute{
			"spec_name": schema.StringAttribute{
				MarkdownDescription: "Name of the authentication specification (`auth.specName`), one of those that the connection specification " +
					"lists. Changing it replaces the connection.",
				Required:      true,
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:    []validator.String{attribute.Trimmed()},
			},
			"params": schema.StringAttribute{
				MarkdownDescription: "Parameters of the authentication (`auth.params`), a JSON object whose members the authentication specification " +
					"defines. Secret, and kept in the state: prefer `params_wo` with Terraform 1.11 or later. The service withholds parts " +
					"of it, so it is not compared on a refresh. Changes in place, all members at once.",
				Optional:      true,
				Sensitive:     true,
				PlanModifiers: []planmodifier.String{attribute.KeepJSONSpelling()},
				Validators: []validator.String{
					attribute.JSONObject(),
					stringvalidator.ConflictsWith(auth.AtName("params_wo")),
				},
			},
			"params_wo": schema.StringAttribute{
				MarkdownDescription: "The same as `params`, write-only: it is never in the plan or the state. Needs Terraform 1.11 or later, and " +
					"`params_wo_version`.",
				Optional:  true,
				Sensitive: true,
				WriteOnly: true,
				Validators: []validator.String{
					attribute.JSONObject(),
					stringvalidator.AlsoRequires(auth.AtName("params_wo_version")),
				},
			},
			"params_wo_version": schema.Int64Attribute{
				MarkdownDescription: "Number to raise whenever `params_wo` changes: Terraform cannot see such a change by itself.",
				Optional:            true,
				Validators:          []validator.Int64{int64validator.AlsoRequires(auth.AtName("params_wo"))},
			},
		},
	}
}

func addedOrRemoved(_ context.Context, req planmodifier.ObjectRequest, resp *objectplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = req.StateValue.IsNull() != req.PlanValue.IsNull()
}
