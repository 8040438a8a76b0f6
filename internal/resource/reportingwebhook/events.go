package reportingwebhook

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// events refuses names that are none, and warns of those that are not in the catalog: the published list has lagged behind the service before. Each
// name is told once.
type events struct{ attribute.Wants }

var eventForm = regexp.MustCompile(`^[a-z][a-z_]*_[a-z_]*[a-z]$`)

func (events) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	names, _ := attribute.Texts(req.ConfigValue)
	slices.Sort(names)
	for _, event := range names {
		at, near := req.Path.AtSetValue(types.StringValue(event)), ""
		if nearest := advice.Nearest(event, customerio.Events()); len(nearest) > 0 {
			near = fmt.Sprintf(" The nearest is %q.", nearest[0])
		}
		switch {
		case customerio.IsKnownEvent(event):
		case !eventForm.MatchString(event):
			resp.Diagnostics.AddAttributeError(at, "Invalid event", fmt.Sprintf(
				"%q is no event. One such as email_sent has an object type and a metric, in lower case.%s", event, near))
		default:
			resp.Diagnostics.AddAttributeWarning(at, "Unknown event", fmt.Sprintf("%q is not a known event.%s Customer.io may refuse or ignore what it does not "+
				"know. If the name is right, and newer than this version of the provider, apply it as it is.", event, near))
		}
	}
}
