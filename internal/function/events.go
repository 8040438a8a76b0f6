package function

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

// NewEvents returns the function events.
func NewEvents() function.Function {
	return provided{"events", runEvents, function.Definition{
		Summary: "Lists the events of categories",
		MarkdownDescription: described("Lists all events in the given categories, for use as `events` of `customerio_reporting_webhook`. The "+
			"categories are `customer`, `email`, `sms`, `push`, `in_app`, `slack` and `webhook`, which Adobe lists for the source, and `whatsapp`, which "+
			"only Customer.io lists. Without provider functions, use the data source `customerio_event_catalog`.\n\nThe catalog of events is part of the provider. A later "+
			"version may know more events; the next plan then adds them.",
			"A set of strings: the names of the events."),
		VariadicParameter: parameter("categories", "Categories, at least one, for example `email`."),
		Return:            function.SetReturn{ElementType: types.StringType},
	}}
}

func runEvents(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError) {
	var categories []string
	if err := arguments.Get(ctx, &categories); err != nil {
		return nil, err
	}
	if len(categories) == 0 {
		return nil, function.NewFuncError("No category was given. Name at least one of: " + strings.Join(customerio.EventCategories(), ", "))
	}
	var names []string
	for i, category := range categories {
		if !slices.Contains(customerio.EventCategories(), category) {
			return nil, function.NewArgumentFuncError(int64(i), unknownCategory(category))
		}
		names = append(names, customerio.EventsOf(category)...)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}
