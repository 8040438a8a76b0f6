package reportingwebhook

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// knownEvents warns of events that are not in the catalog. It does not refuse them, because the published list has lagged behind the
// service before.
type knownEvents struct{ attribute.Wants }

func (knownEvents) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	events, _ := attribute.Texts(req.ConfigValue)
	unknown := slices.DeleteFunc(events, func(event string) bool { return event == "" || customerio.IsKnownEvent(event) })
	if len(unknown) > 0 {
		resp.Diagnostics.AddAttributeWarning(req.Path, "Unknown event", fmt.Sprintf(
			"Not in the list of events that Customer.io publishes: %s. Check the spelling. If it is a newer event, Customer.io decides when it is applied.",
			advice.Listed(unknown)))
	}
}
