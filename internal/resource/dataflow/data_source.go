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
	attribute.InSandbox
	attributes
}

// NewDataSource returns the data source customerio_dataflow.
func NewDataSource() datasource.DataSource {
	return lookup.New(lookup.Lookup[dataModel, flowservice.Client, flowservice.Flow]{
		TypeName: "dataflow",
		MarkdownDescription: "An existing dataflow, found by ID or name. It must have one source and one target connection, as dataflows of the " +
			"Customer.io source do. If the streaming endpoint may still be missing, wait for it with `customerio_streaming_endpoint`.",
		Attributes: map[string]schema.Attribute{
			"description":          attribute.ComputedText("Description (`description`)."),
			"flow_spec":            attribute.ComputedSpec("Flow specification (`flowSpec`)."),
			"source_connection_id": attribute.ComputedText("ID of the source connection (`sourceConnectionIds`), a UUID."),
			"target_connection_id": attribute.ComputedText("ID of the target connection (`targetConnectionIds`), a UUID."),
			"mapping_set_id": attribute.ComputedText("ID of the mapping set (`transformations[].params.mappingId`), 32 hexadecimal digits. Null if " +
				"the dataflow has no mapping."),
			"mapping_version": attribute.ComputedNumber("Version of the mapping set that the dataflow uses " +
				"(`transformations[].params.mappingVersion`). It need not be the newest. Null if the dataflow has no mapping."),
			"state": attribute.ComputedText("State of the dataflow (`state`), for example `enabled` or `disabled`."),
			"streaming_endpoint_url": attribute.ComputedSecret("URL of the streaming endpoint (`options.inletUrl`). Null until it is provisioned. " +
				"Anyone who knows it can write to the dataset."),
			"webhook_url": attribute.ComputedSecret("URL for the reporting webhook: the streaming endpoint with the dataflow's ID as " +
				"`x-adobe-flow-id`. Null until it is provisioned. Anyone who knows it can write to the dataset."),
		},
		Client: clients.FlowService,
		List: func(client *flowservice.Client, ctx context.Context, name string) ([]flowservice.Flow, error) {
			return client.Flows.List(ctx, name)
		},
		Get: func(client *flowservice.Client, ctx context.Context, id string) (*flowservice.Flow, error) {
			return client.Flows.Get(ctx, id)
		},
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
