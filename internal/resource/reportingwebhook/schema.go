package reportingwebhook

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

func resourceSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A reporting webhook of Customer.io: it posts the chosen events to an endpoint, here the streaming endpoint of a " +
			"dataflow.\n\nEverything changes in place. The webhook reports as soon as it exists, unless `disabled` is true. The workspace " +
			"is the one that the App API key belongs to.",
		Attributes: map[string]schema.Attribute{
			"type": schema.StringAttribute{
				MarkdownDescription: "Type of the webhook: `webhook`. JavaScript webhooks (`js`) are made by hand in Customer.io and cannot be managed here.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"name": attribute.Name("Name. Changes in place."),
			"endpoint": schema.StringAttribute{
				MarkdownDescription: "URL that events are posted to: the `webhook_url` of a `customerio_dataflow` or `customerio_streaming_endpoint`. " +
					"Customer.io sends no credentials with them, so whoever knows the URL can write into the dataset. Changes in place.",
				Required:   true,
				Sensitive:  true,
				Validators: []validator.String{attribute.HTTPURL()},
			},
			"events": schema.SetAttribute{
				MarkdownDescription: "Events to report, such as `email_sent`; at least one. An event that this version of the provider does not know " +
					"is sent all the same, with a warning. Changes in place.",
				ElementType: types.StringType,
				Required:    true,
				Validators: []validator.Set{
					setvalidator.SizeAtLeast(1),
					setvalidator.ValueStringsAre(stringvalidator.RegexMatches(regexp.MustCompile(`^[a-z][a-z_]*_[a-z_]*[a-z]$`),
						"must be an event such as email_sent: an object type and a metric, in lower case")),
					knownEvents{},
				},
			},
			"disabled": flag("Whether Customer.io stops reporting to this webhook (`disabled`). What happens to the events of that time is not " +
				"documented. Default: `false`. Changes in place."),
			"full_resolution": flag("Whether every open and click is reported (`full_resolution`), not only the first of each message. Default: " +
				"`false`. Changes in place."),
			"with_content": flag("Whether `*_sent` events carry the body and headers of the message (`with_content`). They hold personal data and " +
				"make events large. Default: `false`. Changes in place."),
		},
	}
}

func flag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Default:             booldefault.StaticBool(false),
	}
}
