package sourceconnection

import (
	"cmp"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

type model struct {
	managed.Base
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
	m.Params = paramsFromAPI(m.Params, connection.Params)
	if m.ProviderID.IsNull() {
		m.ProviderID = types.StringValue(flowservice.StreamingProvider)
	}
}

// fromAPI leaves out the parameters, of which resource and data source hold different ones.
func (m *attributes) fromAPI(connection *flowservice.SourceConnection) {
	m.Name = attribute.Told(m.Name, connection.Name)
	m.Description = attribute.Told(m.Description, connection.Description)
	m.ConnectionSpec = attribute.SpecFromAPI(m.ConnectionSpec, connection.ConnectionSpec)
	m.BaseConnectionID = attribute.Told(m.BaseConnectionID, connection.BaseConnectionID)
	m.Format = types.StringValue(cmp.Or(connection.Data.Format, m.Format.ValueString(), formatJSON))
}

// paramsFromAPI keeps only the members that the configuration has. The service adds some of its own, such as an empty "columns". If
// none are configured, none are managed.
func paramsFromAPI(known jsontypes.Normalized, remote json.RawMessage) jsontypes.Normalized {
	var configured, held map[string]json.RawMessage
	if known.IsNull() || json.Unmarshal([]byte(known.ValueString()), &configured) != nil {
		return jsontypes.NewNormalizedNull()
	}
	_ = json.Unmarshal(remote, &held) // null, or absent: nothing is held
	managed := map[string]json.RawMessage{}
	for name := range configured {
		if value, ok := held[name]; ok {
			managed[name] = value
		}
	}
	text, err := json.Marshal(managed)
	if err != nil || jsonvalue.Equal([]byte(known.ValueString()), text) {
		return known
	}
	return jsontypes.NewNormalizedValue(string(text))
}
