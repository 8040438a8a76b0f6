package function

import (
	"context"
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
)

var uuidPattern = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// sampleID shows in messages what an ID looks like.
const sampleID = "4982698b-e6b3-48c2-8dcf-040e20121fd2"

type webhookURL struct{}

// NewWebhookURL returns the function webhook_url.
func NewWebhookURL() function.Function { return webhookURL{} }

func (webhookURL) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "webhook_url"
}

func (webhookURL) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Builds a webhook URL",
		MarkdownDescription: "Returns the URL for a reporting webhook: the streaming endpoint with the ID of the dataflow as `x-adobe-flow-id`. `customerio_dataflow` " +
			"already has it as `webhook_url`; use this function for endpoints from elsewhere. Anyone who knows the URL can write to the dataset. The result is " +
			"sensitive if an argument is.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "streaming_endpoint_url", MarkdownDescription: "URL of the streaming endpoint, for example `https://dcs.adobedc.net/collection/…`."},
			function.StringParameter{Name: "dataflow_id", MarkdownDescription: "ID of the dataflow, a UUID."},
		},
		Return: function.StringReturn{},
	}
}

// Run repeats no argument in its errors. The endpoint is a secret, and may have been given in place of the ID.
func (webhookURL) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var endpoint, id string
	if resp.Error = req.Arguments.Get(ctx, &endpoint, &id); resp.Error != nil {
		return
	}
	if err := flowservice.CheckStreamingEndpoint(endpoint); err != nil {
		resp.Error = function.NewArgumentFuncError(0, fmt.Sprintf("This is not a streaming endpoint: %s. Use streaming_endpoint_url of a "+
			"customerio_dataflow, or parse_webhook_url to take it from a webhook URL", err))
		return
	}
	if !uuidPattern.MatchString(id) {
		resp.Error = function.NewArgumentFuncError(1, "This is not the ID of a dataflow, a UUID such as "+sampleID)
		return
	}
	resp.Error = resp.Result.Set(ctx, flowservice.WebhookURL(endpoint, id))
}
