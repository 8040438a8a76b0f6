package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func (p *customerIOProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Streams Customer.io's events into Adobe Experience Platform: the connections, mapping set and dataflow " +
			"at Adobe's side, and the reporting webhook at Customer.io's.",
		Attributes: map[string]schema.Attribute{
			"adobe":      adobeAttribute(),
			"customerio": customerioAttribute(),
			"request_timeout": schema.StringAttribute{
				MarkdownDescription: "Longest time for one HTTP request with its answer, as a duration such as `30s` or `1m`. Default: `30s`.",
				Optional:            true,
				Validators:          []validator.String{checked{"must be a duration such as 30s", checkTimeout}},
			},
			"max_retries": schema.Int64Attribute{
				MarkdownDescription: "How often a request is repeated after a passing failure, where repeating it is safe. `0` turns " +
					"retries off. Default: `5`.",
				Optional:   true,
				Validators: []validator.Int64{int64validator.Between(0, maxRetriesBound)},
			},
		},
	}
}

func adobeAttribute() schema.SingleNestedAttribute {
	url := []validator.String{checked{"must be an https:// URL", checkURL}}
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Access to Adobe Experience Platform. Needed only by the resources at Adobe's side.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"org_id": schema.StringAttribute{
				MarkdownDescription: "Id of the IMS organisation, such as `0A1B2C3D4E5F60718293A4B5@AdobeOrg` (header `x-gw-ims-org-id`). Environment: `ADOBE_ORG_ID`.",
				Optional:            true,
			},
			"client_id": schema.StringAttribute{
				MarkdownDescription: "Client id of an OAuth Server-to-Server credential of the Adobe Developer Console. It is also sent as " +
					"`x-api-key`, and so needed with `access_token` too. Environment: `ADOBE_CLIENT_ID`.",
				Optional: true,
			},
			"client_secret": schema.StringAttribute{
				MarkdownDescription: "Client secret of that credential. Not needed with `access_token`. Environment: `ADOBE_CLIENT_SECRET`.",
				Optional:            true,
				Sensitive:           true,
			},
			"access_token": schema.StringAttribute{
				MarkdownDescription: "Ready access token, used in place of `client_secret`. It is not renewed when it expires. Environment: `ADOBE_ACCESS_TOKEN`.",
				Optional:            true,
				Sensitive:           true,
			},
			"scopes": schema.ListAttribute{
				MarkdownDescription: "Scopes to ask for. Default: the five that Experience Platform documents. Environment: `ADOBE_SCOPES`, separated by commas.",
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.List{listvalidator.SizeAtLeast(1)},
			},
			"sandbox_name": schema.StringAttribute{
				MarkdownDescription: "Name of the sandbox, in lower case, such as `prod` (header `x-sandbox-name`). There is no default. Environment: `ADOBE_SANDBOX_NAME`.",
				Optional:            true,
				Validators:          []validator.String{checked{"must be the name of a sandbox, in lower case", checkSandbox}},
			},
			"platform_url": schema.StringAttribute{
				MarkdownDescription: "Address of the platform, `https` except on loopback. Default: `" + defaultPlatformURL + "`. Environment: `ADOBE_PLATFORM_URL`.",
				Optional:            true,
				Validators:          url,
			},
			"ims_url": schema.StringAttribute{
				MarkdownDescription: "Address of the identity service, `https` except on loopback. Default: `https://ims-na1.adobelogin.com`. Environment: `ADOBE_IMS_URL`.",
				Optional:            true,
				Validators:          url,
			},
		},
	}
}

func customerioAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Access to a Customer.io workspace. Needed only by `customerio_reporting_webhook`.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"app_api_key": schema.StringAttribute{
				MarkdownDescription: "App API key. It belongs to one workspace, and so decides in which workspace webhooks are managed. Environment: `CUSTOMERIO_APP_API_KEY`.",
				Optional:            true,
				Sensitive:           true,
			},
			"region": schema.StringAttribute{
				MarkdownDescription: "Region of the workspace: `us` or `eu`. Default: `us`. Environment: `CUSTOMERIO_REGION`.",
				Optional:            true,
				Validators:          []validator.String{checked{"must be \"us\" or \"eu\"", checkRegion}},
			},
			"base_url": schema.StringAttribute{
				MarkdownDescription: "Address of the App API in place of the region's, `https` except on loopback. Environment: `CUSTOMERIO_BASE_URL`.",
				Optional:            true,
				Validators:          []validator.String{checked{"must be an https:// URL", checkURL}},
			},
			"requests_per_second": schema.Int64Attribute{
				MarkdownDescription: "Most requests per second to the App API, over all resources. Customer.io's limit is 10, shared with " +
					"everything else that calls the workspace. Default: `10`. Environment: `CUSTOMERIO_REQUESTS_PER_SECOND`.",
				Optional:   true,
				Validators: []validator.Int64{int64validator.AtLeast(1)},
			},
		},
	}
}
