package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

// NewSampleEvent returns the function sample_event.
func NewSampleEvent() function.Function {
	return provided{"sample_event", runSampleEvent, function.Definition{
		Summary: "Returns a sample event",
		MarkdownDescription: described("Returns a sample of an event, with every field that Customer.io documents for it. Pass it to the data source "+
			"`customerio_mapping_preview`, upload it to the Experience Platform UI as sample data, or post it to a streaming endpoint in a test.",
			"A string: the event as JSON. Read it with `jsondecode`. A real event has the fields of one origin (campaign, broadcast, newsletter or "+
				"transactional message). The sample has the fields of all origins."),
		Parameters: []function.Parameter{parameter("event", "Name of the event, for example `email_clicked`.")},
		Return:     function.StringReturn{},
	}}
}

func runSampleEvent(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError) {
	var event string
	if err := arguments.Get(ctx, &event); err != nil {
		return nil, err
	}
	sample := customerio.SampleEvent(event)
	if sample == "" {
		return nil, function.NewArgumentFuncError(0, unknownEvent(event))
	}
	return sample, nil
}
