package sourceconnection

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
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

// NewDataSource makes the data source customerio_source_connection.
func NewDataSource() datasource.DataSource { return &dataSource{} }

// dataModel lacks the provider id of the resource, since the service does not return it.
type dataModel struct {
	ID               types.String         `tfsdk:"id"`
	Name             types.String         `tfsdk:"name"`
	Description      types.String         `tfsdk:"description"`
	ConnectionSpec   *attribute.SpecModel `tfsdk:"connection_spec"`
	BaseConnectionID types.String         `tfsdk:"base_connection_id"`
	Format           types.String         `tfsdk:"format"`
	Params           jsontypes.Normalized `tfsdk:"params"`
}

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_source_connection"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An existing source connection of any source, found by ID or name.",
		Attributes: map[string]schema.Attribute{
			"id":              lookup.ID("ID of the source connection, a UUID.", attribute.UUID(), "name"),
			"name":            lookup.Name("Name of the source connection.", "name"),
			"description":     attribute.ComputedText("Description (`description`)."),
			"connection_spec": attribute.ComputedSpec("Connection specification (`connectionSpec`), which identifies the source."),
			"base_connection_id": attribute.ComputedText("ID of the base connection (`baseConnectionId`), a UUID. Null if there is none, as for " +
				"Customer.io."),
			"format": attribute.ComputedText("Format of the data (`data.format`), for example `json`."),
			"params": schema.StringAttribute{
				MarkdownDescription: "Additional parameters (`params`), as a JSON object, including members that the service added. Null if there are none.",
				CustomType:          jsontypes.NormalizedType{},
				Computed:            true,
			},
		},
	}
}

func (d *dataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config dataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client := d.services.FlowService.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	lookup := lookup.Lookup[flowservice.SourceConnection]{
		NameAttribute: "name", Object: object, Place: lookup.InSandbox, List: candidates(client), Read: client.SourceConnection,
	}
	connection := lookup.Find(ctx, config.ID, config.Name, &resp.Diagnostics)
	if connection == nil {
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, dataModelOf(connection))...)
}

func candidates(client *flowservice.Client) func(context.Context, string) ([]lookup.Candidate, error) {
	return func(ctx context.Context, name string) ([]lookup.Candidate, error) {
		connections, err := client.ListSourceConnections(ctx, flowservice.Filter{Name: name})
		var found []lookup.Candidate
		for _, connection := range connections {
			candidate := lookup.Candidate{
				ID: connection.ID, Name: connection.Name, Created: connection.CreatedAt.Time,
				Traits: []string{"connection specification " + connection.ConnectionSpec.ID},
			}
			if connection.Description != "" {
				candidate.Traits = append(candidate.Traits, fmt.Sprintf("description %q", connection.Description))
			}
			found = append(found, candidate)
		}
		return found, err
	}
}

// dataModelOf takes everything as the resource does, but for the parameters, which are all shown.
func dataModelOf(connection *flowservice.SourceConnection) dataModel {
	var same model
	same.fromAPI(connection)
	read := dataModel{
		ID: types.StringValue(connection.ID), Name: same.Name, Description: same.Description, ConnectionSpec: same.ConnectionSpec,
		BaseConnectionID: same.BaseConnectionID, Format: same.Format, Params: jsontypes.NewNormalizedNull(),
	}
	if params := string(connection.Params); params != "" && params != "null" {
		read.Params = jsontypes.NewNormalizedValue(params)
	}
	return read
}
