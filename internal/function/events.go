// Package function holds the provider's functions, one file each. They need Terraform 1.8 or later, and no credentials.
package function

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

type events struct{}

// NewEvents returns the function events.
func NewEvents() function.Function { return events{} }

func (events) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "events"
}

func (events) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Lists the events of categories",
		MarkdownDescription: "Returns the set of names of all events in the given categories, for use as `events` of `customerio_reporting_webhook`. The categories are " +
			"`customer`, `email`, `sms`, `push`, `in_app`, `slack` and `webhook`, which Adobe lists for the source, and `whatsapp`, which Customer.io has " +
			"too.\n\nThe catalog of events is part of the provider. A later version may know more events; the " +
			"next plan then adds them.",
		VariadicParameter: function.StringParameter{
			Name:                "categories",
			MarkdownDescription: "Categories, at least one, for example `email`.",
		},
		Return: function.SetReturn{ElementType: types.StringType},
	}
}

func (events) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var categories []string
	if resp.Error = req.Arguments.Get(ctx, &categories); resp.Error != nil {
		return
	}
	known := strings.Join(customerio.EventCategories(), ", ")
	if len(categories) == 0 {
		resp.Error = function.NewFuncError("No category was given. Name at least one of: " + known)
		return
	}
	var names []string
	for i, category := range categories {
		if !slices.Contains(customerio.EventCategories(), category) {
			resp.Error = function.NewArgumentFuncError(int64(i), fmt.Sprintf("%q is not a category of events. The categories are: %s", category, known))
			return
		}
		names = append(names, customerio.EventsOf(category)...)
	}
	slices.Sort(names)
	resp.Error = resp.Result.Set(ctx, slices.Compact(names))
}
