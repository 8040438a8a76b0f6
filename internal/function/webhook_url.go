package function

import (
	"context"
	"fmt"
	"net/url"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
)

var uuidPattern = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

type webhookURL struct{}

// NewWebhookURL makes the function webhook_url.
func NewWebhookURL() function.Function { return webhookURL{} }

func (webhookURL) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "webhook_url"
}

func (webhookURL) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Address for a reporting webhook",
		MarkdownDescription: "The URL to give to Customer.io: the streaming endpoint with the dataflow's id as `x-adobe-flow-id`. `customerio_dataflow` " +
			"has it ready as `webhook_url`; this is for endpoints that come from elsewhere. Whoever knows it can write into the dataset: the result is " +
			"sensitive where an argument is.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "streaming_endpoint_url", MarkdownDescription: "URL of the streaming endpoint, such as `https://dcs.adobedc.net/collection/…`."},
			function.StringParameter{Name: "dataflow_id", MarkdownDescription: "Id of the dataflow, a UUID."},
		},
		Return: function.StringReturn{},
	}
}

// Run repeats no URL in its errors: it is a secret.
func (webhookURL) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var endpoint, id string
	if resp.Error = req.Arguments.Get(ctx, &endpoint, &id); resp.Error != nil {
		return
	}
	parsed, err := url.Parse(endpoint)
	_, _, complete := flowservice.ParseWebhookURL(endpoint)
	switch {
	case err != nil, parsed.Scheme != "http" && parsed.Scheme != "https", parsed.Hostname() == "":
		resp.Error = function.NewArgumentFuncError(0, "The streaming endpoint must be an absolute http:// or https:// URL.")
	case complete == nil:
		resp.Error = function.NewArgumentFuncError(0, "The streaming endpoint names a dataflow already: it is a finished webhook URL. Use it as it is, or "+
			"take the endpoint from parse_webhook_url.")
	case !uuidPattern.MatchString(id):
		resp.Error = function.NewArgumentFuncError(1, fmt.Sprintf("%q is no id of a dataflow, which is a UUID such as 4982698b-e6b3-48c2-8dcf-040e20121fd2.", id))
	default:
		resp.Error = resp.Result.Set(ctx, flowservice.WebhookURL(endpoint, id))
	}
}
