// Package pipelines is the data source customerio_pipelines: the pipelines that a sandbox has, and what belongs to none of them.
package pipelines

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/discovery"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

// New returns the data source.
func New() datasource.DataSource {
	return lookup.NewDataSource(lookup.DataSource[model, flowservice.Client]{
		TypeName: "pipelines",
		Client:   clients.FlowService,
		MarkdownDescription: "All pipelines from Customer.io in a sandbox, with the IDs of their parts. Use it for `import` blocks and reports, and to find " +
			"leftovers. It finds dataflows by the specification of their source connection, and webhooks by the dataflow in their endpoint." +
			"\n\nWithout an App API key of Customer.io, it does not look for webhooks.",
		Attributes: resultAttributes(),
		Read:       read,
	})
}

func read(ctx context.Context, call lookup.Call[flowservice.Client], m *model) {
	set := call.Clients
	prep, registry, datasets := set.DataPrep.Use(call.Diagnostics), set.SchemaRegistry.Use(call.Diagnostics), set.Catalog.Use(call.Diagnostics)
	if call.Diagnostics.HasError() || prep == nil || registry == nil || datasets == nil {
		return
	}
	estate, err := discovery.Find(ctx, discovery.Services{Set: set, CustomerIO: set.CustomerIO.Client})
	if err != nil {
		discovery.Report(call.Diagnostics, err)
		return
	}
	m.fromEstate(estate, set.CustomerIO.Client != nil)
}
