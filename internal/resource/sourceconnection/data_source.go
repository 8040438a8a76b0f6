package sourceconnection

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

// dataModel lacks the provider ID of the resource, which the service does not return.
type dataModel struct {
	lookup.Base
	attribute.InSandbox
	attributes
}

// NewDataSource returns the data source customerio_source_connection.
func NewDataSource() datasource.DataSource {
	return lookup.New(lookup.Lookup[dataModel, flowservice.Client, flowservice.SourceConnection]{
		TypeName:            "source_connection",
		MarkdownDescription: "An existing source connection of any source, found by ID or name.",
		Attributes: map[string]schema.Attribute{
			"description":        attribute.ComputedText("Description (`description`)."),
			"connection_spec":    attribute.ComputedSpec("Connection specification (`connectionSpec`), which identifies the source."),
			"base_connection_id": attribute.ComputedText("ID of the base connection (`baseConnectionId`), a UUID. Null if there is none, as for Customer.io."),
			"format":             attribute.ComputedText("Format of the data (`data.format`), for example `json`."),
			"params": schema.StringAttribute{
				MarkdownDescription: "Additional parameters (`params`), as a JSON object, including members that the service added. Null if there are none.",
				CustomType:          jsontypes.NormalizedType{},
				Computed:            true,
			},
		},
		Client: clients.FlowService,
		List: func(client *flowservice.Client, ctx context.Context, name string) ([]flowservice.SourceConnection, error) {
			return client.SourceConnections.List(ctx, name)
		},
		Get: func(client *flowservice.Client, ctx context.Context, id string) (*flowservice.SourceConnection, error) {
			return client.SourceConnections.Get(ctx, id)
		},
		Match:   match,
		FromAPI: fillAll,
	})
}

func match(connection *flowservice.SourceConnection) lookup.Match {
	traits := []string{"connection specification " + connection.ConnectionSpec.ID}
	if connection.Description != "" {
		traits = append(traits, fmt.Sprintf("description %q", connection.Description))
	}
	return lookup.Match{ID: connection.ID, Name: connection.Name, Created: connection.CreatedAt.Time, Traits: traits}
}

// fillAll differs from the resource in the parameters: the data source shows those that the service adds too.
func fillAll(_ context.Context, _ lookup.Call[flowservice.Client], connection *flowservice.SourceConnection, m *dataModel) error {
	m.fromAPI(connection)
	if params := string(connection.Params); params != "" && params != "null" {
		m.Params = jsontypes.NewNormalizedValue(params)
	}
	return nil
}
