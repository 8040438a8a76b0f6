package function

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
)

type parseWebhookURL struct{}

// NewParseWebhookURL returns the function parse_webhook_url.
func NewParseWebhookURL() function.Function { return parseWebhookURL{} }

func (parseWebhookURL) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "parse_webhook_url"
}

func (parseWebhookURL) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Splits a webhook URL into its parts",
		MarkdownDescription: "Splits the webhook URL of a reporting webhook. This is the " +
			"inverse of `webhook_url`.\n\nReturns an object with `streaming_endpoint_url` and `dataflow_id`. Use `dataflow_id` to import the dataflow of a webhook that was created by hand.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "url", MarkdownDescription: "Webhook URL: a streaming endpoint with `x-adobe-flow-id` in the query."},
		},
		Return: function.ObjectReturn{AttributeTypes: webhookParts},
	}
}

var webhookParts = map[string]attr.Type{"streaming_endpoint_url": types.StringType, "dataflow_id": types.StringType}

// Run repeats no URL in its errors, because the URL is a secret.
func (parseWebhookURL) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var address string
	if resp.Error = req.Arguments.Get(ctx, &address); resp.Error != nil {
		return
	}
	endpoint, id, err := flowservice.ParseWebhookURL(address)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, fmt.Sprintf("This is not the URL of a webhook into a dataflow: %s", err))
		return
	}
	if !uuidPattern.MatchString(id) {
		resp.Error = function.NewArgumentFuncError(0, "This is not the URL of a webhook into a dataflow: the ID in it is not a UUID such as "+sampleID)
		return
	}
	resp.Error = resp.Result.Set(ctx, types.ObjectValueMust(webhookParts, map[string]attr.Value{
		"streaming_endpoint_url": types.StringValue(endpoint), "dataflow_id": types.StringValue(id),
	}))
}
