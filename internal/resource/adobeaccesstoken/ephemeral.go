// Package adobeaccesstoken is the ephemeral resource customerio_adobe_access_token: a token for calls that this provider does not
// send.
package adobeaccesstoken

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

type adobeAccessToken struct{ services *clients.Set }

var _ ephemeral.EphemeralResourceWithConfigure = &adobeAccessToken{}

// New returns the ephemeral resource.
func New() ephemeral.EphemeralResource { return &adobeAccessToken{} }

type model struct {
	AccessToken types.String `tfsdk:"access_token"`
	ExpiresAt   types.String `tfsdk:"expires_at"`
	ClientID    types.String `tfsdk:"client_id"`
	OrgID       types.String `tfsdk:"org_id"`
	SandboxName types.String `tfsdk:"sandbox_name"`
}

func (r *adobeAccessToken) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_adobe_access_token"
}

func (r *adobeAccessToken) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	computed := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Computed: true}
	}
	token := computed("The access token (header `Authorization: Bearer …`).")
	token.Sensitive = true
	resp.Schema = schema.Schema{
		MarkdownDescription: "An access token from Adobe IMS for other providers and scripts, with the other header values that a call to " +
			"Experience Platform needs. It is stored in neither the plan nor the state. Requires Terraform 1.10 or later.\n\n" +
			"The provider uses the same token itself. It is valid for about a day, and the provider obtains a new one shortly before it expires. It is never revoked.",
		Attributes: map[string]schema.Attribute{
			"access_token": token,
			"expires_at":   computed("When the token expires, in RFC 3339. Null if the token comes from `adobe.access_token`, because its expiration is unknown."),
			"client_id":    computed("Client ID of the credential (header `x-api-key`)."),
			"org_id":       computed("ID of the organization (header `x-gw-ims-org-id`)."),
			"sandbox_name": computed("Name of the sandbox (header `x-sandbox-name`)."),
		},
	}
}

func (r *adobeAccessToken) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	r.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (r *adobeAccessToken) Open(ctx context.Context, _ ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	credentials := r.services.Adobe.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	token, err := credentials.Tokens.Token(ctx)
	if err != nil {
		advice.Attempt{Verb: "obtain", Object: "access token"}.Report(&resp.Diagnostics, err)
		return
	}
	result := model{
		AccessToken: types.StringValue(token.Value), ExpiresAt: types.StringNull(), ClientID: types.StringValue(credentials.ClientID),
		OrgID: types.StringValue(credentials.OrgID), SandboxName: types.StringValue(credentials.SandboxName),
	}
	if !token.Expiry.IsZero() {
		result.ExpiresAt = types.StringValue(token.Expiry.UTC().Format(time.RFC3339))
	}
	resp.Diagnostics.Append(resp.Result.Set(ctx, result)...)
}
