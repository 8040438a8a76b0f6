package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

func (p *customerIOProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Streams Customer.io events into Adobe Experience Platform. It manages the schema, dataset, connections, mapping set and dataflow " +
			"in Experience Platform, and the reporting webhook in Customer.io.",
		Attributes: map[string]schema.Attribute{
			"adobe":      adobeAttribute(),
			"customerio": customerioAttribute(),
			"request_timeout": text("Time limit for one HTTP request and its response, as a duration such as `30s` or `1m`; a number alone is in seconds. Default: `30s`.",
				checked("must be a duration such as 30s", checkTimeout)),
			"max_retries": schema.Int64Attribute{
				MarkdownDescription: "Maximum number of times to repeat a request after a temporary failure, if repeating it is safe: `0` (no retries) to `20`. " +
					"Default: `5`.",
				Optional:   true,
				Validators: []validator.Int64{int64validator.Between(0, maxRetriesBound)},
			},
			"read_batching": text("How a refresh reads several objects of a kind. `auto` reads the first object by itself, and the others from pages of the service's list: "+
				"one call for each hundred objects. It reads an object that a list shows as changed or missing again by itself. "+
				"`off` reads every object by itself. Default: `auto`.", checked(`must be "auto" or "off"`, checkBatching)),
		},
	}
}

// ValidateConfig refuses what no validator of one attribute sees.
func (p *customerIOProvider) ValidateConfig(_ context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	resp.Diagnostics.Append(attribute.RefuseNulls(req.Config.Raw)...)
}

var isURL = checked("must be an https:// URL", checkURL)

// text is an optional setting, and secret one that Terraform does not print.
func text(description string, forms ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: forms}
}

func secret(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Sensitive: true}
}

func adobeAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Access to Adobe Experience Platform. Not required if you use only Customer.io resources and data sources.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"org_id": text("ID of the IMS organization, for example `0A1B2C3D4E5F60718293A4B5@AdobeOrg` (header `x-gw-ims-org-id`). Environment: " +
				"`ADOBE_ORG_ID`."),
			"client_id": text("Client ID of an OAuth Server-to-Server credential from the Adobe Developer Console. It is also sent as `x-api-key`, so it is " +
				"required even with `access_token`. Environment: `ADOBE_CLIENT_ID`."),
			"client_secret": secret("Client secret of the credential. Not required with `access_token`. Environment: `ADOBE_CLIENT_SECRET`."),
			"access_token": secret("Existing access token to use instead of `client_secret`. The provider cannot renew it when it expires. Environment: " +
				"`ADOBE_ACCESS_TOKEN`."),
			"scopes": schema.ListAttribute{
				MarkdownDescription: "Scopes to request. Default: `openid`, `session`, `AdobeID`, `read_organizations` and `additional_info.projectedProductContext`. Environment: `ADOBE_SCOPES`, separated by commas.",
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.List{listvalidator.SizeAtLeast(1)},
			},
			"sandbox_name": text("Name of the sandbox, in lowercase, for example `prod` (header `x-sandbox-name`). Required, unless everything in "+
				"sandboxes has a `sandbox_name` of its own. "+
				"Environment: `ADOBE_SANDBOX_NAME`.", checked("must be the name of a sandbox, in lower case", attribute.CheckSandbox)),
			"platform_url": text("Base URL of the Experience Platform APIs. Must be `https`, except on loopback. Default: `"+defaultPlatformURL+"`. "+
				"Environment: `ADOBE_PLATFORM_URL`.", isURL),
			"ims_url": text("Base URL of Adobe IMS, which issues access tokens. Must be `https`, except on loopback. Default: "+
				"`https://ims-na1.adobelogin.com`. Environment: `ADOBE_IMS_URL`.", isURL),
		},
	}
}

func customerioAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Access to a Customer.io workspace. Required only for the resource `customerio_reporting_webhook` and the data sources `customerio_reporting_webhook`, `customerio_reporting_webhook_errors`, `customerio_workspaces` and `customerio_sender_ip_addresses`. With it, the data source `customerio_pipelines` also finds webhooks.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"app_api_key": secret("App API key. It belongs to one workspace, which is where the provider manages webhooks. Environment: " +
				"`CUSTOMERIO_APP_API_KEY`."),
			"region": text("Region of the workspace: `us` or `eu`, in lower or upper case. Default: `us`. Environment: `CUSTOMERIO_REGION`.",
				checked("must be \"us\" or \"eu\"", checkRegion)),
			"base_url": text("Base URL of the App API. Must be `https`, except on loopback. Default: the URL of the region. Environment: "+
				"`CUSTOMERIO_BASE_URL`.", isURL),
			"requests_per_second": schema.Int64Attribute{
				MarkdownDescription: "Maximum number of requests per second to the App API, across all resources of this provider block. Customer.io allows 10, " +
					"shared with every other client of the workspace: other integrations, and other provider blocks with the same key. Set less to leave them a share: " +
					"`6` leaves `4`. If Customer.io still refuses a request, the provider slows down by itself. Default: `10`. Environment: `CUSTOMERIO_REQUESTS_PER_SECOND`.",
				Optional:   true,
				Validators: []validator.Int64{int64validator.AtLeast(1)},
			},
		},
	}
}
