package targetconnection

import (
	"cmp"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

type model struct {
	managed.Base
	attribute.InSandbox
	attributes
}

// attributes are what resource and data source have in common.
type attributes struct {
	Name           types.String         `tfsdk:"name"`
	Description    types.String         `tfsdk:"description"`
	ConnectionSpec *attribute.SpecModel `tfsdk:"connection_spec"`
	DatasetID      types.String         `tfsdk:"dataset_id"`
	SchemaID       types.String         `tfsdk:"schema_id"`
	SchemaVersion  types.String         `tfsdk:"schema_version"`
	Format         types.String         `tfsdk:"format"`
}

func (m *model) toAPI() flowservice.TargetConnection {
	return flowservice.TargetConnection{
		Name:           m.Name.ValueString(),
		Description:    m.Description.ValueString(),
		ConnectionSpec: m.ConnectionSpec.ToAPI(),
		Data: flowservice.TargetData{
			Format: m.Format.ValueString(),
			Schema: flowservice.SchemaRef{ID: m.SchemaID.ValueString(), Version: m.SchemaVersion.ValueString()},
		},
		Params: flowservice.TargetParams{DataSetID: m.DatasetID.ValueString()},
	}
}

func (m *attributes) fromAPI(connection *flowservice.TargetConnection) {
	m.Name = attribute.Told(m.Name, connection.Name)
	m.Description = attribute.Told(m.Description, connection.Description)
	m.ConnectionSpec = attribute.ToldSpec(m.ConnectionSpec, connection.ConnectionSpec)
	m.DatasetID = attribute.ToldID(m.DatasetID, connection.Params.DataSetID)
	m.SchemaID = attribute.Told(m.SchemaID, connection.Data.Schema.ID)
	m.SchemaVersion = attribute.ContentType(m.SchemaVersion, connection.Data.Schema.Version)
	m.Format = attribute.ToldID(m.Format, cmp.Or(connection.Data.Format, m.Format.ValueString(), formatJSON))
}
