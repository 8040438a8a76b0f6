package mappingset

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

type model struct {
	managed.Base
	attributes
}

// attributes are those that the data source has too.
type attributes struct {
	Version       types.Int64             `tfsdk:"version"`
	Name          types.String            `tfsdk:"name"`
	SchemaID      types.String            `tfsdk:"schema_id"`
	SchemaVersion types.String            `tfsdk:"schema_version"`
	Mappings      map[string]mappingModel `tfsdk:"mappings"`
}

type mappingModel struct {
	Source      types.String `tfsdk:"source"`
	SourceType  types.String `tfsdk:"source_type"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
}

func (m *model) toAPI() dataprep.MappingSet {
	set := dataprep.MappingSet{
		ID:          m.ID.ValueString(),
		Name:        m.Name.ValueString(),
		SchemaID:    m.SchemaID.ValueString(),
		ContentType: m.SchemaVersion.ValueString(),
	}
	for destination, mapping := range m.Mappings {
		set.Mappings = append(set.Mappings, dataprep.Mapping{
			Destination: destination,
			Source:      mapping.Source.ValueString(),
			SourceType:  mapping.SourceType.ValueString(),
			Name:        mapping.Name.ValueString(),
			Description: mapping.Description.ValueString(),
		})
	}
	return set
}

// fromAPI takes what the service holds, and returns the destinations that it maps more than once, which the map cannot hold.
func (m *attributes) fromAPI(set *dataprep.MappingSet) (duplicates []string) {
	m.Version = types.Int64Value(set.Version)
	m.Name = attribute.Told(m.Name, set.Name)
	m.SchemaID = attribute.Told(m.SchemaID, set.SchemaID)
	m.SchemaVersion = attribute.ContentType(m.SchemaVersion, set.ContentType)
	m.Mappings = make(map[string]mappingModel, len(set.Mappings))
	for _, mapping := range set.Mappings {
		if _, taken := m.Mappings[mapping.Destination]; taken {
			duplicates = append(duplicates, fmt.Sprintf("%q", mapping.Destination))
		}
		m.Mappings[mapping.Destination] = mappingModel{
			Source:      types.StringValue(mapping.Source),
			SourceType:  types.StringValue(mapping.SourceType),
			Name:        attribute.TextOrNull(mapping.Name),
			Description: attribute.TextOrNull(mapping.Description),
		}
	}
	return duplicates
}

// label is what the user knows the set by: its name, or its ID if it has none.
func (m *model) label() types.String {
	if m.Name.IsNull() {
		return m.ID
	}
	return m.Name
}
