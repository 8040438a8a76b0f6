package dataflow

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

type dataModel struct {
	lookup.Base
	attributes
}

// NewDataSource returns the data source customerio_dataflow.
func NewDataSource() datasource.DataSource {
	return lookup.New(lookup.Lookup[dataModel, flowservice.Client, flowservice.Flow]{
		TypeName: "dataflow",
		Object:   "dataflow",
		ID:       "Id of the dataflow, a UUID.",
		IDForm:   attribute.UUID(),
		Name:     "Name of the dataflow.",
		MarkdownDescription: "A dataflow that exists already, found by its id or its name. It must have one source and one target connection, " +
			"as those of the Customer.io source have. To wait for the streaming endpoint of one that is still being provisioned, use " +
			"`customerio_streaming_endpoint`.",
		Attributes: map[string]schema.Attribute{
			"description":          attribute.ComputedText("Description."),
			"flow_spec":            attribute.ComputedSpec("Flow specification (`flowSpec`)."),
			"source_connection_id": attribute.ComputedText("Id of the source connection (`sourceConnectionIds`), a UUID."),
			"target_connection_id": attribute.ComputedText("Id of the target connection (`targetConnectionIds`), a UUID."),
			"mapping_set_id": attribute.ComputedText("Id of the mapping set (`transformations[].params.mappingId`); null where the dataflow maps " +
				"nothing."),
			"mapping_version": attribute.ComputedNumber("Version of the mapping set that the dataflow is pinned to " +
				"(`transformations[].params.mappingVersion`), which need not be the newest; null where the dataflow maps nothing."),
			"state": attribute.ComputedText("State of the dataflow, such as `enabled` or `disabled`."),
			"streaming_endpoint_url": attribute.ComputedSecret("URL of the streaming endpoint (`options.inletUrl`); null while it is not provisioned. Whoever " +
				"knows it can write into the dataset."),
			"webhook_url": attribute.ComputedSecret("URL to give to Customer.io: the streaming endpoint with the dataflow's id as `x-adobe-flow-id`; null while " +
				"that is not provisioned. Whoever knows it can write into the dataset."),
		},
		Client: clients.FlowService,
		List: func(client *flowservice.Client, ctx context.Context, name string) ([]flowservice.Flow, error) {
			return client.ListFlows(ctx, flowservice.Filter{Name: name})
		},
		Get:   (*flowservice.Client).Flow,
		Match: match,
		FromAPI: func(_ context.Context, _ lookup.Call[flowservice.Client], flow *flowservice.Flow, m *dataModel) error {
			return m.fromAPI(flow)
		},
	})
}

func match(flow *flowservice.Flow) lookup.Match {
	traits := []string{"state " + flow.State}
	if mapping, mapped := flow.Mapping(); mapped {
		traits = append(traits, "mapping set "+mapping.MappingID)
	}
	return lookup.Match{ID: flow.ID, Name: flow.Name, Created: flow.CreatedAt.Time, Traits: traits}
}
