package reportingwebhook

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

// knownEvents warns of events that are not in the catalogue. It does not refuse them: the published list has lagged the
// service before.
type knownEvents struct{}

const wantsKnownEvents = "events should be in Customer.io's published list"

func (knownEvents) Description(context.Context) string         { return wantsKnownEvents }
func (knownEvents) MarkdownDescription(context.Context) string { return wantsKnownEvents }

func (knownEvents) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	var unknown []string
	for _, element := range req.ConfigValue.Elements() {
		event, ok := element.(types.String)
		if ok && event.ValueString() != "" && !customerio.IsKnownEvent(event.ValueString()) {
			unknown = append(unknown, event.ValueString())
		}
	}
	if len(unknown) > 0 {
		resp.Diagnostics.AddAttributeWarning(req.Path, "Unknown event", fmt.Sprintf(
			"Not in the list of events that Customer.io publishes: %s. Check the spelling. If it is a newer event, Customer.io decides when it is applied.",
			advice.Listed(unknown)))
	}
}
