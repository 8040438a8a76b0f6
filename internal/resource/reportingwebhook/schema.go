package reportingwebhook

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

const dataflowID = "ID of the dataflow that the events go to, which `endpoint` names as `x-adobe-flow-id`. Null if the endpoint is not that of a dataflow."

// longestName is the limit of names, in characters, that Customer.io's own Node client states.
const longestName = 190

func resourceSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A reporting webhook of Customer.io. It posts the selected events to an endpoint, normally the webhook URL of a " +
			"dataflow.\n\nAll attributes are updated in place. The webhook sends events as soon as it exists, unless `disabled` is true. It belongs to the workspace " +
			"of the App API key.",
		Attributes: map[string]schema.Attribute{
			"type": attribute.ID("Type of the webhook: `webhook`. JavaScript webhooks (`js`) can be created only in Customer.io, and the provider cannot " +
				"manage them."),
			"name": attribute.Required("Name (`name`), at most 190 characters. Need not be unique. Updated in place.",
				stringvalidator.All(attribute.NotBlank(), stringvalidator.UTF8LengthAtMost(longestName)), attribute.OneLineUnlessHeld()),
			"endpoint": schema.StringAttribute{
				MarkdownDescription: "URL that receives the events (`endpoint`): the `webhook_url` of a `customerio_dataflow` or `customerio_streaming_endpoint`. " +
					"Must be `https`, except on loopback. Required when the webhook is created; without it, an imported webhook keeps its endpoint. A streaming " +
					"endpoint must name its dataflow. Customer.io sends no credentials with events, so anyone who knows the URL can write to the dataset. Updated " +
					"in place.",
				Optional:      true,
				Computed:      true,
				Sensitive:     true,
				Validators:    []validator.String{attribute.HTTPSURL()},
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"dataflow_id": schema.StringAttribute{
				MarkdownDescription: dataflowID, Computed: true,
			},
			"events": schema.SetAttribute{
				MarkdownDescription: "Events to report (`events`), for example `email_sent`. At least one. An event that is not in the list that " +
					"Customer.io publishes gets a warning with the nearest known name: Customer.io may refuse or ignore it. Updated in place.",
				ElementType: types.StringType,
				Required:    true,
				Validators: []validator.Set{
					setvalidator.SizeAtLeast(1),
					events{"must be events such as email_sent: an object type and a metric, in lower case"},
				},
			},
			"disabled": attribute.Flag("Whether the webhook is off (`disabled`). Customer.io does not document what happens to events that occur meanwhile. "+
				"Default: `false`. Updated in place.", false),
			"full_resolution": attribute.Flag("Whether to report every open and click (`full_resolution`) instead of only the first of each message. Default: "+
				"`false`. Updated in place.", false),
			"with_content": attribute.Flag("Whether `*_sent` events contain the body and headers of the message (`with_content`). These hold personal data and "+
				"can be large; Adobe accepts records of at most 1 MB. Default: `false`. Updated in place.", false),
		},
	}
}
