package targetconnection

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

// NewDataSource returns the data source customerio_target_connection.
func NewDataSource() datasource.DataSource {
	return lookup.New(lookup.Lookup[dataModel, flowservice.Client, flowservice.TargetConnection]{
		TypeName:            "target_connection",
		MarkdownDescription: "An existing target connection, found by ID or name.",
		Attributes: map[string]schema.Attribute{
			"description":     attribute.ComputedText("Description (`description`)."),
			"connection_spec": attribute.ComputedSpec("Connection specification (`connectionSpec`). The Customer.io source writes to the data lake."),
			"dataset_id":      attribute.ComputedText("ID of the dataset (`params.dataSetId`), 24 hexadecimal digits."),
			"schema_id":       attribute.ComputedText("`$id` of the dataset's XDM schema, a URI (`data.schema.id`)."),
			"schema_version":  attribute.ComputedText("Media type that pins the version of the schema (`data.schema.version`), without spaces."),
			"format":          attribute.ComputedText("Format of the data (`data.format`): `json` or `parquet_xdm`."),
		},
		Client: clients.FlowService,
		List: func(client *flowservice.Client, ctx context.Context, name string) ([]flowservice.TargetConnection, error) {
			return client.TargetConnections.List(ctx, name)
		},
		Get: func(client *flowservice.Client, ctx context.Context, id string) (*flowservice.TargetConnection, error) {
			return client.TargetConnections.Get(ctx, id)
		},
		Match: func(connection *flowservice.TargetConnection) lookup.Match {
			return lookup.Match{
				ID: connection.ID, Name: connection.Name, Created: connection.CreatedAt.Time,
				Traits: []string{"dataset " + connection.Params.DataSetID, "schema " + connection.Data.Schema.ID},
			}
		},
		FromAPI: func(_ context.Context, _ lookup.Call[flowservice.Client], connection *flowservice.TargetConnection, m *dataModel) error {
			m.fromAPI(connection)
			return nil
		},
	})
}
