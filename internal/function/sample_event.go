package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

type sampleEvent struct{}

// NewSampleEvent returns the function sample_event.
func NewSampleEvent() function.Function { return sampleEvent{} }

func (sampleEvent) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "sample_event"
}

func (sampleEvent) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Returns a sample event",
		MarkdownDescription: "Returns a sample payload of an event as a JSON string, with every field that Customer.io documents for it. Upload it to the Experience Platform UI as " +
			"sample data, or post it to a streaming endpoint in a test. A real event has the fields of one origin (campaign, broadcast, newsletter or " +
			"transactional message). The sample has the fields of all origins.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "event", MarkdownDescription: "Name of the event, for example `email_clicked`."},
		},
		Return: function.StringReturn{},
	}
}

func (sampleEvent) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var event string
	if resp.Error = req.Arguments.Get(ctx, &event); resp.Error != nil {
		return
	}
	sample := customerio.SampleEvent(event)
	if sample == "" {
		resp.Error = function.NewArgumentFuncError(0, unknownEvent(event))
		return
	}
	resp.Error = resp.Result.Set(ctx, sample)
}
