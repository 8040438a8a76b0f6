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
		Summary: "Sample of an event",
		MarkdownDescription: "A payload of an event as JSON, with every field that Customer.io documents for it: what Adobe's console wants to be uploaded as " +
			"sample data, and what a test can post to a streaming endpoint. A real event has the fields of one origin (campaign, broadcast, newsletter or " +
			"transactional message); the sample has those of all.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "event", MarkdownDescription: "Name of the event, such as `email_clicked`."},
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
