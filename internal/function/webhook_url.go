package function

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// NewWebhookURL returns the function webhook_url.
func NewWebhookURL() function.Function {
	return provided{"webhook_url", runWebhookURL, function.Definition{
		Summary: "Builds a webhook URL",
		MarkdownDescription: described("Returns the URL for a reporting webhook. `customerio_dataflow` already has it as `webhook_url`; use this function for "+
			"endpoints from elsewhere.",
			"A string: the streaming endpoint with the ID of the dataflow as `x-adobe-flow-id`. Anyone who knows the URL can write to the dataset. The "+
				"result is sensitive if an argument is."),
		Parameters: []function.Parameter{
			parameter("streaming_endpoint_url", "URL of the streaming endpoint, for example `https://dcs.adobedc.net/collection/…`."),
			parameter("dataflow_id", "ID of the dataflow, a UUID."),
		},
		Return: function.StringReturn{},
	}}
}

// runWebhookURL repeats no argument in its errors. The endpoint is a secret, and may have been given in place of the ID.
func runWebhookURL(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError) {
	var endpoint, id string
	if err := arguments.Get(ctx, &endpoint, &id); err != nil {
		return nil, err
	}
	if err := flowservice.CheckStreamingEndpoint(endpoint); err != nil {
		return nil, function.NewArgumentFuncError(0, fmt.Sprintf("This is not a streaming endpoint: %s. Use streaming_endpoint_url of a "+
			"customerio_dataflow, or parse_webhook_url to take it from a webhook URL", err))
	}
	if !attribute.IsUUID(id) {
		return nil, function.NewArgumentFuncError(1, "This is not the ID of a dataflow, a UUID such as "+attribute.SampleUUID)
	}
	return flowservice.WebhookURL(endpoint, id), nil
}
