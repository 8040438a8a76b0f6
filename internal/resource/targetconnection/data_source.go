package targetconnection

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

type dataSource struct{ services *clients.Set }

var _ datasource.DataSourceWithConfigure = &dataSource{}

// NewDataSource makes the data source customerio_target_connection.
func NewDataSource() datasource.DataSource { return &dataSource{} }

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_target_connection"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An existing target connection, found by ID or name.",
		Attributes: map[string]schema.Attribute{
			"id":              lookup.ID("ID of the target connection, a UUID.", attribute.UUID(), "name"),
			"name":            lookup.Name("Name of the target connection.", "name"),
			"description":     attribute.ComputedText("Description (`description`)."),
			"connection_spec": attribute.ComputedSpec("Connection specification (`connectionSpec`). The Customer.io source writes to the data lake."),
			"dataset_id":      attribute.ComputedText("ID of the dataset (`params.dataSetId`), 24 hexadecimal digits."),
			"schema_id":       attribute.ComputedText("`$id` of the dataset's XDM schema, a URI (`data.schema.id`)."),
			"schema_version": schema.StringAttribute{
				MarkdownDescription: "Media type that pins the version of the schema (`data.schema.version`), without spaces.",
				CustomType:          attribute.ContentTypeType{},
				Computed:            true,
			},
			"format": attribute.ComputedText("Format of the data (`data.format`): `json` or `parquet_xdm`."),
		},
	}
}

func (d *dataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config attributes
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client := d.services.FlowService.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	lookup := lookup.Lookup[flowservice.TargetConnection]{
		NameAttribute: "name", Object: object, Place: lookup.InSandbox, List: candidates(client), Read: client.TargetConnection,
	}
	connection := lookup.Find(ctx, config.ID, config.Name, &resp.Diagnostics)
	if connection == nil {
		return
	}
	read := attributes{ID: types.StringValue(connection.ID)}
	read.fromAPI(connection)
	resp.Diagnostics.Append(resp.State.Set(ctx, read)...)
}

func candidates(client *flowservice.Client) func(context.Context, string) ([]lookup.Candidate, error) {
	return func(ctx context.Context, name string) ([]lookup.Candidate, error) {
		connections, err := client.ListTargetConnections(ctx, flowservice.Filter{Name: name})
		var found []lookup.Candidate
		for _, connection := range connections {
			found = append(found, lookup.Candidate{
				ID: connection.ID, Name: connection.Name, Created: connection.CreatedAt.Time,
				Traits: []string{"dataset " + connection.Params.DataSetID, "schema " + connection.Data.Schema.ID},
			})
		}
		return found, err
	}
}
