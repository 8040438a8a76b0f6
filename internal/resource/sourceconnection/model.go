package sourceconnection

import (
	"cmp"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

type model struct {
	managed.Base
	attribute.InSandbox
	attributes
	ProviderID types.String `tfsdk:"provider_id"`
}

// attributes are what resource and data source have in common.
type attributes struct {
	Name             types.String         `tfsdk:"name"`
	Description      types.String         `tfsdk:"description"`
	ConnectionSpec   *attribute.SpecModel `tfsdk:"connection_spec"`
	BaseConnectionID types.String         `tfsdk:"base_connection_id"`
	Format           types.String         `tfsdk:"format"`
	Params           jsontypes.Normalized `tfsdk:"params"`
}

func (m *model) toAPI() flowservice.SourceConnection {
	connection := flowservice.SourceConnection{
		Name:             m.Name.ValueString(),
		Description:      m.Description.ValueString(),
		ConnectionSpec:   m.ConnectionSpec.ToAPI(),
		BaseConnectionID: m.BaseConnectionID.ValueString(),
		Data:             flowservice.SourceData{Format: m.Format.ValueString()},
		ProviderID:       m.ProviderID.ValueString(),
	}
	if !m.Params.IsNull() {
		connection.Params = json.RawMessage(m.Params.ValueString())
	}
	return connection
}

// fromAPI keeps the provider ID, because the service does not return it. After an import, it is that of every streaming source.
func (m *model) fromAPI(connection *flowservice.SourceConnection) {
	m.attributes.fromAPI(connection)
	m.Params = attribute.ToldJSON(m.Params, connection.Params)
	if m.ProviderID.IsNull() {
		m.ProviderID = types.StringValue(flowservice.StreamingProvider)
	}
}

// fromAPI leaves out the parameters, of which resource and data source hold different ones.
func (m *attributes) fromAPI(connection *flowservice.SourceConnection) {
	m.Name = attribute.Told(m.Name, connection.Name)
	m.Description = attribute.Told(m.Description, connection.Description)
	m.ConnectionSpec = attribute.ToldSpec(m.ConnectionSpec, connection.ConnectionSpec)
	m.BaseConnectionID = attribute.ToldID(m.BaseConnectionID, connection.BaseConnectionID)
	m.Format = attribute.ToldID(m.Format, cmp.Or(connection.Data.Format, m.Format.ValueString(), formatJSON))
}
