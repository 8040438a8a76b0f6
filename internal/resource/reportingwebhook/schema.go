package reportingwebhook

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
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
				stringvalidator.All(attribute.NotBlank(), stringvalidator.UTF8LengthAtMost(longestName)), attribute.TrimmedUnlessHeld()),
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
					setvalidator.ValueStringsAre(stringvalidator.RegexMatches(regexp.MustCompile(`^[a-z][a-z_]*_[a-z_]*[a-z]$`),
						"must be an event such as email_sent: an object type and a metric, in lower case")),
					knownEvents{"events should be in Customer.io's published list"},
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

// knownEvents warns of events that are not in the catalog. It does not refuse them, because the published list has lagged behind the
// service before.
type knownEvents struct{ attribute.Wants }

func (knownEvents) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	events, _ := attribute.Texts(req.ConfigValue)
	unknown := slices.DeleteFunc(events, func(event string) bool { return event == "" || customerio.IsKnownEvent(event) })
	if len(unknown) == 0 {
		return
	}
	slices.Sort(unknown)
	var sentences strings.Builder
	for _, event := range unknown {
		near := ""
		if names := advice.Nearest(event, customerio.Events()); len(names) > 0 {
			near = fmt.Sprintf(": the nearest is %q", names[0])
		}
		fmt.Fprintf(&sentences, "%q is not a known event%s. ", event, near)
	}
	resp.Diagnostics.AddAttributeWarning(req.Path, "Unknown event", sentences.String()+
		"Customer.io may refuse or ignore what it does not know. If the name is right, and newer than this version of the provider, apply it as it is.")
}
