package function

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// NewParseWebhookURL returns the function parse_webhook_url.
func NewParseWebhookURL() function.Function {
	return provided{"parse_webhook_url", runParseWebhookURL, function.Definition{
		Summary: "Splits a webhook URL into its parts",
		MarkdownDescription: described("Splits the webhook URL of a reporting webhook. This is the inverse of `webhook_url`.",
			"An object with these members:\n\n"+
				"- `streaming_endpoint_url` (String) Streaming endpoint: the URL without `x-adobe-flow-id`. Anyone who knows it can write to the dataset.\n"+
				"- `dataflow_id` (String) ID of the dataflow, a UUID. Use it to import the dataflow of a webhook that was created by hand.\n\n"+
				"The result is sensitive if `url` is."),
		Parameters: []function.Parameter{parameter("url", "Webhook URL: a streaming endpoint with `x-adobe-flow-id` in the query.")},
		Return:     function.ObjectReturn{AttributeTypes: webhookParts},
	}}
}

var webhookParts = map[string]attr.Type{"streaming_endpoint_url": types.StringType, "dataflow_id": types.StringType}

// runParseWebhookURL repeats no URL in its errors, because the URL is a secret.
func runParseWebhookURL(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError) {
	var address string
	if err := arguments.Get(ctx, &address); err != nil {
		return nil, err
	}
	endpoint, id, err := flowservice.ParseWebhookURL(address)
	if err != nil {
		return nil, function.NewArgumentFuncError(0, fmt.Sprintf("This is not the URL of a webhook into a dataflow: %s", err))
	}
	if !attribute.IsUUID(id) {
		return nil, function.NewArgumentFuncError(0, "This is not the URL of a webhook into a dataflow: the ID in it is not a UUID such as "+attribute.SampleUUID)
	}
	return types.ObjectValueMust(webhookParts, map[string]attr.Value{
		"streaming_endpoint_url": types.StringValue(endpoint), "dataflow_id": types.StringValue(id),
	}), nil
}
